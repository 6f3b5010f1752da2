"""How KIM say no."""

from marketplace.foundation.errors import NotFound


class NoSuchKim(NotFound):
    """No active KIM has that name in its address."""

    user_message = "KIM ini belum terdaftar di Pasar KIM, atau alamatnya salah ketik."


class NoSuchRecovery(NotFound):
    """No open request of somebody whom this person may help."""

    user_message = "Permintaan ini sudah selesai, atau bukan dari warga yang Anda dampingi."


class LinkIsOver(NotFound):
    """The link was used, replaced, never made, or is more than a day old; which of them is not said."""

    user_message = "Tautan ini sudah dipakai atau lewat 24 jam. Minta tautan baru lewat Lupa kata sandi."
