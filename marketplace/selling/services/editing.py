"""Edits of what the public sees: they wait for the KIM while the approved version stays up."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.selling.changes import to_json
from marketplace.selling.models import ChangeStatus, ProposedChange
from marketplace.selling.policy.listings import may_tend

OPEN = (ChangeStatus.WAITING, ChangeStatus.NEEDS_FIX)


def propose(actor: Actor, listing: Listing, values: Mapping[str, Any], at: datetime) -> ProposedChange:
    """Let an edit of a published listing wait; an edit that waits already takes these values up."""
    require(may_tend(actor, listing))
    change = db.session.scalar(
        select(ProposedChange).where(ProposedChange.listing_id == listing.id, ProposedChange.status.in_(OPEN))
    )
    if change is None:
        change = ProposedChange(listing_id=listing.id, values={})
        db.session.add(change)
    change.values = {**change.values, **to_json(values)}
    change.status = ChangeStatus.WAITING
    change.fix_reason = None
    change.base_version = listing.version
    change.proposed_by_id, change.proposed_at = actor.id, at
    listing.confirmed_at = at
    db.session.flush()
    return change
