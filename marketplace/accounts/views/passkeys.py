"""Signing in with a fingerprint or the lock of one's screen, and which of them a person has."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response, current_app, flash, redirect, render_template, request, session, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user

from marketplace.accounts.errors import NoPasskeysHere, PasskeyRefused
from marketplace.accounts.queries.passkeys import get_passkey, list_passkeys
from marketplace.accounts.services.ceremonies import (
    RelyingParty,
    check_new_key,
    new_challenge,
    options_to_make,
    options_to_sign_in,
    relying_party_at,
)
from marketplace.accounts.services.device_names import name_of_browser
from marketplace.accounts.services.passkeys import add_passkey, recognise_by_passkey, remove_passkey
from marketplace.accounts.sessions import open_session
from marketplace.accounts.views.account import meta_of
from marketplace.accounts.views.blueprint import pages
from marketplace.accounts.views.sign_in import page_to_go_on_to
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, open_to, signed_in
from marketplace.foundation.error_pages import answers_in_json
from marketplace.foundation.forms import CONTROL, TapForm, check_tap, check_token_of_script
from marketplace.foundation.limits import limit_failures, network_of_visitor
from marketplace.foundation.transactions import write_nothing

CHALLENGE_LIVES = timedelta(minutes=5)
LONGEST_NAME = 80
# Under which name the session keeps the challenge of each ceremony.
TO_MAKE, TO_SIGN_IN = "passkey_to_make", "passkey_to_sign_in"
WAIT_MINUTES = "Sidik jari terlalu sering belum diterima. Tunggu lima menit, atau masuk dengan kata sandi."


def party_here() -> RelyingParty | None:
    """Return whom passkeys of this marketplace are for, when its address is one that can have them."""
    return relying_party_at(current_app.extensions["settings"].public_url)


@pages.record_once
def offer_to_templates(state: BlueprintSetupState) -> None:
    """Let the door offer passkeys where there can be any."""
    state.app.jinja_env.globals["has_passkeys"] = lambda: party_here() is not None


@pages.get("/akun/kunci")
@open_to(signed_in)
def list_keys():
    """The fingerprints and screen locks that the person signs in with, and adding one."""
    return render_template(
        "accounts/list_keys.html",
        passkeys=list_passkeys(current_user),
        proposed_name=name_of_browser(request.user_agent.string),
        form=TapForm.from_request(),
        meta=meta_of("Masuk dengan sidik jari", "Sidik jari dan kunci layar akun Anda.", url_for(".list_keys")),
        section="akun",
    )


@pages.post("/akun/kunci/mulai")
@open_to(signed_in)
@answers_in_json
def begin_key():
    """What the browser needs to make a passkey."""
    check_token_of_script()
    write_nothing()
    party = _party()
    options = options_to_make(party, current_user, list_passkeys(current_user), _ask(TO_MAKE))
    return _as_json(options)


@pages.post("/akun/kunci")
@open_to(signed_in)
@answers_in_json
def add_key():
    """Keep the passkey that the browser made."""
    check_token_of_script()
    party, sent = _party(), _sent()
    challenge, _ = _asked(TO_MAKE)
    key = check_new_key(party, challenge, sent["credential"])
    add_passkey(current_user, current_user, key, _name_in(sent), clock.now())
    flash("Sidik jari tersimpan. Lain kali cukup itu untuk masuk.")
    return {"url": url_for(".list_keys")}, 201


@pages.post("/akun/kunci/<int:id>/hapus")
@open_to(signed_in)
def remove_key(id: int):
    """Forget a passkey, and back to the list."""
    passkey = get_passkey(current_user, id)
    check_tap()
    name = passkey.name
    remove_passkey(current_user, passkey, clock.now())
    flash(f"{name} dihapus.")
    return redirect(url_for(".list_keys"), 303)


@pages.post("/masuk/kunci/mulai")
@open_to(anyone)
@answers_in_json
def begin_sign_in_by_key():
    """What the browser needs to sign somebody in with a passkey."""
    check_token_of_script()
    write_nothing()
    return _as_json(options_to_sign_in(_party(), _ask(TO_SIGN_IN)))


@pages.post("/masuk/kunci")
@open_to(anyone)
@answers_in_json
@limit_failures("30 per 5 minutes", network_of_visitor, WAIT_MINUTES)
def sign_in_by_key():
    """Sign in whoever's passkey has signed, and say which page they wanted."""
    check_token_of_script()
    party, sent = _party(), _sent()
    challenge, asked_at = _asked(TO_SIGN_IN)
    at = clock.now()
    open_session(recognise_by_passkey(party, challenge, asked_at, sent["credential"], at), at)
    return {"url": page_to_go_on_to()}


def _party() -> RelyingParty:
    party = party_here()
    if party is None:
        raise NoPasskeysHere
    return party


def _ask(ceremony: str) -> bytes:
    """Return a challenge and remember it, and when it was asked for, in the session."""
    challenge = new_challenge()
    session[ceremony] = [urlsafe_b64encode(challenge).decode(), clock.now().timestamp()]
    return challenge


def _asked(ceremony: str) -> tuple[bytes, datetime]:
    """Return the challenge that was asked for in the last five minutes, which is good for one answer."""
    kept = session.pop(ceremony, None)
    if kept is None:
        raise PasskeyRefused
    asked_at = datetime.fromtimestamp(kept[1], UTC)
    if clock.now() - asked_at > CHALLENGE_LIVES:
        raise PasskeyRefused
    return urlsafe_b64decode(kept[0]), asked_at


def _sent() -> Mapping[str, Any]:
    """Return the JSON object that was sent, with an object `credential` in it, or refuse with PasskeyRefused."""
    try:
        sent = json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise PasskeyRefused from error
    if not isinstance(sent, dict) or not isinstance(sent.get("credential"), dict):
        raise PasskeyRefused
    return sent


def _name_in(sent: Mapping[str, Any]) -> str:
    typed = sent.get("name")
    # JSON can hold halves of letters, which no database takes.
    text = typed.encode(errors="ignore").decode() if isinstance(typed, str) else ""
    name = " ".join(CONTROL.sub("", text).split())
    return name[:LONGEST_NAME] or name_of_browser(request.user_agent.string)


def _as_json(text: str) -> Response:
    response = Response(text, mimetype="application/json")
    response.cache_control.no_store = True
    return response
