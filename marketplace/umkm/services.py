"""What happens to a business."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from marketplace.foundation import outbox
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, require
from marketplace.foundation.outbox import Subject
from marketplace.umkm import policy
from marketplace.umkm.errors import BusinessNameTaken
from marketplace.umkm.models import Business


def change_business(actor: Actor, business: Business, version: int, values: Mapping[str, Any]) -> None:
    """Give a business these columns, or refuse with Conflict when somebody changed it after `version` was read.

    Refuses with BusinessNameTaken: of all columns only the name must differ from other rows.
    """
    require(policy.may_change_business(actor, business))
    if business.version != version:
        raise Conflict
    try:
        with db.session.begin_nested():
            for name, value in values.items():
                setattr(business, name, value)
    except IntegrityError as error:
        raise BusinessNameTaken from error
    except StaleDataError as error:
        raise Conflict from error
    outbox.note(Subject.BUSINESS, [business.id])
