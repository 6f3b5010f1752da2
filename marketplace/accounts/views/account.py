"""A person's own page, what they change there, and the way out."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.accounts.errors import OldPasswordWrong
from marketplace.accounts.forms.passwords import ChangePasswordForm
from marketplace.accounts.forms.villages import VillageForm
from marketplace.accounts.passwords import hash_password, is_password
from marketplace.accounts.queries.devices import find_device
from marketplace.accounts.queries.people import list_appointments
from marketplace.accounts.services.changes import change_password, move_to_village
from marketplace.accounts.services.devices import end_device
from marketplace.accounts.sessions import close_session, device_of_session, keep_session
from marketplace.accounts.views.blueprint import pages
from marketplace.foundation import clock, phones
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.forms import TapForm, check_tap
from marketplace.foundation.limits import limit_failures
from marketplace.foundation.page_meta import PageMeta
from marketplace.foundation.transactions import begin_anew

WAIT_MINUTES = "Kata sandi terlalu sering salah. Tunggu lima menit, lalu coba lagi."


def whose_account() -> str:
    """Return whose account it is, as limits count: also after its other sign-ins were ended."""
    return f"account {current_user.id}"


@pages.post("/keluar")
@open_to(signed_in)
def sign_out():
    """Leave, and back to the home page."""
    check_tap()
    device_id = device_of_session()
    device = find_device(device_id) if device_id is not None else None
    if device is not None:
        end_device(current_user, device, clock.now())
    close_session()
    flash("Anda sudah keluar.")
    return redirect(url_for("site.show_home"))


@pages.get("/akun")
@open_to(signed_in)
def show_account():
    """Who is signed in, which office they hold, and the way out."""
    return render_template(
        "accounts/show_account.html",
        phone=phones.shown(current_user.phone),
        appointments=list_appointments(current_user),
        form=TapForm.from_request(),
        meta=meta_of("Akun saya", "Akun Anda di Pasar KIM.", url_for(".show_account")),
        section="akun",
    )


@pages.route("/akun/sandi", methods=["GET", "POST"])
@open_to(signed_in)
@limit_failures("10 per 5 minutes", whose_account, WAIT_MINUTES)
def choose_password():
    """Another password, for those who know the one they have."""
    form = ChangePasswordForm.from_request()
    if form.accepted():
        try:
            _change_password(form)
        except OldPasswordWrong as refusal:
            form.old_password.errors = [refusal.user_message]
        else:
            flash("Kata sandi baru tersimpan. Di semua HP lain Anda perlu masuk lagi.")
            return redirect(url_for(".show_account"), 303)
    meta = meta_of("Ganti kata sandi", "Ganti kata sandi akun Anda.", url_for(".choose_password"))
    return render_template("accounts/choose_password.html", form=form, meta=meta, section="akun"), form.status


def _change_password(form: ChangePasswordForm) -> None:
    old_hash = current_user.password_hash
    # Hashing takes long, and nobody waits for it.
    begin_anew()
    if not is_password(form.old_password.data, old_hash):
        raise OldPasswordWrong
    new_hash = hash_password(form.password.data)
    at = clock.now()
    change_password(current_user, current_user, old_hash, new_hash, at, but=device_of_session())
    keep_session(current_user, at)


@pages.route("/akun/desa", methods=["GET", "POST"])
@open_to(signed_in)
def choose_village():
    """The village where the person lives."""
    form = VillageForm.from_request()
    if form.accepted():
        move_to_village(current_user, current_user, form.village.village)
        flash(f"Desa Anda: {form.village.village.title}.")
        return redirect(url_for(".show_account"), 303)
    meta = meta_of("Desa saya", "Desa tempat Anda tinggal.", url_for(".choose_village"))
    return render_template("accounts/choose_village.html", form=form, meta=meta, section="akun"), form.status


def meta_of(title: str, description: str, url: str) -> PageMeta:
    """Return what a page of an account says about itself: it is no page to be found."""
    return PageMeta(title, description, url, robots="noindex")
