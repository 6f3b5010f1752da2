"""Refusals: the few ways in which the marketplace says no, each with the sentence that the person reads."""


class Refusal(Exception):
    """A request that is understood and not carried out; `field` is the part of it that is at fault, where it is one."""

    status = 400
    user_message = "Permintaan ini tidak dapat kami kerjakan."
    field: str | None = None

    def __init__(self, user_message: str | None = None):
        if user_message is not None:
            self.user_message = user_message
        super().__init__(self.user_message)


class NotFound(Refusal):
    """There is no such thing, or this person may not know that there is."""

    status = 404
    user_message = "Mungkin produknya sudah diturunkan, atau alamatnya salah ketik."


class SignInNeeded(Refusal):
    """Whoever asks has not signed in, or their sign-in has ended; told to scripts, people are led to the form."""

    status = 401
    user_message = "Masuk dulu. Isian Anda aman di HP ini dan terkirim sendiri setelah Anda masuk."


class NotAllowed(Refusal):
    """The person may know the thing but not do this to it."""

    status = 403
    user_message = "Akun Anda tidak punya izin untuk ini. Hubungi koordinator KIM desa Anda bila seharusnya boleh."


class Conflict(Refusal):
    """Somebody else changed the thing meanwhile."""

    status = 409
    user_message = "Data ini baru saja diubah orang lain. Muat ulang, lalu coba lagi; isian Anda tidak dibuang."


class TooLarge(Refusal):
    """More bytes than are accepted."""

    status = 413
    user_message = "Kiriman terlalu besar. Kirim berkas yang lebih kecil."


class Invalid(Refusal):
    """What was typed or sent cannot be used; the message says what to do."""

    status = 422
    user_message = "Isian belum bisa dipakai. Periksa lagi, lalu kirim ulang."


class TooMany(Refusal):
    """The same thing was tried too often."""

    status = 429
    user_message = "Terlalu sering mencoba. Tunggu beberapa menit, lalu coba lagi."


def require(allowed: bool) -> None:
    """Refuse with NotAllowed unless the policy said yes."""
    if not allowed:
        raise NotAllowed
