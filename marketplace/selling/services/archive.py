"""Putting a listing away, bringing it back, and beginning a new one from it."""

from datetime import datetime

from sqlalchemy import select

from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Product, Variant
from marketplace.catalogue.queries.silence import PUT_AWAY_AFTER, somebody_is_asked, touched_at
from marketplace.catalogue.services import publishing
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.selling.policy import listings as policy
from marketplace.selling.services.consents import ask_consent
from marketplace.umkm.models import Business

# What a copy has of its own.
NOT_COPIED = {
    "id",
    "kind",
    "status",
    "version",
    "created_at",
    "updated_at",
    "published_at",
    "posted_by_id",
    "submitted_at",
    "confirmed_at",
    "fix_reason",
    "fix_asked_by_id",
    "fix_asked_at",
    "archived_from",
    "archive_reason",
    "is_example",
    "awaits_consent",
}


def archive_listing(actor: Actor, listing: Listing, at: datetime) -> None:
    """Put a listing away; nothing of it is lost."""
    require(policy.may_tend(actor, listing))
    publishing.archive([listing], ArchiveReason.SELLER, at)


def restore_listing(actor: Actor, listing: Listing, at: datetime) -> None:
    """Bring a listing back: shown at once if the public had seen it as it is, otherwise to where it was checked."""
    require(policy.may_restore(actor, listing))
    was = listing.archived_from
    if was is ListingStatus.PUBLISHED and not listing.awaits_consent:
        status = ListingStatus.PUBLISHED
    elif was is ListingStatus.DRAFT:
        status = ListingStatus.DRAFT
    else:
        status = ListingStatus.WAITING
    publishing.restore(listing, status, at)
    listing.confirmed_at = at
    db.session.flush()


def duplicate_listing(actor: Actor, listing: Listing, at: datetime) -> Listing:
    """Begin a draft that has everything of this listing, photos included.

    The copy that a coordinator makes of what a seller sells waits for the seller's word as the first did.
    """
    require(policy.may_tend(actor, listing))
    model = Product if isinstance(listing, Product) else Attraction
    columns = {
        column.key: getattr(listing, column.key)
        for column in model.__mapper__.column_attrs
        if column.key not in NOT_COPIED
    }
    copy = model(**columns, status=ListingStatus.DRAFT, created_at=at, updated_at=at)
    copy.posted_by_id = None if actor.is_console else actor.id
    copy.photos = [
        ListingPhoto(photo_id=use.photo_id, position=use.position, alt_text=use.alt_text) for use in listing.photos
    ]
    if isinstance(listing, Product):
        copy.variants = [
            Variant(position=variant.position, name=variant.name, price=variant.price) for variant in listing.variants
        ]
    db.session.add(copy)
    db.session.flush()
    note_changes([copy.id])
    business = listing.business
    if not actor.is_console and business is not None and business.owner_id != actor.id and business.whatsapp:
        ask_consent(actor, copy, business.whatsapp, at)
    return copy


def archive_unanswered(actor: Actor, at: datetime) -> int:
    """Put away what its seller has not answered for in 120 days; return how many. Nothing is deleted."""
    require(policy.may_remind(actor))
    silent = db.session.scalars(
        select(Listing)
        .outerjoin(Business, Business.id == Listing.business_id)
        .where(
            Listing.status == ListingStatus.PUBLISHED,
            Listing.is_example.is_(False),
            somebody_is_asked,
            touched_at < at - PUT_AWAY_AFTER,
        )
        .order_by(Listing.id)
    ).all()
    publishing.archive(silent, ArchiveReason.UNANSWERED, at)
    return len(silent)
