"""Looking up the browsers that people stay signed in with."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.errors import NoSuchDevice
from marketplace.accounts.models import Device, User
from marketplace.foundation.database import db


def find_device(device_id: int, to_change: bool = False) -> Device | None:
    """Return the device of this id with its person, ended or not; `to_change` waits for others who change it."""
    asked = select(Device).where(Device.id == device_id).options(joinedload(Device.user, innerjoin=True))
    if to_change:
        asked = asked.with_for_update(of=Device).execution_options(populate_existing=True)
    return db.session.scalar(asked)


def get_open_device(user: User, device_id: int) -> Device:
    """Return this device of the person, or refuse with NoSuchDevice when it is not theirs or has been ended."""
    device = db.session.scalar(
        select(Device).where(Device.id == device_id, Device.user_id == user.id, Device.ended_at.is_(None))
    )
    if device is None:
        raise NoSuchDevice
    return device


def list_open_devices(user: User) -> list[Device]:
    """Return where a person stays signed in, what was used last first."""
    return list(
        db.session.scalars(
            select(Device)
            .where(Device.user_id == user.id, Device.ended_at.is_(None))
            .order_by(Device.last_seen_at.desc(), Device.id.desc())
        )
    )
