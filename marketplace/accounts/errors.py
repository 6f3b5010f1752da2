"""How accounts say no."""

from marketplace.foundation.errors import Conflict, Invalid, NotFound


class SignInRefused(Invalid):
    """The number or the password is wrong; which of them is not said."""

    user_message = "Nomor atau kata sandi belum cocok. Periksa lagi, atau minta bantuan koordinator KIM."


class PhoneTaken(Conflict):
    """Somebody already has an account with this number."""

    user_message = "Nomor ini sudah punya akun. Masuk dengan kata sandinya."


class PasswordRefused(Invalid):
    """A password that is guessed too easily, or longer than the form to sign in takes."""

    user_message = "Kata sandi paling sedikit 10 huruf, paling banyak 200."


class NoSuchUser(NotFound):
    """Nobody has an account with this number."""

    user_message = "Belum ada akun dengan nomor itu."


class OfficeWithoutPlace(Invalid):
    """An officer works for one kabupaten or kota, an administrator for the whole province."""

    user_message = "Petugas perlu kabupaten atau kotanya; admin tidak."


class AlreadyAppointed(Conflict):
    """The person holds this office."""

    user_message = "Orang ini sudah memegang jabatan itu."


class NoSuchDevice(NotFound):
    """The device is another person's, or has been ended."""

    user_message = "HP atau komputer itu sudah tidak masuk lagi."


class OldPasswordWrong(Invalid):
    """Whoever changes a password does not know the one before."""

    user_message = "Kata sandi sekarang belum cocok. Periksa lagi."


class PasskeyRefused(Invalid):
    """What a browser sent is no passkey for this site, or not signed by the one that it names."""

    user_message = "Sidik jari atau kunci layar belum diterima. Coba lagi, atau masuk dengan kata sandi."


class TooManyPasskeys(Conflict):
    """A person has as many passkeys as anybody needs."""

    user_message = "Sudah ada 10 sidik jari di akun ini. Hapus yang tidak dipakai dulu."


class PasskeyKnown(Conflict):
    """The passkey belongs to an account already."""

    user_message = "Sidik jari ini sudah tersimpan."


class NoSuchPasskey(NotFound):
    """The passkey is another person's, or has been removed."""

    user_message = "Sidik jari itu sudah dihapus."


class NoPasskeysHere(NotFound):
    """The address of this marketplace is one for which browsers make no passkeys."""

    user_message = "Di alamat ini sidik jari belum bisa dipakai. Masuk dengan kata sandi."
