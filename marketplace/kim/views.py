"""Getting back into an account: asking, being helped by somebody who knows the person, choosing a new password."""

from flask import Blueprint, current_app, flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user

from marketplace.accounts.passwords import hash_password
from marketplace.accounts.sessions import open_session
from marketplace.accounts.views.sign_in import number_tried
from marketplace.foundation import clock, phones
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.forms import TapForm, check_tap
from marketplace.foundation.limits import limiter, network_of_visitor
from marketplace.foundation.logging import hides_its_address
from marketplace.foundation.page_meta import PageMeta
from marketplace.foundation.transactions import begin_anew
from marketplace.kim import people, policy, services
from marketplace.kim.forms import AskRecoveryForm, NewPasswordForm

pages = Blueprint("recovery", __name__)

ASKED_OFTEN = "Permintaan dengan nomor ini sudah sering dikirim. Tunggu satu jam, atau hubungi koordinator KIM."
TRIED_OFTEN = "Terlalu banyak percobaan dari sambungan ini. Tunggu satu jam, lalu coba lagi."
ASKED = (
    "Kalau nomor itu punya akun, permintaannya sudah sampai ke koordinator KIM desa Anda. "
    "Hubungi koordinator, lalu buka tautan yang dikirim lewat WhatsApp."
)


@pages.record_once
def offer_to_templates(state: BlueprintSetupState) -> None:
    """Let the page of a person, which lies below this feature, show the way to those who wait."""
    state.app.jinja_env.globals["helps_people_back_in"] = policy.helps_people_back_in


@pages.route("/masuk/lupa", methods=["GET", "POST"])
@open_to(anyone)
@limiter.limit("5 per hour", key_func=number_tried, methods=["POST"], error_message=ASKED_OFTEN)
@limiter.limit("60 per hour", key_func=network_of_visitor, methods=["POST"], error_message=TRIED_OFTEN)
def ask_recovery():
    """The form to ask for help; the answer is the same whether or not the number has an account."""
    form = AskRecoveryForm.from_request()
    if form.accepted():
        services.ask_recovery(form.phone.data, clock.now())
        flash(ASKED)
        return redirect(url_for("accounts.sign_in"), 303)
    meta = _meta("Lupa kata sandi", "Masuk lagi dengan bantuan koordinator KIM.", url_for(".ask_recovery"))
    return render_template("kim/ask_recovery.html", form=form, meta=meta, section="akun"), form.status


@pages.route("/masuk/baru/<token>", methods=["GET", "POST"])
@open_to(anyone)
@hides_its_address
@limiter.limit("60 per hour", key_func=network_of_visitor, error_message=TRIED_OFTEN)
def choose_new_password(token: str):
    """Where a link from the coordinator leads: a new password, and the person is in."""
    recovery = people.get_recovery_of_link(services.hash_of_link(token), clock.now())
    form = NewPasswordForm.from_request()
    if form.accepted():
        # Hashing takes long, and nobody waits for it.
        begin_anew()
        password_hash, at = hash_password(form.password.data), clock.now()
        open_session(services.use_recovery(token, password_hash, at), at)
        flash("Kata sandi baru tersimpan. Di semua HP lain Anda perlu masuk lagi.")
        return redirect(url_for("accounts.show_account"), 303)
    # The address of the page carries the secret, so it is not what the page calls itself.
    meta = _meta("Kata sandi baru", "Pilih kata sandi baru.", url_for("accounts.sign_in"))
    name = recovery.user.name
    return render_template("kim/choose_new_password.html", form=form, name=name, meta=meta, section="akun"), form.status


@pages.get("/akun/bantu-masuk")
@open_to(policy.helps_people_back_in)
def list_recoveries():
    """Who waits to get back in and may be helped by the person who looks."""
    return render_template(
        "kim/list_recoveries.html",
        recoveries=people.list_open_recoveries(current_user, clock.now()),
        phone_shown=phones.shown,
        form=TapForm.from_request(),
        meta=_meta("Bantu masuk", "Warga yang menunggu dibantu masuk.", url_for(".list_recoveries")),
        section="akun",
    )


@pages.post("/akun/bantu-masuk/<int:id>/tautan")
@open_to(policy.helps_people_back_in)
def confirm_recovery(id: int):
    """The one-time link, shown this once, and the WhatsApp message that carries it."""
    recovery = people.get_open_recovery(current_user, id, clock.now())
    check_tap()
    token = services.confirm_recovery(current_user, recovery, clock.now())
    public_url = current_app.extensions["settings"].public_url.rstrip("/")
    link = public_url + url_for(".choose_new_password", token=token)
    text = f"Ini tautan untuk masuk lagi ke Pasar KIM: {link} Berlaku 24 jam, sekali pakai. Jangan dibagikan."
    return render_template(
        "kim/confirm_recovery.html",
        name=recovery.user.name,
        link=link,
        whatsapp_url=phones.whatsapp_url(recovery.user.phone, text),
        meta=_meta("Tautan masuk", "Tautan untuk masuk lagi.", url_for(".list_recoveries")),
        section="akun",
    )


@pages.post("/akun/bantu-masuk/<int:id>/tolak")
@open_to(policy.helps_people_back_in)
def refuse_recovery(id: int):
    """Turn a request down, and back to those who wait."""
    recovery = people.get_open_recovery(current_user, id, clock.now())
    check_tap()
    services.refuse_recovery(current_user, recovery, clock.now())
    flash(f"Permintaan {recovery.user.name} ditolak.")
    return redirect(url_for(".list_recoveries"), 303)


def _meta(title: str, description: str, url: str) -> PageMeta:
    return PageMeta(title, description, url, robots="noindex")
