"""Listings of which nobody has said for long whether they are still true."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, func, or_

from marketplace.catalogue.models.listings import Listing
from marketplace.umkm.models import Business

# A listing untouched for so long asks its seller whether it is still there, and stands behind its equals; a month later
# further behind, and after the third mark it is put away.
ASKED_AFTER = timedelta(days=60)
ASKED_IN_VAIN_AFTER = timedelta(days=90)
PUT_AWAY_AFTER = timedelta(days=120)
MARKS = (ASKED_AFTER, ASKED_IN_VAIN_AFTER)

listings, businesses = Listing.__table__, Business.__table__

touched_at = func.coalesce(listings.c.confirmed_at, listings.c.updated_at)
"""When somebody last said that a listing is true."""

somebody_is_asked = or_(
    businesses.c.owner_id.is_not(None), listings.c.business_id.is_(None) & listings.c.posted_by_id.is_not(None)
)
"""Only somebody with a desk can be asked, and be silent; beside the business of a listing, outer joined."""


def marks_passed(at: datetime) -> ColumnElement[int]:
    """Return how many of the marks a listing has passed in silence, beside its business."""
    return case(
        *((somebody_is_asked & (touched_at < at - mark), number) for number, mark in reversed([*enumerate(MARKS, 1)])),
        else_=0,
    )
