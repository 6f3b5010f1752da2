"""How the regions say no."""

from marketplace.foundation.errors import Invalid, NotFound


class NoSuchPlace(NotFound):
    """No kabupaten, kota, kecamatan, desa or kelurahan of East Java has that code."""

    user_message = "Kode wilayah ini tidak ada di Jawa Timur. Cari desanya lewat peta atau daftar kabupaten."


class PlacesRefused(Invalid):
    """A file that cannot be East Java's places; nothing of it was loaded."""


class PositionRefused(Invalid):
    """What was sent is no point on the earth."""

    user_message = "Lokasinya tidak terbaca. Ketik nama desanya saja."
