"""The business in whose name a person sells: made with their first product."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.accounts.models import User
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db, take_turns
from marketplace.foundation.errors import require
from marketplace.kim.models import Kim, KimStatus
from marketplace.selling.errors import VillageMissing
from marketplace.selling.policy.drafts import may_keep_drafts
from marketplace.umkm.errors import BusinessNameTaken
from marketplace.umkm.models import Business, BusinessStatus

LONGEST_NAME = 80


def ensure_business(actor: Actor, at: datetime) -> Business:
    """Return a person's own business; without one it is made of their name, number and village.

    Refuses with VillageMissing whoever has not said where they live.
    """
    require(may_keep_drafts(actor))
    # Two first products at once would each make one; and whoever is leaving at this moment makes none.
    take_turns(turn_of(actor))
    require(db.session.scalar(select(User.erased_at).where(User.id == actor.id)) is None)
    business = db.session.scalar(
        select(Business)
        .where(Business.owner_id == actor.id, Business.status == BusinessStatus.ACTIVE)
        .order_by(Business.id)
        .limit(1)
    )
    return business or _new_business(actor, at)


def turn_of(person: User) -> str:
    """Return the turn that is taken by whoever makes or closes the businesses of this person."""
    return f"business of {person.id}"


def _new_business(actor: Actor, at: datetime) -> Business:
    if actor.village_code is None:
        raise VillageMissing
    kims = db.session.scalars(
        select(Kim.id).where(Kim.village_code == actor.village_code, Kim.status == KimStatus.ACTIVE).limit(2)
    ).all()
    for name in _names(actor):
        business = Business(
            name=name,
            owner_name=actor.name,
            owner_id=actor.id,
            whatsapp=actor.phone,
            village_code=actor.village_code,
            # With two, people must say which.
            kim_id=kims[0] if len(kims) == 1 else None,
            created_at=at,
        )
        if _is_kept(business):
            return business
    raise BusinessNameTaken


def _is_kept(business: Business) -> bool:
    try:
        with db.session.begin_nested():
            db.session.add(business)
    except IntegrityError:
        # Another business of the village is called so, perhaps since a moment ago.
        return False
    return True


def _names(person: User) -> Iterator[str]:
    """Say what the business may be called: of two Siti of one village the second has her last digits behind it."""
    name = person.name if len(person.name) >= 3 else f"Usaha {person.name}"
    yield name[:LONGEST_NAME]
    for digits in (4, 8, len(person.phone) - 1):
        yield f"{name[: LONGEST_NAME - 1 - digits]} {person.phone[-digits:]}"
