"""How businesses say no."""

from marketplace.foundation.errors import NotFound


class NoSuchBusiness(NotFound):
    """No active business has that number."""

    user_message = "Usaha ini sudah tidak berjualan di Pasar KIM, atau alamatnya salah ketik."
