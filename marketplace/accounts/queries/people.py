"""Looking up people and their offices."""

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.accounts.errors import NoSuchUser
from marketplace.accounts.models import Appointment, Device, Office, User
from marketplace.foundation import phones
from marketplace.foundation.database import db
from marketplace.regions.models import Regency


def find_user_by_phone(phone: str) -> User | None:
    """Return who has this number (E.164)."""
    return db.session.scalar(select(User).where(User.phone == phone))


def get_user_by_phone(phone: str) -> User:
    """Return who has this number, in any typing, or refuse with NoSuchUser."""
    user = find_user_by_phone(phones.to_e164(phone))
    if user is None:
        raise NoSuchUser
    return user


def list_users() -> list[User]:
    """Return everybody with an account and their offices, oldest account first."""
    return list(db.session.scalars(select(User).options(selectinload(User.appointments)).order_by(User.id)))


def find_appointment(user: User, office: Office, regency: Regency | None) -> Appointment | None:
    """Return the person's appointment to this office."""
    return db.session.scalar(
        select(Appointment).where(
            Appointment.user_id == user.id,
            Appointment.office == office,
            Appointment.regency_code == (regency.code if regency else None),
        )
    )


def find_user_of_cookie(kept: str, device_id: int | None = None) -> User | None:
    """Return the person that a session cookie names, unless their sign-ins or this device were ended since."""
    user_id, _, session_version = kept.partition(".")
    if not (user_id.isdecimal() and session_version.isdecimal()):
        return None
    asked = select(User).where(
        User.id == int(user_id), User.session_version == int(session_version), User.erased_at.is_(None)
    )
    if device_id is not None:
        asked = asked.join(Device, Device.user_id == User.id).where(Device.id == device_id, Device.ended_at.is_(None))
    return db.session.scalar(asked)


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
