"""What people type to get an account."""

import re

from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from marketplace.accounts.forms.passwords import new_password_field
from marketplace.accounts.forms.sign_in import phone_field
from marketplace.accounts.forms.villages import village_field
from marketplace.foundation import phones
from marketplace.foundation.forms import Form


class RegistrationForm(Form):
    name = StringField(
        "Nama Anda",
        filters=[lambda text: " ".join((text or "").split())],
        validators=[InputRequired("Isi nama Anda dulu."), Length(2, 80)],
        render_kw={"autocomplete": "name"},
    )
    phone = phone_field()
    village = village_field()
    password = new_password_field("Kata sandi")

    # The number as it is kept, once it has been read.
    number: str | None = None

    def validate_name(self, field: StringField) -> None:
        """A name has letters."""
        if not re.search(r"[^\W\d_]", field.data):
            raise ValidationError("Tulis nama dengan huruf.")

    def validate_phone(self, field: StringField) -> None:
        """Any typing of the number is accepted."""
        try:
            self.number = phones.to_e164(field.data)
        except phones.PhoneRefused as refusal:
            raise ValidationError(refusal.user_message) from refusal
