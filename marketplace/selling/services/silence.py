"""Letting search know of listings about which nobody has said anything for long."""

from datetime import datetime

from sqlalchemy import or_, select

from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.queries.silence import MARKS, somebody_is_asked, touched_at
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.selling.policy import listings as policy
from marketplace.umkm.models import Business


def note_silence(actor: Actor, since: datetime | None, at: datetime) -> int:
    """Note for search which listings have passed a mark of silence after `since`, or ever; return how many.

    Nothing of the listing itself changes: it is time that has passed.
    """
    require(policy.may_remind(actor))
    passed = [
        touched_at < at - mark if since is None else touched_at.between(since - mark, at - mark) for mark in MARKS
    ]
    ids = db.session.scalars(
        select(Listing.id)
        .outerjoin(Business, Business.id == Listing.business_id)
        .where(Listing.status == ListingStatus.PUBLISHED, somebody_is_asked, or_(*passed))
        .order_by(Listing.id)
    ).all()
    note_changes(ids)
    return len(ids)
