"""A coordinator posts what a seller of their village sells; no account is asked of the seller, only their word."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models.products import Product
from marketplace.foundation import outbox
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db, take_turns
from marketplace.foundation.errors import require
from marketplace.foundation.outbox import Subject
from marketplace.kim.models import Kim
from marketplace.kim.people import list_coordinated_kim
from marketplace.selling.policy.behalf import may_post_for_sellers
from marketplace.selling.services.consents import ask_consent
from marketplace.selling.services.posting import post_product
from marketplace.umkm.models import Business, BusinessStatus

LONGEST_NAME = 80
ABOUT_THE_SELLER = {"seller_name", "seller_phone", "business_name", "village_code"}


def post_for_seller(actor: Actor, values: Mapping[str, Any], photo_ids: Sequence[int], at: datetime) -> Product:
    """Add a product of a seller, which waits for the seller's yes and then for the KIM's check.

    `values` has the columns of the product and `seller_name`, `seller_phone` (E.164), `business_name` (may be empty)
    and `village_code`. Refuses with NotAllowed whoever does not coordinate that village.
    """
    require(may_post_for_sellers(actor, values["village_code"]))
    business = _business_of_seller(actor, values, at)
    columns = {name: value for name, value in values.items() if name not in ABOUT_THE_SELLER}
    product = post_product(actor, business, columns, photo_ids, at)
    if business.owner_id != actor.id:
        ask_consent(actor, product, values["seller_phone"], at)
    return product


def _business_of_seller(actor: Actor, values: Mapping[str, Any], at: datetime) -> Business:
    """Return the business that has this number in this village, or make it."""
    village_code, phone = values["village_code"], values["seller_phone"]
    # Two who post for one seller at once would each make a business.
    take_turns(f"business of {phone} in {village_code}")
    found = db.session.scalar(
        select(Business)
        .where(
            Business.village_code == village_code,
            Business.whatsapp == phone,
            Business.status == BusinessStatus.ACTIVE,
        )
        # One that has an owner before one that nobody has taken over.
        .order_by(Business.owner_id.is_(None), Business.id)
        .limit(1)
    )
    if found is not None:
        return found
    kim = _kim_of(actor, village_code)
    business = Business(
        name=_free_name(values, village_code),
        owner_name=values["seller_name"],
        whatsapp=phone,
        village_code=village_code,
        kim_id=kim.id if kim else None,
        created_at=at,
    )
    db.session.add(business)
    db.session.flush()
    outbox.note(Subject.BUSINESS, [business.id])
    return business


def _kim_of(actor: Actor, village_code: str) -> Kim | None:
    return next((kim for kim in list_coordinated_kim(actor) if kim.looks_after(village_code)), None)


def _free_name(values: Mapping[str, Any], village_code: str) -> str:
    taken = set(db.session.scalars(select(Business.name).where(Business.village_code == village_code)))
    return next(name for name in _names(values) if name not in taken)


def _names(values: Mapping[str, Any]) -> Iterator[str]:
    """Say what the business may be called: of two Siti of one village the second has her last digits behind it."""
    wanted = values["business_name"] or values["seller_name"]
    wanted = wanted if len(wanted) >= 3 else f"Usaha {wanted}"
    last_digits = values["seller_phone"][-4:]
    yield wanted[:LONGEST_NAME]
    yield f"{wanted[: LONGEST_NAME - 5]} {last_digits}"
    for number in itertools.count(2):
        yield f"{wanted[: LONGEST_NAME - 12]} {last_digits} {number}"
