"""Putting a product before the KIM: from there it reaches the public once it was checked."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.listings import PhotoUse, add_listing
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.selling.services.businesses import ensure_business
from marketplace.umkm.models import Business


def post_product(
    actor: Actor, business: Business, values: Mapping[str, Any], photo_ids: Sequence[int], at: datetime
) -> Product:
    """Add a product of this business with these columns, which waits for the KIM's check; the first photo is the cover.

    Refuses with NotAllowed whoever neither owns the business nor coordinates its village's KIM.
    """
    columns = {
        **values,
        "status": ListingStatus.WAITING,
        "village_code": business.village_code,
        "business_id": business.id,
        "is_example": business.is_example,
        "posted_by_id": None if actor.is_console else actor.id,
        "submitted_at": at,
        "confirmed_at": at,
    }
    # A photo that was chosen twice is shown once.
    photos = [PhotoUse(photo_id, alt_text="") for photo_id in dict.fromkeys(photo_ids)]
    product = add_listing(actor, ListingKind.PRODUCT, columns, photos, at)
    db.session.flush()
    note_changes([product.id])
    return product


def post_own_product(actor: Actor, values: Mapping[str, Any], photo_ids: Sequence[int], at: datetime) -> Product:
    """Add a product of the person's own business, which is made with the first one."""
    return post_product(actor, ensure_business(actor, at), values, photo_ids, at)
