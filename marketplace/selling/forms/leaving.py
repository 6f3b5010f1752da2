"""What somebody confirms who leaves for good."""

from wtforms import BooleanField, PasswordField
from wtforms.validators import InputRequired, Length

from marketplace.accounts.passwords import LONGEST
from marketplace.foundation.forms import Form


class LeavingForm(Form):
    password = PasswordField(
        "Kata sandi",
        description="Supaya orang lain yang memegang HP Anda tidak bisa menghapus akun ini.",
        validators=[InputRequired("Isi kata sandinya dulu."), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )
    understood = BooleanField(
        "Saya mengerti akun ini tidak bisa dikembalikan.",
        validators=[InputRequired("Centang dulu kalau Anda sudah yakin.")],
    )
