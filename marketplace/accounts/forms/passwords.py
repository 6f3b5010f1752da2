"""What people type to choose a password."""

from wtforms import PasswordField
from wtforms.validators import InputRequired, Length

from marketplace.accounts.errors import PasswordRefused
from marketplace.accounts.passwords import LONGEST, SHORTEST
from marketplace.foundation.forms import Form


def new_password_field(label: str = "Kata sandi baru") -> PasswordField:
    """Return the field for a password that somebody chooses."""
    return PasswordField(
        label,
        description=f"Paling sedikit {SHORTEST} huruf atau angka. Tiga kata yang mudah Anda ingat sudah kuat.",
        validators=[
            InputRequired(f"Isi {label[0].lower()}{label[1:]}nya dulu."),
            Length(SHORTEST, LONGEST, PasswordRefused.user_message),
        ],
        render_kw={"autocomplete": "new-password"},
    )


class ChangePasswordForm(Form):
    old_password = PasswordField(
        "Kata sandi sekarang",
        validators=[InputRequired("Isi kata sandi yang sekarang dulu."), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    password = new_password_field()
