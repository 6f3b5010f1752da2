"""Signing in."""

import re

from flask import redirect, render_template, request, url_for

from marketplace.accounts.errors import SignInRefused
from marketplace.accounts.forms.sign_in import SignInForm
from marketplace.accounts.services.people import recognise
from marketplace.accounts.sessions import open_session_alone
from marketplace.accounts.views.blueprint import pages
from marketplace.foundation import clock, phones
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.database import reading
from marketplace.foundation.limits import limit_failures, network_of_visitor
from marketplace.foundation.page_meta import PageMeta

# A path of our own that a header can carry: no second slash, which would name another site, and no control characters.
OWN_PATH = re.compile(r"/(?![/\\])[^\x00-\x20\x7f\\]*")
WAIT_MINUTES = "Nomor atau kata sandinya terlalu sering salah. Tunggu lima menit, lalu coba lagi."
WAIT_AN_HOUR = (
    "Masuk dengan nomor ini terlalu sering gagal. Tunggu satu jam, lalu coba lagi, atau minta bantuan koordinator KIM."
)


def number_tried() -> str:
    """Return the number that somebody tries to sign in with, however they type it."""
    try:
        return phones.to_e164(request.form.get("phone", ""))
    except phones.PhoneRefused:
        # What is no number opens no account: mistakes in typing one are counted for each visitor alone.
        return f"no number from {network_of_visitor()}"


def number_and_visitor() -> str:
    """Return who tries which number."""
    return f"{number_tried()} from {network_of_visitor()}"


@pages.route("/masuk", methods=["GET", "POST"])
@open_to(anyone)
# Telephones share addresses by the thousand, so what counts is failures, first of all those with one number.
@limit_failures("10 per 5 minutes", number_and_visitor, WAIT_MINUTES)
@limit_failures("30 per hour", number_tried, WAIT_AN_HOUR)
@limit_failures("100 per 5 minutes", network_of_visitor, WAIT_MINUTES)
# The password is checked while others write; what is written afterwards is short.
@reading()
def sign_in():
    """The form to sign in; afterwards the page that asked for it."""
    form = SignInForm.from_request()
    if form.accepted():
        try:
            open_session_alone(recognise(form.phone.data, form.password.data), clock.now())
        except SignInRefused as refusal:
            form.password.errors = [refusal.user_message]
        else:
            return redirect(page_to_go_on_to())
    meta = PageMeta("Masuk", "Masuk ke Pasar KIM dengan nomor WhatsApp.", url_for(".sign_in"), robots="noindex")
    return render_template("accounts/sign_in.html", form=form, meta=meta, section="akun"), form.status


def page_to_go_on_to(otherwise: str = "accounts.show_account") -> str:
    """Return where the address wants to go on to: only ever a path of our own, whatever it says."""
    wanted = request.args.get("next")
    return wanted if wanted and OWN_PATH.fullmatch(wanted) else url_for(otherwise)
