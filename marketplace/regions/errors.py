"""How the regions say no."""

from marketplace.foundation.errors import NotFound


class NoSuchPlace(NotFound):
    """No kabupaten, kota, kecamatan, desa or kelurahan of East Java has that code."""

    user_message = "Kode wilayah ini tidak ada di Jawa Timur. Cari desanya lewat peta atau daftar kabupaten."
