"""Getting an account."""

from flask import Response, g, redirect, render_template, url_for
from flask_login import current_user

from marketplace.accounts.errors import PhoneTaken, SignInRefused
from marketplace.accounts.forms.registration import RegistrationForm
from marketplace.accounts.passwords import hash_password, is_password
from marketplace.accounts.queries.people import find_user_by_phone
from marketplace.accounts.services.people import register
from marketplace.accounts.sessions import open_session, open_session_alone
from marketplace.accounts.views.blueprint import pages
from marketplace.accounts.views.sign_in import number_and_visitor, number_tried, page_to_go_on_to
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.database import reading, writing
from marketplace.foundation.limits import limit_failures, limiter, network_of_visitor
from marketplace.foundation.page_meta import PageMeta
from marketplace.foundation.transactions import begin_anew, committed, write_nothing

WAIT_MINUTES = "Pendaftaran terlalu sering belum berhasil. Tunggu lima menit, lalu coba lagi."
WAIT_WITH_NUMBER = (
    "Pendaftaran dengan nomor ini terlalu sering dicoba. Tunggu satu jam, atau minta bantuan koordinator KIM."
)
WAIT_HERE = "Dari sambungan ini terlalu banyak pendaftaran. Tunggu satu jam, lalu coba lagi."
# The same whether the number has an account with another password or was taken a moment ago.
NOT_REGISTERED = (
    "Pendaftaran belum berhasil. Kalau nomor ini sudah punya akun, masuk atau pakai “Lupa kata sandi” di halaman masuk."
)


def _was_turned_away(_response: Response) -> bool:
    """Tell whether the form was in order and yet no account was made."""
    return g.get("registration_was_turned_away", False)


def _succeeded(response: Response) -> bool:
    return response.status_code < 400


@pages.route("/daftar", methods=["GET", "POST"])
@open_to(anyone)
@limit_failures("10 per 5 minutes", number_and_visitor, WAIT_MINUTES)
@limit_failures("100 per 5 minutes", network_of_visitor, WAIT_MINUTES)
# Whoever tries passwords here, or which numbers have an account, is stopped before it is worth their while.
@limiter.limit(
    "5 per hour", key_func=number_tried, methods=["POST"], deduct_when=_was_turned_away, error_message=WAIT_WITH_NUMBER
)
@limiter.limit(
    "20 per hour", key_func=network_of_visitor, methods=["POST"], deduct_when=_was_turned_away, error_message=WAIT_HERE
)
# A hall full of sellers on one day of teaching shares its address, and so do thousands of telephones.
@limiter.limit(
    "600 per hour", key_func=network_of_visitor, methods=["POST"], deduct_when=_succeeded, error_message=WAIT_HERE
)
# Passwords are hashed and villages found while others write; what is written afterwards is short.
@reading()
def register_person():
    """The form to get an account; afterwards the page that asked for it, or the desk."""
    if current_user.is_authenticated:
        write_nothing()
        return redirect(page_to_go_on_to("selling.show_desk"))
    form = RegistrationForm.from_request()
    if form.accepted():
        if _let_in(form):
            return redirect(page_to_go_on_to("selling.show_desk"))
        g.registration_was_turned_away = True
        form.form_errors.append(NOT_REGISTERED)
    meta = PageMeta(
        "Daftar", "Buat akun Pasar KIM dengan nomor WhatsApp.", url_for(".register_person"), robots="noindex"
    )
    return render_template("accounts/register_person.html", form=form, meta=meta, section="akun"), form.status


def _let_in(form: RegistrationForm) -> bool:
    """Make the account and sign in; whoever has this account with this password is signed in again.

    Either way one password is hashed, so that the time of the answer does not tell which number has an account.
    """
    password = form.password.data
    owner = find_user_by_phone(form.number)
    if owner is not None:
        # A weak signal loses answers: who sends the same form once more has their account already.
        if not is_password(password, owner.password_hash):
            return False
        try:
            open_session_alone(owner, clock.now())
        except SignInRefused:
            return False
        return True
    kept = hash_password(password)
    begin_anew()
    at = clock.now()
    try:
        with writing(), committed():
            user = register(current_user, form.name.data, form.number, kept, form.village.data, at)
            open_session(user, at)
    except PhoneTaken:
        return False
    return True
