"""Keeping what a person has begun to sell, and making a listing of it: once, however often it is sent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from marketplace.catalogue.models.listings import LONGEST_PHOTO_TEXT, Listing
from marketplace.catalogue.spreadsheets.texts import cleaned
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.selling import errors
from marketplace.selling.models import Draft, DraftPurpose, Upload, name_of_text
from marketplace.selling.policy import drafts as policy
from marketplace.selling.queries.drafts import count_waiting_drafts, find_draft, get_draft
from marketplace.selling.services.attractions import post_attraction
from marketplace.selling.services.behalf import post_for_seller
from marketplace.selling.services.posting import post_own_product

# What the largest form has room for: an attraction shows twelve.
MOST_PHOTOS_OF_A_DRAFT = 12
MOST_WAITING_DRAFTS = 200
Post = Callable[[Actor, Mapping[str, Any], Sequence[int], datetime], Listing]
# What each kind of draft becomes: typed columns and photos, the cover first.
POSTS: dict[DraftPurpose, Post] = {
    DraftPurpose.OWN_PRODUCT: post_own_product,
    DraftPurpose.PRODUCT_OF_SELLER: post_for_seller,
    DraftPurpose.ATTRACTION: post_attraction,
}
MOST_PHOTOS = {
    DraftPurpose.OWN_PRODUCT: 8,
    DraftPurpose.PRODUCT_OF_SELLER: 8,
    DraftPurpose.ATTRACTION: MOST_PHOTOS_OF_A_DRAFT,
}


def keep_draft(
    actor: Actor,
    draft_id: str,
    purpose: DraftPurpose,
    fields: Mapping[str, str | list[str]],
    photos: Sequence[str],
    revision: int,
    at: datetime,
) -> Draft:
    """Keep a draft as its telephone has it now; `photos` are ids of uploads, announced or not, the cover first.

    Returns the draft as it is kept. Refuses with DraftChanged where another telephone was ahead with something else,
    with DraftSent where it is a listing already, with NoSuchDraft where the id is another person's.
    """
    require(policy.may_keep_drafts(actor))
    if len(photos) > MOST_PHOTOS_OF_A_DRAFT:
        raise errors.TooManyPhotos(MOST_PHOTOS_OF_A_DRAFT)
    draft = find_draft(actor, draft_id, to_change=True)
    if draft is None:
        draft = _begin_draft(actor, draft_id, purpose, fields, photos, revision, at)
    if draft.listing_id is not None:
        raise errors.DraftSent(draft.listing_id)
    said, kept = (purpose, dict(fields), list(photos)), (draft.purpose, draft.fields, draft.photo_order)
    if revision <= draft.revision:
        if said != kept:
            raise errors.DraftChanged(draft)
        return draft
    draft.purpose, draft.fields, draft.photo_order = said
    draft.revision, draft.updated_at = revision, at
    db.session.flush()
    return draft


def trash_draft(actor: Actor, draft: Draft, at: datetime) -> None:
    """Put a draft away; it can be brought back for thirty days."""
    require(policy.may_change_draft(actor, draft))
    _refuse_sent(draft)
    draft.trashed_at = draft.trashed_at or at
    db.session.flush()


def restore_draft(actor: Actor, draft: Draft) -> None:
    """Bring back a draft that was put away."""
    require(policy.may_change_draft(actor, draft))
    _refuse_sent(draft)
    draft.trashed_at = None
    db.session.flush()


def send_draft(
    actor: Actor, draft: Draft, values: Mapping[str, Any], at: datetime, *, revision: int | None = None
) -> Listing:
    """Make a listing of a draft and these columns, or return the one that it has become; `draft.sent_at` tells when.

    Refuses with PhotosMissing while photos are on their way, with Invalid when there are too few or too many, and with
    DraftChanged where the draft is no longer of this revision: the columns were read from that one.
    """
    require(policy.may_change_draft(actor, draft))
    # Two pages of one telephone may send at once: the second waits here and finds the listing of the first.
    draft = get_draft(actor, draft.id, to_change=True)
    if draft.listing is not None:
        return draft.listing
    if revision not in {None, draft.revision}:
        raise errors.DraftChanged(draft)
    photo_ids, texts = _photo_ids(draft), _texts(draft)
    listing = POSTS[draft.purpose](actor, values, photo_ids, at)
    for use in listing.photos:
        use.alt_text = texts.get(use.photo_id, "")
    draft.listing_id, draft.sent_at, draft.trashed_at = listing.id, at, None
    db.session.flush()
    return listing


def _begin_draft(actor, draft_id, purpose, fields, photos, revision, at) -> Draft:
    if db.session.get(Draft, draft_id) is not None:
        # Kept a moment ago by another page of the same telephone; or it is another person's, and not to be found.
        return get_draft(actor, draft_id, to_change=True)
    if count_waiting_drafts(actor) >= MOST_WAITING_DRAFTS:
        raise errors.TooManyDrafts
    draft = Draft(
        id=draft_id,
        user_id=actor.id,
        purpose=purpose,
        fields=dict(fields),
        photo_order=list(photos),
        revision=revision,
        created_at=at,
        updated_at=at,
    )
    try:
        with db.session.begin_nested():
            db.session.add(draft)
    except IntegrityError:
        # Another page was faster still.
        return get_draft(actor, draft_id, to_change=True)
    return draft


def _refuse_sent(draft: Draft) -> None:
    if draft.listing_id is not None:
        raise errors.DraftSent(draft.listing_id)


def _photo_ids(draft: Draft) -> list[int]:
    """Return the photos of a draft in its order; only those that were sent to this very draft."""
    arrived: dict[str, Upload] = {upload.id: upload for upload in draft.uploads}
    if not draft.photo_order:
        raise errors.PhotoWanted
    if len(draft.photo_order) > MOST_PHOTOS[draft.purpose]:
        raise errors.TooManyPhotos(MOST_PHOTOS[draft.purpose])
    missing = [id for id in draft.photo_order if id not in arrived or not arrived[id].is_settled]
    if missing:
        raise errors.PhotosMissing(missing)
    for number, id in enumerate(draft.photo_order, start=1):
        if refusal := arrived[id].refusal:
            raise errors.PhotoWasRefused(number, refusal)
    return [arrived[id].photo_id for id in draft.photo_order]


def _texts(draft: Draft) -> dict[int, str]:
    """Return what the person wrote of each photo, by the photo's id."""
    texts = {}
    arrived = {upload.id: upload for upload in draft.uploads}
    for number, id in enumerate(draft.photo_order, start=1):
        typed = draft.fields.get(name_of_text(id), "")
        text = cleaned(typed) if isinstance(typed, str) else ""
        if len(text) > LONGEST_PHOTO_TEXT:
            raise errors.PhotoTextTooLong(number)
        texts[arrived[id].photo_id] = text
    return texts
