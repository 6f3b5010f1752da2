"""Leaving for good: what a person sold is put away, and nothing that is kept says who they were."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm.exc import StaleDataError

from marketplace.accounts.models import AccountEventKind, User
from marketplace.accounts.services.events import record
from marketplace.accounts.services.leaving import erase_person, hold_account
from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingStatus
from marketplace.catalogue.services import publishing
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db, take_turns
from marketplace.foundation.errors import Conflict, require
from marketplace.kim.models import KimMember
from marketplace.photos.models import Photo
from marketplace.photos.services import forget_unused
from marketplace.selling.models import ChangeStatus, ProposedChange
from marketplace.selling.policy import leaving as policy
from marketplace.selling.queries import leaving
from marketplace.selling.services.businesses import turn_of
from marketplace.selling.services.uploads import forget_uploads
from marketplace.umkm.services import close_business

# What is kept of a consent: that it was given and when, without the number that gave it.
NO_NUMBER = ""


def note_download(actor: Actor, user: User, at: datetime) -> None:
    """Note that a person has taken their data out."""
    require(policy.may_download(actor, user))
    record(user, actor, AccountEventKind.DATA_DOWNLOADED, at)


def erase_account(actor: Actor, user: User, at: datetime) -> None:
    """Put away what a person sells, forget who they were and end their sign-ins; refuses with Conflict.

    What they posted for a KIM goes to another of its coordinators; without one it is put away as well. Nothing keeps
    somebody from leaving: whoever holds an office was told before what will be missing.
    """
    require(policy.may_erase(actor, user))
    try:
        hold_account(actor, user)
        # Whoever sends their first product at this moment makes a business before this, or not at all.
        take_turns(turn_of(user))
        _forget_drafts(user)
        _put_away_what_they_sell(actor, user, at)
        db.session.execute(delete(KimMember).where(KimMember.user_id == user.id))
        erase_person(actor, user, at)
    except StaleDataError as error:
        raise Conflict from error


def _forget_drafts(user: User) -> None:
    drafts = leaving.list_all_drafts(user)
    forget_uploads(upload for draft in drafts for upload in draft.uploads)
    for draft in drafts:
        # Its uploads are gone: read anew, it has none that would have to let go of it.
        db.session.expire(draft, ["uploads"])
        db.session.delete(draft)
    db.session.flush()


def _put_away_what_they_sell(actor: Actor, user: User, at: datetime) -> None:
    businesses = leaving.list_businesses_to_close(user)
    listings = _without_what_others_take_over(user, leaving.list_listings_to_archive(user))
    _archive(listings, at)
    _forget_number(user)
    _withdraw(leaving.list_open_changes(user, [listing.id for listing in listings]), at)
    for consent in leaving.list_consents_to_forget(user, [business.id for business in businesses]):
        consent.phone = NO_NUMBER
    db.session.flush()
    for business in businesses:
        close_business(actor, business)


def _without_what_others_take_over(user: User, listings: Sequence[Listing]) -> list[Listing]:
    own = []
    for listing in listings:
        successor = None if listing.business_id else leaving.find_successor(listing, user)
        if successor is None:
            own.append(listing)
        else:
            listing.posted_by_id = successor.id
    db.session.flush()
    note_changes(listing.id for listing in listings if listing not in own)
    return own


def _withdraw(changes: Sequence[ProposedChange], at: datetime) -> None:
    """End edits that wait: nobody has seen what they say and show, and nobody will."""
    photos: dict[int, Photo] = {}
    for change in changes:
        photos.update({use.photo_id: use.photo for use in change.photos})
        change.status, change.decided_at = ChangeStatus.WITHDRAWN, at
        change.values, change.photos = {}, []
    db.session.flush()
    for _, photo in sorted(photos.items()):
        forget_unused(photo)


def _forget_number(user: User) -> None:
    """Take a person's number off the places and the KIM that show it, also off those that others look after."""
    places = leaving.list_attractions_with_number_of(user)
    for shown in (*places, *leaving.list_kim_with_number_of(user)):
        shown.whatsapp = None
    db.session.flush()
    note_changes(place.id for place in places)


def _archive(listings: Sequence[Listing], at: datetime) -> None:
    publishing.archive(
        [listing for listing in listings if listing.status is not ListingStatus.ARCHIVED],
        ArchiveReason.ACCOUNT_ERASED,
        at,
    )
    for listing in listings:
        # What its seller had put away themselves does not come back either.
        listing.archived_from = listing.archived_from or ListingStatus.DRAFT
        listing.archive_reason = ArchiveReason.ACCOUNT_ERASED
    db.session.flush()
