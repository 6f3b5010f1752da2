"""What people change about their own account."""

from datetime import datetime

from marketplace.accounts import policy
from marketplace.accounts.errors import OldPasswordWrong
from marketplace.accounts.models import AccountEventKind, User
from marketplace.accounts.services.devices import end_sign_ins
from marketplace.accounts.services.events import record
from marketplace.accounts.services.leaving import hold_account
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.regions.places import VillageName


def change_password(actor: Actor, user: User, old_hash: str, new_hash: str, at: datetime, but: int | None) -> None:
    """Give a person another password and end their sign-ins everywhere but on the device `but`.

    Both are hashes, because making and checking them takes long; refuses with OldPasswordWrong when the hash that the
    old password was checked against is no longer the kept one.
    """
    require(policy.is_oneself(actor, user))
    hold_account(actor, user)
    if user.password_hash != old_hash:
        raise OldPasswordWrong
    user.password_hash = new_hash
    end_sign_ins(actor, user, at, but)
    record(user, actor, AccountEventKind.PASSWORD_CHANGED, at)


def move_to_village(actor: Actor, user: User, village: VillageName) -> None:
    """Note in which village a person lives."""
    require(policy.is_oneself(actor, user))
    hold_account(actor, user)
    user.village_code = village.code
    db.session.flush()
