"""What was sent, and who checks it before the public sees it."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import User
from marketplace.catalogue.models.listings import Listing, ListingPhoto
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.kim.queries import KimSummary, list_kim_of_village
from marketplace.regions.places import VillageName
from marketplace.selling.policy.listings import may_tend


@dataclass(frozen=True)
class Checker:
    """The KIM that checks, or the kabupaten's Dinas where the village has none (`kim` is None)."""

    name: str
    kim: KimSummary | None


def checker_of(village: VillageName, preferred_kim_id: int | None = None) -> Checker:
    """Return who checks: the KIM that a business belongs to, else the village's eldest, else the Dinas."""
    found = list_kim_of_village(village)
    preferred = [kim for kim in found if kim.id == preferred_kim_id]
    if kim := next(iter(preferred or found), None):
        return Checker(kim.name, kim)
    return Checker(f"Dinas Kominfo {village.regency.name}", None)


def get_sent_listing(person: User, listing_id: int) -> Listing:
    """Return a listing that this person has posted or tends, with its photos, or refuse as if it were not there."""
    listing = db.session.scalar(
        select(Listing)
        .where(Listing.id == listing_id)
        .options(joinedload(Listing.business), selectinload(Listing.photos).joinedload(ListingPhoto.photo))
    )
    if listing is None or not (listing.posted_by_id == person.id or may_tend(person, listing)):
        raise NotFound
    return listing
