"""What happens to a business."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from marketplace.foundation import outbox
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, require
from marketplace.foundation.outbox import Subject
from marketplace.umkm import policy
from marketplace.umkm.errors import BusinessNameTaken
from marketplace.umkm.models import Business


def change_business(actor: Actor, business: Business, version: int, values: Mapping[str, Any]) -> None:
    """Give a business these columns, or refuse when somebody changed it after `version` was read."""
    require(policy.may_change_business(actor, business))
    if business.version != version:
        raise Conflict
    if _is_name_taken(business, values["name"]):
        raise BusinessNameTaken
    for name, value in values.items():
        setattr(business, name, value)
    db.session.flush()
    outbox.note(Subject.BUSINESS, [business.id])


def _is_name_taken(business: Business, name: str) -> bool:
    return (
        db.session.scalar(
            select(Business.id).where(
                Business.village_code == business.village_code, Business.name == name, Business.id != business.id
            )
        )
        is not None
    )
