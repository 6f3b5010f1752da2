"""Where a person stays signed in, and ending that."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.accounts.queries.devices import get_open_device, list_open_devices
from marketplace.accounts.services.devices import end_device, end_sign_ins
from marketplace.accounts.sessions import close_session, device_of_session, keep_session
from marketplace.accounts.views.account import meta_of
from marketplace.accounts.views.blueprint import pages
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.forms import TapForm, check_tap


@pages.get("/akun/perangkat")
@open_to(signed_in)
def list_devices():
    """The browsers that the person stays signed in with, this one first."""
    here = device_of_session()
    devices = sorted(list_open_devices(current_user), key=lambda device: device.id != here)
    return render_template(
        "accounts/list_devices.html",
        devices=devices,
        here=here,
        form=TapForm.from_request(),
        meta=meta_of("Perangkat saya", "HP dan komputer tempat Anda masuk.", url_for(".list_devices")),
        section="akun",
    )


@pages.post("/akun/perangkat/<int:id>/keluar")
@open_to(signed_in)
def leave_device(id: int):
    """Sign out in one browser, and back to the list; from this one, to the home page."""
    device = get_open_device(current_user, id)
    check_tap()
    end_device(current_user, device, clock.now())
    if device.id == device_of_session():
        close_session()
        flash("Anda sudah keluar.")
        return redirect(url_for("site.show_home"), 303)
    flash(f"{device.name} sudah keluar.")
    return redirect(url_for(".list_devices"), 303)


@pages.post("/akun/perangkat/keluar-lainnya")
@open_to(signed_in)
def leave_other_devices():
    """Sign out everywhere but here."""
    check_tap()
    at = clock.now()
    end_sign_ins(current_user, current_user, at, but=device_of_session())
    keep_session(current_user, at)
    flash("Semua perangkat lain sudah keluar.")
    return redirect(url_for(".list_devices"), 303)
