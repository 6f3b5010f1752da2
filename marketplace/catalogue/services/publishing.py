"""Letting the public see a listing, asking for it to be mended, and taking it away."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select

from marketplace.catalogue import policy
from marketplace.catalogue.errors import NothingToPublish, ReasonMissing, WrongStatus
from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingStatus
from marketplace.catalogue.services import counts
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.kim.models import Kim


def publish_listings(actor: Actor, listing_ids: Sequence[int], at: datetime) -> int:
    """Show these listings to the public, or refuse when one is unknown or cannot be published; return how many.

    Refuses with ConsentMissing what was posted for a seller who has not agreed yet.
    """
    require(policy.may_publish(actor))
    wanted = set(listing_ids)
    listings = db.session.scalars(select(Listing).where(Listing.id.in_(wanted)).order_by(Listing.id)).all()
    if unknown := wanted - {listing.id for listing in listings}:
        raise NothingToPublish(f"Tidak ada produk atau wisata nomor {', '.join(map(str, sorted(unknown)))}.")
    return _publish(listings, at)


def publish_waiting(actor: Actor, kim: Kim | None, at: datetime) -> int:
    """Show the public whatever waits, all of it or what this KIM looks after; return how many.

    What its seller has not agreed to goes on waiting: `count_awaiting_consent` tells how many.
    """
    require(policy.may_publish(actor))
    statement = select(Listing).where(*_waits_for(kim), Listing.awaits_consent.is_(False)).order_by(Listing.id)
    return _publish(db.session.scalars(statement).all(), at)


def count_awaiting_consent(actor: Actor, kim: Kim | None) -> int:
    """Return how much of what waits, all of it or for this KIM, waits for its seller's yes."""
    require(policy.may_publish(actor))
    statement = select(func.count()).where(*_waits_for(kim), Listing.awaits_consent)
    return db.session.scalar(statement) or 0


def send_back(actor: Actor, listing_id: int, reason: str, at: datetime) -> Listing:
    """Ask the seller of a listing to mend it, in words that they read on their desk."""
    require(policy.may_publish(actor))
    if not reason.strip():
        raise ReasonMissing
    listing = db.session.get(Listing, listing_id)
    if listing is None:
        raise NothingToPublish(f"Tidak ada produk atau wisata nomor {listing_id}.")
    change_status([listing], ListingStatus.NEEDS_FIX, at)
    listing.fix_reason = reason.strip()
    listing.fix_asked_by_id = None if actor.is_console else actor.id
    listing.fix_asked_at = at
    db.session.flush()
    return listing


def archive(listings: Sequence[Listing], reason: ArchiveReason, at: datetime) -> None:
    """Take listings away from the public and keep what they were; who may, the caller has asked."""
    before = [listing.status for listing in listings]
    change_status(listings, ListingStatus.ARCHIVED, at)
    for listing, status in zip(listings, before, strict=True):
        listing.archived_from, listing.archive_reason = status, reason
    db.session.flush()


def restore(listing: Listing, status: ListingStatus, at: datetime) -> None:
    """Bring a listing back from the archive; who may, the caller has asked."""
    if listing.status is not ListingStatus.ARCHIVED:
        raise WrongStatus(listing.status, status)
    change_status([listing], status, at)
    listing.archived_from = listing.archive_reason = None
    db.session.flush()


def change_status(listings: Sequence[Listing], status: ListingStatus, at: datetime) -> None:
    """Move listings along an allowed path, with the figures and what search knows of them."""
    hidden = [listing for listing in listings if not listing.is_public]
    shown = [listing for listing in listings if listing.is_public]
    for listing in listings:
        listing.move_to(status, at)
        if status is not ListingStatus.NEEDS_FIX:
            listing.fix_reason = listing.fix_asked_by_id = listing.fix_asked_at = None
    db.session.flush()
    if status is ListingStatus.PUBLISHED:
        counts.shift(hidden, 1)
    else:
        counts.shift(shown, -1)
    note_changes(listing.id for listing in listings)


def _waits_for(kim: Kim | None) -> list[ColumnElement[bool]]:
    conditions = [Listing.status == ListingStatus.WAITING]
    if kim is not None and kim.village_code:
        conditions.append(Listing.village_code == kim.village_code)
    elif kim is not None:
        conditions.append(Listing.district_code == kim.district_code)
    return conditions


def _publish(listings: Sequence[Listing], at: datetime) -> int:
    hidden = [listing for listing in listings if not listing.is_public]
    for listing in hidden:
        if listing.status is ListingStatus.ARCHIVED:
            # Its seller has taken it away: only they bring it back.
            raise WrongStatus(listing.status, ListingStatus.PUBLISHED)
    change_status(hidden, ListingStatus.PUBLISHED, at)
    return len(hidden)
