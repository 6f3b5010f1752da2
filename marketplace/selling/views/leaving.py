"""Taking one's data along, and leaving for good."""

from flask import Response, flash, redirect, render_template, url_for
from flask_login import current_user

from marketplace.accounts.passwords import is_password
from marketplace.accounts.sessions import close_session
from marketplace.accounts.views.account import WAIT_MINUTES, whose_account
from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.errors import Conflict
from marketplace.foundation.forms import TapForm, check_tap
from marketplace.foundation.limits import limit_failures, limiter
from marketplace.foundation.page_meta import PageMeta
from marketplace.foundation.storage import current_storage
from marketplace.foundation.transactions import begin_anew
from marketplace.selling.forms.leaving import LeavingForm
from marketplace.selling.queries.leaving import look_at_leaving
from marketplace.selling.queries.takeout import list_photos_of, read_all_about
from marketplace.selling.services.leaving import erase_account as erase
from marketplace.selling.services.leaving import note_download
from marketplace.selling.services.takeout import write_takeout
from marketplace.selling.views.blueprint import pages

WRONG_PASSWORD = "Kata sandinya belum benar."  # noqa: S105 - a sentence
WAIT_AN_HOUR = "Data Anda sudah beberapa kali diunduh. Tunggu satu jam, lalu coba lagi."
CHANGED_MEANWHILE = "Dagangan Anda baru saja berubah. Belum ada yang dihapus; coba sekali lagi."


@pages.get("/akun/unduh")
@open_to(signed_in)
def show_download():
    """What a person may take along, and the button that gives it to them."""
    return render_template(
        "selling/show_download.html",
        form=TapForm.from_request(),
        meta=_meta("Unduh data saya", "Salinan data Anda di Pasar KIM.", url_for(".show_download")),
        section="akun",
    )


@pages.post("/akun/unduh")
@open_to(signed_in)
@limiter.limit("10 per hour", key_func=whose_account, error_message=WAIT_AN_HOUR)
def download_account():
    """Everything that is kept about the person, as a ZIP that is written while it is sent."""
    check_tap()
    at = clock.now()
    person = current_user._get_current_object()
    note_download(current_user, person, at)
    pieces = write_takeout(read_all_about(person), list_photos_of(person), current_storage())
    name = f"pasar-kim-data-saya-{at.astimezone(clock.WIB):%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(pieces, mimetype="application/zip", headers=headers)


@pages.route("/akun/hapus", methods=["GET", "POST"])
@open_to(signed_in)
@limit_failures("10 per 5 minutes", whose_account, WAIT_MINUTES)
def erase_account():
    """What happens to an account that is erased, and the form that does it; afterwards the person is a visitor."""
    form, status = LeavingForm.from_request(), None
    if form.accepted():
        kept = current_user.password_hash
        # Checking takes long, and nobody waits for it.
        begin_anew()
        if not is_password(form.password.data, kept):
            form.password.errors = [WRONG_PASSWORD]
        else:
            try:
                erase(current_user, current_user._get_current_object(), clock.now())
            except Conflict as conflict:
                begin_anew()
                form.form_errors.append(CHANGED_MEANWHILE)
                status = conflict.status
            else:
                close_session()
                flash("Akun Anda sudah dihapus. Terima kasih sudah ikut di Pasar KIM.")
                return redirect(url_for("site.show_home"), 303)
    return render_template(
        "selling/erase_account.html",
        leaving=look_at_leaving(current_user),
        form=form,
        meta=_meta("Hapus akun", "Menghapus akun Anda di Pasar KIM.", url_for(".erase_account")),
        section="akun",
    ), status or form.status


def _meta(title: str, description: str, url: str) -> PageMeta:
    return PageMeta(title, description, url, robots="noindex")
