"""How businesses say no."""

from marketplace.foundation.errors import Conflict, NotFound


class NoSuchBusiness(NotFound):
    """No active business has that number."""

    user_message = "Usaha ini sudah tidak berjualan di Pasar KIM, atau alamatnya salah ketik."


class BusinessNameTaken(Conflict):
    """Another business of the village is called so."""

    user_message = "Sudah ada usaha dengan nama ini di desa Anda. Tambahkan sedikit pembeda."
