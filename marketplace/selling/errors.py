"""How selling says no."""

from collections.abc import Sequence
from typing import Any

from marketplace.foundation.errors import Conflict, Invalid, NotFound, TooLarge


class NoSuchDraft(NotFound):
    """There is no such draft or upload, or it is another person's."""

    user_message = "Draf ini tidak ada di akun Anda. Mungkin dibuat dengan akun lain, atau sudah dihapus."


class DraftSent(Conflict):
    """A draft that has become a listing no longer changes."""

    user_message = "Draf ini sudah terkirim."

    def __init__(self, listing_id: int):
        super().__init__()
        self.listing_id = listing_id


class DraftChanged(Conflict):
    """Another telephone, or another page, has kept a newer version of the draft."""

    user_message = "Draf ini sudah diubah di HP atau halaman lain. Periksa dulu isiannya, lalu kirim lagi."

    def __init__(self, draft: Any):
        super().__init__()
        self.draft = draft


class PhotosMissing(Conflict):
    """Photos of the draft have not all arrived; `upload_ids` says which."""

    user_message = "Fotonya belum sampai semua. Tunggu sampai semua foto selesai dikirim."

    def __init__(self, upload_ids: Sequence[str]):
        super().__init__()
        self.upload_ids = tuple(upload_ids)


class WrongOffset(Conflict):
    """The piece of a photo does not go on from what has arrived, `received` bytes."""

    user_message = "Potongan foto ini tidak menyambung. Kirim lanjutannya saja."

    def __init__(self, received: int):
        super().__init__()
        self.received = received


class OtherUpload(Conflict):
    """An upload of this id was announced with another size."""

    user_message = "Foto ini sudah dikirim dengan ukuran lain. Pilih fotonya sekali lagi."


class PieceTooSmall(Invalid):
    """Thousands of tiny pieces would cost more than the photo."""

    user_message = "Potongan foto ini terlalu kecil. Kirim paling sedikit 1 KB sekaligus."


class PieceTooLong(Invalid):
    """More bytes than were announced."""

    user_message = "Foto yang datang lebih besar daripada yang diumumkan. Pilih fotonya sekali lagi."


class TooManyPhotos(Invalid):
    """More photos than a draft or a listing holds."""

    field = "photos"

    def __init__(self, most: int):
        super().__init__(f"Paling banyak {most} foto. Hapus beberapa dulu.")


class PhotoWanted(Invalid):
    """A listing without a photo."""

    field = "photos"
    user_message = "Tambahkan paling sedikit satu foto."


class PhotoTextTooLong(Invalid):
    """More said of a photo than is read out."""

    field = "photos"

    def __init__(self, number: int):
        super().__init__(f"Keterangan foto ke-{number} terlalu panjang. Paling banyak 200 huruf.")


class PhotoWasRefused(Invalid):
    """One of the photos was no photo that can be used."""

    field = "photos"

    def __init__(self, number: int, refusal: str):
        super().__init__(f"Foto ke-{number}: {refusal}")


class TooManyDrafts(Invalid):
    """More drafts than a person can have in mind."""

    user_message = "Draf Anda sudah terlalu banyak. Kirim atau hapus beberapa dulu."


class TooManyBytes(TooLarge):
    """Photos on their way, of one person, that together are more than is kept for them."""

    user_message = "Foto yang sedang dikirim sudah terlalu banyak. Tunggu sampai selesai, lalu lanjutkan."


class VillageMissing(Invalid):
    """Whoever sells says in which village: it is where buyers find the product."""

    field = "village"
    user_message = "Pilih dulu desa Anda di halaman Akun, lalu kirim lagi. Isian Anda aman."


class NoSuchConsent(NotFound):
    """The link was cut off or made up, or the person may not know of what was asked."""

    user_message = "Tautan ini tidak utuh atau sudah tidak berlaku. Minta tautan baru ke koordinator KIM desa Anda."


class AlreadyAnswered(Conflict):
    """The seller's word is given once; a change of mind is a matter of the desk and the KIM."""

    user_message = "Pertanyaan ini sudah dijawab. Kalau berubah pikiran, hubungi koordinator KIM desa Anda."


class CannotClaim(Conflict):
    """The business is somebody's already, or whoever asks has another number."""

    user_message = "Usaha ini tidak bisa diambil dengan akun ini. Masuk dengan nomor WhatsApp yang menerima tautannya."


class PinTooFar(Invalid):
    """The point of an attraction lies far from its village: mostly a digit or a sign that was typed wrong."""

    field = "latitude"

    def __init__(self, kilometres: int, village: str):
        super().__init__(f"Titik ini {kilometres} km dari {village}. Periksa lagi lintang dan bujurnya.")
