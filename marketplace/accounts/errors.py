"""How accounts say no."""

from marketplace.foundation.errors import Conflict, Invalid


class SignInRefused(Invalid):
    """The number or the password is wrong; which of them is not said."""

    user_message = "Nomor atau kata sandi belum cocok. Periksa lagi, atau minta bantuan koordinator KIM."


class PhoneTaken(Conflict):
    """Somebody already has an account with this number."""

    user_message = "Nomor ini sudah punya akun. Masuk dengan kata sandinya."
