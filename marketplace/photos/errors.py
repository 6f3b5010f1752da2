"""How the photo pipeline says no: each refusal tells the person which photo to send instead."""

from marketplace.foundation.errors import Invalid, NotFound


class PhotoRefused(Invalid):
    """An upload that does not become a photo."""

    user_message = "Foto ini tidak bisa dipakai. Coba kirim foto yang lain."


class EmptyUpload(PhotoRefused):
    """A file without a single byte."""

    user_message = "Berkas fotonya kosong. Pilih fotonya sekali lagi."


class PhotoTooHeavy(PhotoRefused):
    """More bytes than are read."""

    user_message = "Ukuran foto ini lebih dari 20 MB. Kirim foto yang lebih kecil."


class PhotoTooLarge(PhotoRefused):
    """More pixels than are decoded."""

    user_message = "Foto ini lebih dari 50 megapiksel. Perkecil dulu fotonya, lalu kirim lagi."


class PhotoTooSmall(PhotoRefused):
    """Too few pixels to show anything."""

    user_message = "Foto ini terlalu kecil. Kirim foto yang setiap sisinya paling sedikit 64 piksel."


class PhotoTooNarrow(PhotoRefused):
    """A strip."""

    user_message = "Foto ini terlalu panjang dan sempit. Potong dulu fotonya, lalu kirim lagi."


class NotAPhoto(PhotoRefused):
    """A file of another kind, whatever its name says."""

    user_message = "Berkas ini bukan foto. Kirim foto dari kamera atau galeri HP (JPEG, PNG, WebP, atau HEIC)."


class WrongPicture(PhotoRefused):
    """A picture of a kind that is not accepted, such as BMP, TIFF or SVG."""

    user_message = "Jenis gambar ini belum bisa dipakai. Simpan sebagai JPEG atau PNG, lalu kirim lagi."


class DamagedPhoto(PhotoRefused):
    """A photo that ends too early or does not decode."""

    user_message = "Foto ini rusak atau terpotong, mungkin karena sinyal putus saat mengirim. Kirim ulang fotonya."


class MasterLost(NotFound):
    """The storage holds no master, or another one than the database says."""

    user_message = "Berkas induk foto ini hilang atau rusak di penyimpanan."
