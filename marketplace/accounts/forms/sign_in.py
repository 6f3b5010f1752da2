"""What people type to sign in."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from marketplace.accounts.passwords import LONGEST
from marketplace.foundation.forms import Form


def phone_field() -> StringField:
    """Return the field for the number that is one's account, in any typing."""
    return StringField(
        "Nomor WhatsApp",
        description="Contoh: 0812-3456-7890",
        validators=[InputRequired("Isi nomor WhatsApp Anda dulu."), Length(max=30)],
        render_kw={"autocomplete": "username", "inputmode": "tel"},
    )


class SignInForm(Form):
    phone = phone_field()
    password = PasswordField(
        "Kata sandi",
        validators=[InputRequired("Isi kata sandinya dulu."), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
