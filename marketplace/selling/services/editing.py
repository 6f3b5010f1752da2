"""Edits: of what the public sees they wait for the KIM while the approved version stays up; others hold at once."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from marketplace.catalogue.errors import WrongStatus
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.services import publishing
from marketplace.catalogue.services.listings import drop_struck_price_that_is_too_low
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, require
from marketplace.selling.changes import to_json
from marketplace.selling.models import ChangeStatus, ProposedChange
from marketplace.selling.policy.listings import may_tend

OPEN = (ChangeStatus.WAITING, ChangeStatus.NEEDS_FIX)


def edit_listing(actor: Actor, listing: Listing, version: int, values: Mapping[str, Any], at: datetime) -> bool:
    """Give a listing these columns; tell whether they wait for the KIM's check while the old ones stay up.

    Refuses with Conflict when somebody changed it after `version` was read.
    """
    require(may_tend(actor, listing))
    if listing.version != version:
        raise Conflict
    if listing.status is ListingStatus.ARCHIVED:
        raise WrongStatus(listing.status, ListingStatus.WAITING)
    if listing.is_public:
        return propose(actor, listing, values, at) is not None
    with _one_of_two_at_once():
        for name, value in values.items():
            setattr(listing, name, value)
        drop_struck_price_that_is_too_low(listing)
        listing.submitted_at = listing.confirmed_at = listing.updated_at = at
        if listing.status is ListingStatus.WAITING:
            db.session.flush()
            note_changes([listing.id])
        else:
            publishing.change_status([listing], ListingStatus.WAITING, at)
    return False


def find_open_change(listing: Listing) -> ProposedChange | None:
    """Return the edit of a listing that waits or was sent back, if there is one."""
    return db.session.scalar(
        select(ProposedChange).where(ProposedChange.listing_id == listing.id, ProposedChange.status.in_(OPEN))
    )


def propose(actor: Actor, listing: Listing, values: Mapping[str, Any], at: datetime) -> ProposedChange | None:
    """Let an edit of a published listing wait; return None when it leaves nothing to wait for.

    An edit that waits already takes these values up; one that ends where the listing is, is withdrawn.
    """
    require(may_tend(actor, listing))
    change = find_open_change(listing)
    others = {name: value for name, value in change.values.items() if name not in values} if change else {}
    moved = {name: value for name, value in values.items() if getattr(listing, name) != value}
    if not (others or moved):
        if change is not None:
            change.status = ChangeStatus.WITHDRAWN
            db.session.flush()
        return None
    with _one_of_two_at_once():
        if change is None:
            change = ProposedChange(listing_id=listing.id)
            db.session.add(change)
        change.values = {**others, **to_json(moved)}
        change.status = ChangeStatus.WAITING
        change.fix_reason = None
        change.base_version = listing.version
        change.proposed_by_id, change.proposed_at = actor.id, at
    return change


@contextmanager
def _one_of_two_at_once() -> Iterator[None]:
    """Let the second of two who write the same at one moment be refused, so that what they typed is shown again."""
    try:
        with db.session.begin_nested():
            yield
    except (StaleDataError, IntegrityError) as error:
        raise Conflict from error
