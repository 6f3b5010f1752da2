"""Getting back into an account without SMS: asked for, confirmed by somebody who knows the person, used once."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import select, update

from marketplace.accounts.errors import PasswordRefused
from marketplace.accounts.models import AccountEvent, AccountEventKind, Device, Recovery, User
from marketplace.accounts.passwords import hash_password, is_acceptable
from marketplace.foundation import phones
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.kim import people, policy

LINK_LIVES = timedelta(hours=24)


def ask_recovery(phone: str, at: datetime) -> None:
    """Note that whoever has this number (in any typing) wants back in; a number without account changes nothing.

    Takes no actor: whoever asks cannot sign in. Whether anything was noted is told to nobody.
    """
    try:
        number = phones.to_e164(phone)
    except phones.PhoneRefused:
        return
    # Of two questions at once the second waits here, and finds the first.
    user = db.session.scalar(select(User).where(User.phone == number).with_for_update())
    if user is None or people.find_open_recovery(user, at):
        return
    db.session.add(Recovery(user=user, asked_at=at))
    _record(user, None, AccountEventKind.RECOVERY_ASKED, at)


def confirm_recovery(actor: Actor, recovery: Recovery, at: datetime) -> str:
    """Vouch for the person and return the token of their link: the only copy, good once within a day.

    A link made before is worthless from now on.
    """
    require(policy.may_help_back_in(actor, recovery.user))
    token = secrets.token_urlsafe(32)
    recovery.confirmed_by_id = actor.id
    recovery.confirmed_at = at
    recovery.link_hash = hash_of_link(token)
    recovery.expires_at = at + LINK_LIVES
    _record(recovery.user, actor, AccountEventKind.RECOVERY_CONFIRMED, at)
    return token


def refuse_recovery(actor: Actor, recovery: Recovery, at: datetime) -> None:
    """Turn a request down, as when the person says that they never asked; a link made for it stops working."""
    require(policy.may_help_back_in(actor, recovery.user))
    recovery.refused_at = at
    _record(recovery.user, actor, AccountEventKind.RECOVERY_REFUSED, at)


def use_recovery(token: str, password: str, at: datetime) -> User:
    """Give the person of this link a new password and end all their sign-ins; refuses with LinkIsOver, PasswordRefused.

    Takes no actor: the link is what proves who it is.
    """
    recovery = people.get_recovery_of_link(hash_of_link(token), at, to_use=True)
    if not is_acceptable(password):
        raise PasswordRefused
    user = recovery.user
    user.password_hash = hash_password(password)
    user.session_version += 1
    still_open = update(Device).where(Device.user_id == user.id, Device.ended_at.is_(None))
    db.session.execute(still_open.values(ended_at=at))
    recovery.used_at = at
    _record(user, None, AccountEventKind.RECOVERY_USED, at)
    return user


def hash_of_link(token: str) -> str:
    """Return what is kept of a link: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()


def _record(user: User, actor: Actor | None, kind: AccountEventKind, at: datetime) -> None:
    db.session.add(AccountEvent(user=user, actor_id=actor and actor.id, kind=kind, happened_at=at))
    db.session.flush()
