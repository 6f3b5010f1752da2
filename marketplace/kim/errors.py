"""How KIM say no."""

from marketplace.foundation.errors import NotFound


class NoSuchKim(NotFound):
    """No active KIM has that name in its address."""

    user_message = "KIM ini belum terdaftar di Pasar KIM, atau alamatnya salah ketik."
