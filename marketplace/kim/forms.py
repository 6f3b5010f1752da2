"""What people type to get back into their account."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from marketplace.accounts.passwords import LONGEST, SHORTEST
from marketplace.foundation.forms import Form


class AskRecoveryForm(Form):
    phone = StringField(
        "Nomor WhatsApp",
        description="Contoh: 0812-3456-7890",
        validators=[InputRequired("Isi nomor WhatsApp Anda dulu."), Length(max=30)],
        render_kw={"autocomplete": "username", "inputmode": "tel"},
    )


class NewPasswordForm(Form):
    password = PasswordField(
        "Kata sandi baru",
        description=f"Paling sedikit {SHORTEST} huruf",
        validators=[
            InputRequired("Isi kata sandi barunya dulu."),
            Length(SHORTEST, LONGEST, f"Kata sandi paling sedikit {SHORTEST} huruf, paling banyak {LONGEST}."),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class HelpForm(Form):
    """Only the proof that the wish comes from our own page."""
