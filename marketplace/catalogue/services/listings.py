"""Adding and changing listings, one or thousands at a time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from marketplace.catalogue import policy
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import Listing, ListingPhoto
from marketplace.catalogue.models.products import Product, Variant
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.umkm.models import Business

MODELS = {ListingKind.PRODUCT: Product, ListingKind.ATTRACTION: Attraction}


@dataclass(frozen=True)
class PhotoUse:
    """A photo as a listing shows it; without `alt_text` the one that is there stays."""

    photo_id: int
    alt_text: str | None


def add_listing(
    actor: Actor, kind: ListingKind, values: Mapping[str, Any], photos: Sequence[PhotoUse], at: datetime
) -> Listing:
    """Add a listing with these columns; `variants` are pairs of name and price.

    The caller flushes a batch at once and then notes its changes for search.
    """
    # A spreadsheet adds thousands: whose business each is, is looked up only for people.
    require(actor.is_console or policy.may_add_listing(actor, _business_in(values), values["village_code"]))
    columns = {name: value for name, value in values.items() if name != "variants"}
    listing = MODELS[kind](created_at=at, updated_at=at, **columns)
    if values.get("variants"):
        listing.variants = _variants(values["variants"])
    listing.photos = _photos(photos)
    db.session.add(listing)
    return listing


def change_listing(
    actor: Actor, listing: Listing, values: Mapping[str, Any], photos: Sequence[PhotoUse] | None, at: datetime
) -> bool:
    """Give a listing these columns and, unless None, these photos; tell whether that changed anything.

    The caller, who may still publish it, notes the change for search.
    """
    require(policy.may_change_listing(actor, listing))
    changes = list_changes(listing, values)
    has_other_photos = photos is not None and shows_other_photos(listing, photos)
    if not changes and not has_other_photos:
        return False
    for name, value in changes.items():
        if name == "variants":
            # The old ones go first: the new ones take their places under the same keys.
            listing.variants = []
            db.session.flush()
            value = _variants(value)
        setattr(listing, name, value)
    drop_struck_price_that_is_too_low(listing)
    if has_other_photos:
        kept_texts = {use.photo_id: use.alt_text for use in listing.photos}
        listing.photos = []
        db.session.flush()
        listing.photos = _photos(photos, kept_texts)
    listing.updated_at = at
    return True


def list_changes(listing: Listing, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that a listing does not have yet."""
    return {name: value for name, value in values.items() if _current(listing, name) != value}


def shows_other_photos(listing: Listing, photos: Iterable[PhotoUse]) -> bool:
    """Tell whether a listing shows other photos than these, or in another order, or describes them differently."""
    current = [(use.photo_id, use.alt_text) for use in listing.photos]
    kept_texts = dict(current)
    return current != [(use.photo_id, _text_of(use, kept_texts)) for use in photos]


def _business_in(values: Mapping[str, Any]) -> Business | None:
    business_id = values.get("business_id")
    return None if business_id is None else db.session.get(Business, business_id)


def _current(listing: Listing, name: str) -> Any:
    if name == "variants":
        return tuple((variant.name, variant.price) for variant in listing.variants)
    return getattr(listing, name)


def drop_struck_price_that_is_too_low(listing: Listing) -> None:
    """A new price may overtake the struck-through one, which then no longer says anything true."""
    if not isinstance(listing, Product) or listing.regular_price is None:
        return
    if listing.price is None or listing.regular_price <= listing.price:
        listing.regular_price = None


def _variants(pairs: Iterable[tuple[str, int]]) -> list[Variant]:
    return [Variant(position=position, name=name, price=price) for position, (name, price) in enumerate(pairs)]


def _photos(photos: Iterable[PhotoUse], kept_texts: Mapping[int, str] | None = None) -> list[ListingPhoto]:
    return [
        ListingPhoto(photo_id=use.photo_id, position=position, alt_text=_text_of(use, kept_texts or {}))
        for position, use in enumerate(photos)
    ]


def _text_of(use: PhotoUse, kept_texts: Mapping[int, str]) -> str:
    return kept_texts.get(use.photo_id, "") if use.alt_text is None else use.alt_text
