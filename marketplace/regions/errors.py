"""How the regions say no."""

from marketplace.foundation.errors import Invalid, NotFound


class NoSuchPlace(NotFound):
    """No kabupaten, kota, kecamatan, desa or kelurahan of East Java has that code."""

    user_message = "Kode wilayah ini tidak ada di Jawa Timur. Cari desanya lewat peta atau daftar kabupaten."


class PlacesRefused(Invalid):
    """A file that cannot be East Java's places; nothing of it was loaded."""
