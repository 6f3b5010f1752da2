"""Who speaks for a KIM, and getting back into an account without SMS through somebody who knows the person."""

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import func, select

from marketplace.accounts import policy as accounts
from marketplace.accounts.errors import AlreadyAppointed
from marketplace.accounts.models import AccountEventKind, Appointment, Office, Recovery, User
from marketplace.accounts.queries.passkeys import list_passkeys
from marketplace.accounts.services.devices import end_sign_ins
from marketplace.accounts.services.events import record
from marketplace.accounts.services.passkeys import remove_passkey
from marketplace.accounts.services.people import appoint
from marketplace.foundation import phones
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.kim import people, policy
from marketplace.kim.models import Kim, KimMember, MemberRole
from marketplace.regions.models import Regency

LINK_LIVES = timedelta(hours=24)


def appoint_coordinator(actor: Actor, user: User, kim: Kim, at: datetime) -> KimMember:
    """Make a person a coordinator of a KIM; refuses with AlreadyAppointed."""
    require(accounts.may_appoint(actor))
    if policy.coordinates(user, kim):
        raise AlreadyAppointed
    last = db.session.scalar(select(func.max(KimMember.position)).where(KimMember.kim_id == kim.id))
    member = KimMember(kim=kim, position=(last or 0) + 1, name=user.name, role=MemberRole.COORDINATOR, user=user)
    db.session.add(member)
    record(user, actor, AccountEventKind.APPOINTED, at, f"{MemberRole.COORDINATOR.value} {kim.slug}")
    return member


def appoint_to_office(actor: Actor, user: User, office: Office, regency: Regency | None, at: datetime) -> Appointment:
    """Give a person an office and note it; refuses with OfficeWithoutPlace and AlreadyAppointed."""
    appointment = appoint(actor, user, office, regency)
    place = regency.code if regency else ""
    record(user, actor, AccountEventKind.APPOINTED, at, f"{office.value} {place}".rstrip())
    return appointment


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
    record(user, None, AccountEventKind.RECOVERY_ASKED, at)


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
    record(recovery.user, actor, AccountEventKind.RECOVERY_CONFIRMED, at)
    return token


def refuse_recovery(actor: Actor, recovery: Recovery, at: datetime) -> None:
    """Turn a request down, as when the person says that they never asked; a link made for it stops working."""
    require(policy.may_help_back_in(actor, recovery.user))
    recovery.refused_at = at
    record(recovery.user, actor, AccountEventKind.RECOVERY_REFUSED, at)


def use_recovery(token: str, password_hash: str, at: datetime) -> User:
    """Give the person of this link a new password and end all their sign-ins; refuses with LinkIsOver.

    Takes no actor: the link is what proves who it is. The hash, of an acceptable password, is made before, because that
    takes long and SQLite has one writer at a time.
    """
    recovery = people.get_recovery_of_link(hash_of_link(token), at, to_use=True)
    user = recovery.user
    user.password_hash = password_hash
    end_sign_ins(user, user, at)
    # Whoever had got in may have left a fingerprint of theirs.
    for passkey in list_passkeys(user):
        remove_passkey(user, passkey, at)
    recovery.used_at = at
    record(user, None, AccountEventKind.RECOVERY_USED, at)
    return user


def hash_of_link(token: str) -> str:
    """Return what is kept of a link: its SHA-256."""
    return hashlib.sha256(token.encode()).hexdigest()
