"""The browsers that a person stays signed in with: begun, recognised again with a new secret each time, ended."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from marketplace.accounts import policy
from marketplace.accounts.errors import SignInRefused
from marketplace.accounts.models import AccountEventKind, Device, User
from marketplace.accounts.queries.devices import find_device, list_open_devices
from marketplace.accounts.services.events import record
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require

# Whoever has not come back for so long signs in anew.
LIVES = timedelta(days=365)
# Requests that a page sends at the same moment all carry the secret from before.
SETTLES_IN = timedelta(seconds=60)


def hash_of_secret(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256."""
    return hashlib.sha256(secret.encode()).hexdigest()


def has_not_ended(device: Device, at: datetime) -> bool:
    """Tell whether a device keeps its person signed in: it was not ended, and was used within a year."""
    return device.ended_at is None and at - device.rotated_at < LIVES


def begin_device(
    user: User, version: int, name: str, secret_for: Callable[[int], str], at: datetime
) -> tuple[Device, str]:
    """Let a browser called `name` keep a person signed in; return it and its secret, the only copy.

    Takes no actor: the person has just proven who they are. `secret_for` makes the secret of a device with this id.
    Refuses with SignInRefused when all their sign-ins were ended since they were `version`, as by a new password.
    """
    # Whoever ends all sign-ins at this moment ends this one as well, or has ended them before.
    db.session.refresh(user, with_for_update=True)
    if user.session_version != version:
        raise SignInRefused
    device = Device(user=user, secret_hash="", rotated_at=at, name=name, created_at=at, last_seen_at=at)
    db.session.add(device)
    db.session.flush()
    secret = secret_for(device.id)
    device.secret_hash = hash_of_secret(secret)
    record(user, user, AccountEventKind.SIGNED_IN, at, name)
    return device, secret


def recognise_device(device_id: int, secret: str, secret_for: Callable[[int], str], at: datetime) -> str | None:
    """Return the secret that follows this one of an open device: none ("") while the last settles, None for a stranger.

    Takes no actor: the secret is what proves who it is. One that is neither the last nor the one before has been used
    by somebody else since: the device is ended, for both of them.
    """
    device = find_device(device_id, to_change=True)
    if device is None or not has_not_ended(device, at):
        return None
    used = hash_of_secret(secret)
    if not device.knows(used):
        _end(device, at)
        record(device.user, None, AccountEventKind.STOLEN_COOKIE, at, device.name)
        return None
    if at - device.rotated_at < SETTLES_IN:
        return ""
    following = secret_for(device.id)
    # The answer that carries the new one may be lost: what was used now stays good until the new one is used.
    device.previous_secret_hash = used
    device.secret_hash = hash_of_secret(following)
    device.rotated_at = device.last_seen_at = at
    db.session.flush()
    return following


def end_device(actor: Actor, device: Device, at: datetime) -> None:
    """Sign a person out in one browser."""
    require(policy.may_end_sign_ins(actor, device.user))
    if device.ended_at is None:
        _end(device, at)
        record(device.user, actor, AccountEventKind.DEVICE_ENDED, at, device.name)


def end_sign_ins(actor: Actor, user: User, at: datetime, but: int | None = None) -> None:
    """Sign a person out everywhere: every cookie from before is worthless.

    The browser with the id `but` stays known; whoever keeps it signed in gives it a new session.
    """
    require(policy.may_end_sign_ins(actor, user))
    # Counted by the database: of two who end them at once each makes the other's session worthless.
    user.session_version = User.session_version + 1
    db.session.flush()
    for device in list_open_devices(user):
        if device.id != but:
            end_device(actor, device, at)
    db.session.flush()


def _end(device: Device, at: datetime) -> None:
    device.ended_at = at
    db.session.flush()
