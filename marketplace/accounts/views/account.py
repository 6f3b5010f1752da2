"""A person's own page, and the way out."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.accounts.queries.devices import find_device
from marketplace.accounts.queries.people import list_appointments
from marketplace.accounts.services.devices import end_device
from marketplace.accounts.sessions import close_session, device_of_session
from marketplace.accounts.views.blueprint import pages
from marketplace.foundation import clock, phones
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.forms import TapForm, check_tap
from marketplace.foundation.page_meta import PageMeta


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
    meta = PageMeta("Akun saya", "Akun Anda di Pasar KIM.", url_for(".show_account"), robots="noindex")
    return render_template(
        "accounts/show_account.html",
        phone=phones.shown(current_user.phone),
        appointments=list_appointments(current_user),
        form=TapForm.from_request(),
        meta=meta,
        section="akun",
    )
