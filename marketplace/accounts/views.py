"""Signing in and out, and a person's own page."""

from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user, login_user, logout_user

from marketplace.accounts import queries, services
from marketplace.accounts.errors import SignInRefused
from marketplace.accounts.forms import SignInForm, SignOutForm
from marketplace.foundation import phones
from marketplace.foundation.access import anyone, open_to, signed_in
from marketplace.foundation.errors import Invalid
from marketplace.foundation.limits import limiter
from marketplace.foundation.page_meta import PageMeta

pages = Blueprint("accounts", __name__)


@pages.route("/masuk", methods=["GET", "POST"])
@open_to(anyone)
@limiter.limit("10 per 5 minutes", methods=["POST"])
def sign_in():
    """The form to sign in; afterwards the page that asked for it."""
    form = SignInForm.from_request()
    if form.accepted():
        try:
            user = services.recognise(form.phone.data, form.password.data)
        except SignInRefused as refusal:
            form.password.errors = [refusal.user_message]
        else:
            login_user(user, remember=True)
            return redirect(_own_path(request.args.get("next")))
    meta = PageMeta("Masuk", "Masuk ke Pasar KIM dengan nomor WhatsApp.", url_for(".sign_in"), robots="noindex")
    return render_template("accounts/sign_in.html", form=form, meta=meta, section="akun"), form.status


@pages.post("/keluar")
@open_to(signed_in)
def sign_out():
    """Leave, and back to the home page."""
    if not SignOutForm.from_request().accepted():
        raise Invalid("Halaman ini terlalu lama terbuka. Muat ulang, lalu keluar sekali lagi.")
    logout_user()
    flash("Anda sudah keluar.")
    return redirect(url_for("site.show_home"))


@pages.get("/akun")
@open_to(signed_in)
def show_account():
    """Who is signed in, which office they hold, and the way out."""
    meta = PageMeta("Akun saya", "Akun Anda di Pasar KIM.", url_for(".show_account"), robots="noindex")
    return render_template(
        "accounts/show_account.html",
        phone=phones.shown(current_user.phone),
        appointments=queries.list_appointments(current_user),
        form=SignOutForm.from_request(),
        meta=meta,
        section="akun",
    )


def _own_path(wanted: str | None) -> str:
    """Return the page to go on to: only ever a path of our own, whatever the address says."""
    address = urlsplit(wanted or "")
    is_ours = wanted and not address.scheme and not address.netloc and wanted.startswith("/") and "\\" not in wanted
    return wanted if is_ours and not wanted.startswith("//") else url_for("accounts.show_account")
