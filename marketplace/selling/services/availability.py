"""Sold out, ready again, and still there: said with one tap."""

from datetime import datetime

from marketplace.catalogue.errors import WrongStatus
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Availability, Product
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound, require
from marketplace.selling.policy.listings import may_tend


def mark_sold_out(actor: Actor, listing: Listing, at: datetime) -> None:
    """Tell buyers that there is none left."""
    _set_availability(actor, listing, Availability.SOLD_OUT, at)


def mark_ready(actor: Actor, listing: Listing, at: datetime) -> None:
    """Tell buyers that it is there, or that it is made to order again where it was before it was sold out."""
    is_made_to_order = isinstance(listing, Product) and listing.days_to_make is not None
    _set_availability(actor, listing, Availability.TO_ORDER if is_made_to_order else Availability.READY, at)


def confirm(actor: Actor, listing: Listing, at: datetime) -> None:
    """Say that a published listing is still true."""
    require(may_tend(actor, listing))
    if listing.status is not ListingStatus.PUBLISHED:
        raise WrongStatus(listing.status, ListingStatus.PUBLISHED)
    listing.confirmed_at = at
    db.session.flush()
    note_changes([listing.id])


def _set_availability(actor: Actor, listing: Listing, availability: Availability, at: datetime) -> None:
    require(may_tend(actor, listing))
    if not isinstance(listing, Product):
        raise NotFound
    if listing.status is ListingStatus.ARCHIVED:
        raise WrongStatus(listing.status, ListingStatus.PUBLISHED)
    listing.availability = availability
    listing.updated_at = listing.confirmed_at = at
    db.session.flush()
    note_changes([listing.id])
