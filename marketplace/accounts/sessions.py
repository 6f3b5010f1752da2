"""Who a browser belongs to: the session while it is open, and the device that opens the next one.

The session cookie ends with the browser. The device's cookie, `<id>.<secret>`, lasts a year; its secret changes each
time it opens a session, so that a copy of it gives itself away.
"""

import base64
import hmac
import re
import secrets
import sqlite3
from datetime import datetime, timedelta

import sqlalchemy.exc
from flask import Flask, Response, after_this_request, current_app, request, session
from flask_login import login_user, logout_user

from marketplace.accounts.errors import SignInRefused
from marketplace.accounts.models import User
from marketplace.accounts.queries.devices import find_device
from marketplace.accounts.queries.people import find_user_of_cookie
from marketplace.accounts.services.device_names import name_of_browser
from marketplace.accounts.services.devices import (
    LIVES,
    SETTLES_IN,
    begin_device,
    has_not_ended,
    hash_of_secret,
    recognise_device,
)
from marketplace.foundation import clock
from marketplace.foundation.access import login_manager
from marketplace.foundation.converters import LARGEST_ID
from marketplace.foundation.database import is_busy_or_away, reading, writing
from marketplace.foundation.transactions import begin_anew, committed

COOKIE = "pasar_kim_perangkat"
# A session that is never closed shows its device's cookie once a day: the list tells when it was last used, and who has
# copied the session alone is out.
SHOWS_ITS_DEVICE_AFTER = timedelta(days=1)
# What Flask-Login would read and renew by itself.
COOKIE_OF_THE_LIBRARY = "remember_token"
DEVICE, SHOWN_AT = "device", "device_shown_at"

_COOKIE_PATTERN = re.compile(r"([1-9][0-9]{0,9})\.([\w-]{32})([\w-]{22})", re.ASCII)
DATABASE_FAULTS = (sqlite3.OperationalError, sqlalchemy.exc.OperationalError, sqlalchemy.exc.TimeoutError)


def recognise_people(app: Flask) -> None:
    """Let pages know who is signed in, also when the browser was closed since."""
    login_manager.user_loader(lambda kept: find_user_of_cookie(kept, device_of_session()))
    app.before_request(_open_session_of_device)


def device_of_session() -> int | None:
    """Return the id of the device that this session belongs to."""
    return session.get(DEVICE)


def open_session(user: User, at: datetime, version: int | None = None) -> None:
    """Sign in a person who has just proven who they are, and let their browser stay signed in.

    Writes in the transaction of the request; the browser is given its cookies when the request succeeds. Refuses with
    SignInRefused when all sign-ins of the person were ended since `version` was read, or since the person was.
    """
    version = user.session_version if version is None else version
    _end_device_before(at)
    device, secret = begin_device(user, version, name_of_browser(request.user_agent.string), _new_secret, at)
    _let_in(user, device.id, at)
    _keep_cookie(device.id, secret)


def open_session_alone(user: User, at: datetime) -> None:
    """Sign in as `open_session` does, from a view that has only read so far, in a short transaction of its own.

    While somebody else writes for long the person is let in all the same, until they close the browser. Refuses with
    SignInRefused when all their sign-ins were ended meanwhile, as by a new password.
    """
    version = user.session_version
    begin_anew()
    try:
        with writing(), committed():
            open_session(user, at, version)
    except DATABASE_FAULTS as fault:
        if not is_busy_or_away(fault):
            raise
        if user.session_version != version:
            raise SignInRefused from fault
        _drop_cookie()
        _let_in(user, None, at)


def keep_session(user: User, at: datetime) -> None:
    """Stay signed in here after all sign-ins of the person were ended."""
    _let_in(user, device_of_session(), at)


def close_session() -> None:
    """Forget in this browser who was signed in."""
    logout_user()
    session.pop(DEVICE, None)
    session.pop(SHOWN_AT, None)
    _drop_cookie()


