"""What happened to accounts, written down for good."""

from datetime import datetime

from marketplace.accounts.models import AccountEvent, AccountEventKind, User
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db


def record(user: User, actor: Actor | None, kind: AccountEventKind, at: datetime, note: str = "") -> None:
    """Note what happened to an account; without an actor it was the person before signing in, or the console."""
    actor_id = None if actor is None or actor.is_console else actor.id
    db.session.add(AccountEvent(user=user, actor_id=actor_id, kind=kind, note=note, happened_at=at))
    db.session.flush()
