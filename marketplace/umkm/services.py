"""What happens to a business."""

from collections.abc import Iterator, Mapping
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
from marketplace.umkm.models import Business, BusinessStatus

NO_OWNER = "Tidak ada lagi"


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


def close_business(actor: Actor, business: Business) -> None:
    """Close a business whose owner leaves for good: nothing in it says any longer whose it was.

    Its row stays, because what it sold refers to it, under a name that no other business of the village has.
    """
    require(policy.may_change_business(actor, business))
    business.status = BusinessStatus.ARCHIVED
    business.owner_id = business.whatsapp = business.hamlet = business.nib = business.opening_hours = None
    business.closed_from = business.closed_until = business.closure_note = None
    business.owner_name, business.description = NO_OWNER, ""
    taken: IntegrityError | None = None
    for name in _names_of_the_closed(business.id):
        try:
            with db.session.begin_nested():
                business.name = name
        except IntegrityError as error:
            taken = error
        except StaleDataError as error:
            raise Conflict from error
        else:
            outbox.note(Subject.BUSINESS, [business.id])
            return
    raise taken


def _names_of_the_closed(number: int) -> Iterator[str]:
    yield f"Usaha {number} yang sudah tutup"
    # Somebody may have thought of that name.
    yield from (f"Usaha {number} yang sudah tutup ({attempt})" for attempt in range(2, 20))
