"""What people type to sign in."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from marketplace.accounts.passwords import LONGEST
from marketplace.foundation.forms import Form


class SignInForm(Form):
    phone = StringField(
        "Nomor WhatsApp",
        description="Contoh: 0812-3456-7890",
        validators=[InputRequired("Isi nomor WhatsApp Anda dulu."), Length(max=30)],
        render_kw={"autocomplete": "username", "inputmode": "tel"},
    )
    password = PasswordField(
        "Kata sandi",
        validators=[InputRequired("Isi kata sandinya dulu."), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class SignOutForm(Form):
    """Only the proof that the wish comes from our own page."""
