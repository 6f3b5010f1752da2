"""Edits: of what the public sees they wait for the KIM while the approved version stays up; others hold at once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from marketplace.catalogue.errors import WrongStatus
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.services import publishing
from marketplace.catalogue.services.listings import PhotoUse, change_listing, list_changes, shows_other_photos
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, require
from marketplace.selling.changes import to_json
from marketplace.selling.models import ChangeStatus, ProposedChange, ProposedPhoto
from marketplace.selling.policy.listings import may_tend

OPEN = (ChangeStatus.WAITING, ChangeStatus.NEEDS_FIX)


def edit_listing(
    actor: Actor,
    listing: Listing,
    version: str,
    values: Mapping[str, Any],
    photos: Sequence[PhotoUse] | None,
    at: datetime,
) -> bool:
    """Give a listing these columns and, unless None, these photos; tell whether they wait for the KIM's check.

    The old ones stay up meanwhile. Refuses with Conflict when somebody changed it after `version` (`version_of`) was read.
    """
    require(may_tend(actor, listing))
    if not _is_current(version, listing):
        raise Conflict
    if listing.status is ListingStatus.ARCHIVED:
        raise WrongStatus(listing.status, ListingStatus.WAITING)
    if listing.is_public:
        return propose(actor, listing, values, at, photos) is not None
    with _one_of_two_at_once():
        change_listing(actor, listing, values, photos, at)
        listing.submitted_at = listing.confirmed_at = listing.updated_at = at
        if listing.status is ListingStatus.WAITING:
            db.session.flush()
            note_changes([listing.id])
        else:
            publishing.change_status([listing], ListingStatus.WAITING, at)
    return False


def version_of(listing: Listing) -> str:
    """Return what tells whether a listing, or the edit of it that waits, was changed meanwhile."""
    change = find_open_change(listing)
    return f"{listing.version}.{change.version}" if change else f"{listing.version}"


def find_open_change(listing: Listing) -> ProposedChange | None:
    """Return the edit of a listing that waits or was sent back, if there is one."""
    return db.session.scalar(
        select(ProposedChange).where(ProposedChange.listing_id == listing.id, ProposedChange.status.in_(OPEN))
    )


def propose(
    actor: Actor,
    listing: Listing,
    values: Mapping[str, Any],
    at: datetime,
    photos: Sequence[PhotoUse] | None = None,
) -> ProposedChange | None:
    """Let an edit of a published listing wait; return None when it leaves nothing to wait for.

    An edit that waits already takes these values up, and these photos unless None; one that ends where the listing is,
    is withdrawn.
    """
    require(may_tend(actor, listing))
    change = find_open_change(listing)
    others = {name: value for name, value in change.values.items() if name not in values} if change else {}
    moved = list_changes(listing, values)
    has_waiting_photos = change is not None and bool(change.photos)
    has_other_photos = has_waiting_photos if photos is None else shows_other_photos(listing, photos)
    if not (others or moved or has_other_photos):
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
        if photos is not None:
            _let_photos_wait(change, listing, photos if has_other_photos else ())
    return change


def photos_after(listing: Listing, change: ProposedChange | None) -> list[ListingPhoto | ProposedPhoto]:
    """Return the photos that a listing will show, the cover first: those that wait, else those that it shows."""
    return list(change.photos if change and change.photos else listing.photos)


def _let_photos_wait(change: ProposedChange, listing: Listing, photos: Iterable[PhotoUse]) -> None:
    texts = {use.photo_id: use.alt_text for use in (*listing.photos, *change.photos)}
    # The old ones go first: the new ones take their places under the same keys.
    change.photos = []
    db.session.flush()
    change.photos = [
        ProposedPhoto(photo_id=use.photo_id, position=position, alt_text=_text_of(use, texts))
        for position, use in enumerate(photos)
    ]


def _is_current(version: str, listing: Listing) -> bool:
    """Tell whether a version is that of the listing, and of its waiting edit where the version names one."""
    own, _, of_change = version.partition(".")
    return own == str(listing.version) and (not of_change or version == version_of(listing))


@contextmanager
def _one_of_two_at_once() -> Iterator[None]:
    """Let the second of two who write the same at one moment be refused, so that what they typed is shown again."""
    try:
        with db.session.begin_nested():
            yield
    except (StaleDataError, IntegrityError) as error:
        raise Conflict from error


def _text_of(use: PhotoUse, texts: Mapping[int, str | None]) -> str:
    return texts.get(use.photo_id) or "" if use.alt_text is None else use.alt_text
