"""What people type to get back into their account."""

from marketplace.accounts.forms.passwords import new_password_field
from marketplace.accounts.forms.sign_in import phone_field
from marketplace.foundation.forms import Form


class AskRecoveryForm(Form):
    phone = phone_field()


class NewPasswordForm(Form):
    password = new_password_field()
