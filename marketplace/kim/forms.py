"""What people type to get back into their account."""

from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from marketplace.accounts.errors import PasswordRefused
from marketplace.accounts.forms.sign_in import phone_field
from marketplace.accounts.passwords import LONGEST, SHORTEST
from marketplace.foundation.forms import Form


class AskRecoveryForm(Form):
    phone = phone_field()


class NewPasswordForm(Form):
    password = PasswordField(
        "Kata sandi baru",
        description=f"Paling sedikit {SHORTEST} huruf",
        validators=[
            InputRequired("Isi kata sandi barunya dulu."),
            Length(SHORTEST, LONGEST, PasswordRefused.user_message),
        ],
        render_kw={"autocomplete": "new-password"},
    )
