"""Whose look at a listing counts, and how often it was looked at."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, exists, func, or_, select

from marketplace.catalogue.models.counts import ListingDayCount
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.kim import policy as kim
from marketplace.umkm.models import Business

counts, listings = ListingDayCount.__table__, Listing.__table__


class Attention(NamedTuple):
    """How often something was looked at, and how often somebody went on to WhatsApp."""

    views: int
    whatsapp_taps: int


def get_village_of_public(listing_id: int) -> str:
    """Return the code of a public listing's village, or refuse as if there were no such listing."""
    village_code = db.session.scalar(
        select(Listing.village_code).where(Listing.id == listing_id, Listing.status == ListingStatus.PUBLISHED)
    )
    if village_code is None:
        raise NotFound
    return village_code


def looks_after(actor: Actor, listing_id: int, village_code: str) -> bool:
    """Tell whether somebody sells this listing, posted it, or coordinates the KIM of its village."""
    if not actor.is_authenticated or actor.is_console:
        return False
    own_businesses = select(Business.id).where(Business.owner_id == actor.id)
    is_theirs = or_(Listing.posted_by_id == actor.id, Listing.business_id.in_(own_businesses))
    if db.session.scalar(select(exists().where(Listing.id == listing_id, is_theirs))):
        return True
    return kim.coordinates_village(actor, village_code)


def sum_attention(listing_ids, today: date, days: int) -> Attention:
    """Return what these listings (a subquery of their ids) were given in so many days, today included."""
    statement = select(func.coalesce(func.sum(counts.c.views), 0), func.coalesce(func.sum(counts.c.whatsapp_taps), 0))
    statement = statement.where(counts.c.listing_id.in_(listing_ids), counts.c.day > today - timedelta(days=days))
    return Attention(*db.session.execute(statement).one())


def columns_of_attention(today: date, days: int) -> Iterable[ColumnElement[int]]:
    """Return `views` and `whatsapp_taps` of so many days as columns beside a listing; NULL where nothing was counted."""
    for name in Attention._fields:
        total = (
            select(func.sum(counts.c[name]))
            .where(counts.c.listing_id == listings.c.id, counts.c.day > today - timedelta(days=days))
            .correlate(listings)
        )
        yield total.scalar_subquery().label(name)