def _open_session_of_device() -> None:
    if COOKIE_OF_THE_LIBRARY in request.cookies:
        # Flask-Login's own word for a cookie that is neither believed nor kept.
        session["_remember"] = "clear"
    if not {COOKIE, current_app.config["SESSION_COOKIE_NAME"]} & request.cookies.keys():
        return
    if request.endpoint is None or request.blueprint == "photos":
        return
    at = clock.now()
    shown = _read_cookie()
    if shown is not None and ("_user_id" not in session or _has_to_show_its_device(at)):
        _recognise(*shown, at)
    elif shown is None and _has_to_show_its_device(at):
        close_session()
    elif shown is None and COOKIE in request.cookies:
        _drop_cookie()


def _has_to_show_its_device(at: datetime) -> bool:
    """Tell whether this session belongs to a device whose cookie was not seen for a day."""
    is_long_ago = at.timestamp() - session.get(SHOWN_AT, 0) >= SHOWS_ITS_DEVICE_AFTER.total_seconds()
    return is_long_ago and device_of_session() is not None


def _recognise(device_id: int, secret: str, at: datetime) -> None:
    """Open a session for the person of this device, with a new secret where there is time to write one."""
    with reading():
        device = find_device(device_id)
        is_open = device is not None and has_not_ended(device, at)
        is_known = is_open and device.knows(hash_of_secret(secret))
        is_settling = is_known and at - device.rotated_at < SETTLES_IN
        person = device and device.user
    # What was read may be part of a request that writes.
    begin_anew()
    if is_open and not is_settling:
        try:
            with writing(), committed():
                following = recognise_device(device_id, secret, _new_secret, at)
        except DATABASE_FAULTS as fault:
            if not is_busy_or_away(fault):
                raise
            # The person need not wait until there is time to write; a secret that nobody knows can.
        else:
            is_known = following is not None
            if following:
                _keep_cookie(device_id, following, also_when_refused=True)
    if not is_known:
        return close_session()
    with reading():
        _let_in(person, device_id, at)
    return begin_anew()


def _let_in(user: User, device_id: int | None, at: datetime) -> None:
    session[DEVICE] = device_id
    session[SHOWN_AT] = int(at.timestamp())
    login_user(user)


def _end_device_before(at: datetime) -> None:
    """End the device whose cookie this browser is about to lose, so that the list names it once."""
    shown = _read_cookie()
    device = shown and find_device(shown[0], to_change=True)
    if device and device.ended_at is None and device.knows(hash_of_secret(shown[1])):
        device.ended_at = at


def _read_cookie() -> tuple[int, str] | None:
    """Return the id and the secret that the browser shows, when we made them, however long ago.

    What somebody made up thus says nothing about a device, and cannot end it.
    """
    match = _COOKIE_PATTERN.fullmatch(request.cookies.get(COOKIE, ""))
    if match is None or int(match[1]) > LARGEST_ID:
        return None
    device_id, chance, proof = int(match[1]), match[2], match[3]
    return (device_id, chance + proof) if hmac.compare_digest(proof, _proof(device_id, chance)) else None


def _new_secret(device_id: int) -> str:
    chance = secrets.token_urlsafe(24)
    return chance + _proof(device_id, chance)


def _proof(device_id: int, chance: str) -> str:
    text = f"{COOKIE}.{device_id}.{chance}"
    digest = hmac.digest(current_app.secret_key.encode(), text.encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:16]).decode().rstrip("=")


def _keep_cookie(device_id: int, secret: str, also_when_refused: bool = False) -> None:
    value = f"{device_id}.{secret}"

    @after_this_request
    def set_cookie(response: Response) -> Response:
        # What a refused request wrote is undone.
        if response.status_code < 400 or also_when_refused:
            response.set_cookie(COOKIE, value, max_age=LIVES, **_attributes(), httponly=True)
        return response


def _drop_cookie() -> None:
    @after_this_request
    def delete_cookie(response: Response) -> Response:
        response.delete_cookie(COOKIE, **_attributes(), httponly=True)
        return response


def _attributes() -> dict:
    return {"samesite": "Lax", "secure": current_app.extensions["settings"].is_served_over_tls}
