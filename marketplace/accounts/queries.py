"""Looking up people."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import Appointment, User
from marketplace.foundation.database import db


def find_user_by_phone(phone: str) -> User | None:
    """Return who has this number (E.164)."""
    return db.session.scalar(select(User).where(User.phone == phone))


def find_user_of_cookie(kept: str) -> User | None:
    """Return the person that a session cookie names, unless their sign-ins were ended since."""
    user_id, _, session_version = kept.partition(".")
    if not (user_id.isdecimal() and session_version.isdecimal()):
        return None
    return db.session.scalar(select(User).where(User.id == int(user_id), User.session_version == int(session_version)))


def list_appointments(user: User) -> list[Appointment]:
    """Return the offices that a person holds, with their kabupaten."""
    return list(
        db.session.scalars(
            select(Appointment)
            .where(Appointment.user_id == user.id)
            .options(selectinload(Appointment.regency))
            .order_by(Appointment.id)
        )
    )
