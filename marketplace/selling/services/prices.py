"""A new price: a small move is true at once, a large one waits for the KIM."""

from datetime import datetime

from marketplace.catalogue.errors import WrongStatus
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.listings import drop_struck_price_that_is_too_low
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound, require
from marketplace.selling.models import ProposedChange
from marketplace.selling.policy.listings import may_tend
from marketplace.selling.services.editing import propose


def change_price(actor: Actor, listing: Listing, price: int, at: datetime) -> ProposedChange | None:
    """Give a product this price in rupiah; return the change that waits where it moves by more than half."""
    require(may_tend(actor, listing))
    if not isinstance(listing, Product):
        raise NotFound
    if listing.status is ListingStatus.ARCHIVED:
        raise WrongStatus(listing.status, ListingStatus.PUBLISHED)
    if listing.is_public and moves_by_more_than_half(listing.price, price):
        return propose(actor, listing, {"price": price}, at)
    listing.price = price
    drop_struck_price_that_is_too_low(listing)
    listing.updated_at = listing.confirmed_at = at
    db.session.flush()
    note_changes([listing.id])
    return None


def moves_by_more_than_half(before: int | None, after: int) -> bool:
    """Tell whether a price rises or falls by more than half of what it was; one that was not told has not moved."""
    return before is not None and abs(after - before) * 2 > before
