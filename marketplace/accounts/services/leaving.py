"""Taking a person out of their account: what says who they were is removed, the row stays because others refer to it."""

from datetime import datetime

from sqlalchemy import delete, select, update

from marketplace.accounts import policy
from marketplace.accounts.models import (
    AccountEvent,
    AccountEventKind,
    Appointment,
    Device,
    Passkey,
    Recovery,
    User,
)
from marketplace.accounts.services.devices import end_sign_ins
from marketplace.accounts.services.events import record
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed, require

NAME_OF_ERASED = "Akun dihapus"
# No hash: no password leads in.
NO_PASSWORD = "!"  # noqa: S105


def hold_account(actor: Actor, user: User) -> None:
    """Let nobody else change this account until the transaction ends; refuses with NotAllowed once it is erased."""
    require(policy.may_end_sign_ins(actor, user))
    db.session.refresh(user, with_for_update=True)
    if user.erased_at is not None:
        raise NotAllowed


def erase_person(actor: Actor, user: User, at: datetime) -> None:
    """Sign a person out for good and forget who they were; their number may register anew.

    That things happened stays noted, without what was written about them; offices end.
    """
    require(policy.may_end_sign_ins(actor, user))
    end_sign_ins(actor, user, at)
    db.session.execute(delete(Passkey).where(Passkey.user_id == user.id))
    db.session.execute(delete(Appointment).where(Appointment.user_id == user.id))
    db.session.execute(update(Device).where(Device.user_id == user.id).values(name=""))
    db.session.execute(update(AccountEvent).where(AccountEvent.user_id == user.id).values(note=""))
    is_open = Recovery.used_at.is_(None) & Recovery.refused_at.is_(None)
    for recovery in db.session.scalars(select(Recovery).where(Recovery.user_id == user.id, is_open)):
        recovery.refused_at = at
    user.name = NAME_OF_ERASED
    user.phone = user.village_code = None
    user.erased_at = at
    user.password_hash = NO_PASSWORD
    db.session.flush()
    db.session.expire(user, ["appointments", "village"])
    record(user, actor, AccountEventKind.ERASED, at)
