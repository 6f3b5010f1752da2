"""Photos on their way: they arrive in pieces, go on after a cut where they stopped, and become photos when all is here.

Each piece is a file of its own in the storage, named by where in the photo it begins, until the photo is settled.
Decoding takes long, so it needs no transaction: `read_pieces` and `read_file` only read and store files; `conclude`
and `keep_file` write what came of it.
"""

import io
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import BinaryIO

from sqlalchemy.exc import IntegrityError
from ulid import ULID

from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.foundation.storage import FileMissing, StorageUnavailable, current_storage
from marketplace.foundation.transactions import after_commit
from marketplace.photos.errors import PhotoRefused, PhotoTooHeavy
from marketplace.photos.models import Photo
from marketplace.photos.pipeline import process
from marketplace.photos.pipeline.uploads import LARGEST_UPLOAD
from marketplace.photos.services import StoredPhoto, forget_unused, has_its_master, keep, store, wait_for_turn
from marketplace.selling import errors
from marketplace.selling.models import Draft, Upload
from marketplace.selling.policy import drafts as policy
from marketplace.selling.queries.drafts import get_draft, sum_arriving_bytes
from marketplace.selling.services.drafts import MOST_PHOTOS_OF_A_DRAFT

KILOBYTE = 1024
SMALLEST_PIECE = KILOBYTE
LARGEST_PIECE = 512 * KILOBYTE
MOST_ARRIVING_BYTES = 200 * KILOBYTE * KILOBYTE
LARGEST_IN_MEMORY = 2 * KILOBYTE * KILOBYTE
LONGEST_REFUSAL = 200
BYTES = "application/octet-stream"


@dataclass(frozen=True)
class Outcome:
    """What came of a photo's bytes: a photo whose files are stored, or a refusal, or, of `whole` bytes, neither yet."""

    stored: StoredPhoto | None = None
    refusal: str | None = None
    whole: int = 0


def begin_upload(actor: Actor, draft: Draft, upload_id: str, size: int, at: datetime) -> Upload:
    """Announce a photo of so many bytes to a draft; announcing it again returns what has arrived of it.

    Refuses with NoSuchDraft where another draft has that upload.
    """
    require(policy.may_change_draft(actor, draft))
    # Of two photos that are announced at once the second is counted after the first.
    draft = get_draft(actor, draft.id, to_change=True)
    upload = db.session.get(Upload, upload_id)
    if upload is not None:
        return _same_upload(upload, draft, size)
    if draft.listing_id is not None:
        raise errors.DraftSent(draft.listing_id)
    if size > LARGEST_UPLOAD:
        raise PhotoTooHeavy
    _make_room(draft)
    if sum_arriving_bytes(actor) + size > MOST_ARRIVING_BYTES:
        raise errors.TooManyBytes
    upload = Upload(id=upload_id, draft_id=draft.id, size=size, created_at=at, updated_at=at)
    try:
        with db.session.begin_nested():
            db.session.add(upload)
    except IntegrityError as error:
        # Announced to another draft at this moment.
        raise errors.NoSuchDraft from error
    return upload


def receive(actor: Actor, upload: Upload, offset: int, content: bytes, at: datetime) -> None:
    """Keep a piece that goes on from what has arrived; the last one may come again, and changes nothing.

    The caller holds the upload (`get_upload(…, to_change=True)`): of two pages that send the same piece at once the
    second is refused with WrongOffset, which tells where to go on.
    """
    require(policy.may_change_draft(actor, upload.draft))
    if upload.has_arrived:
        if offset + len(content) != upload.size:
            raise errors.WrongOffset(upload.received)
        return
    if upload.draft.listing_id is not None:
        raise errors.DraftSent(upload.draft.listing_id)
    if offset != upload.received:
        raise errors.WrongOffset(upload.received)
    end = offset + len(content)
    if end > upload.size:
        raise errors.PieceTooLong
    if len(content) < SMALLEST_PIECE and end < upload.size:
        raise errors.PieceTooSmall
    current_storage().save(_key(upload.id, offset), content, BYTES)
    upload.received, upload.updated_at = end, at
    db.session.flush()


def read_pieces(upload_id: str, size: int) -> Outcome:
    """Make a photo of the pieces of an upload that has arrived; needs no transaction, writes files alone."""
    with tempfile.SpooledTemporaryFile(max_size=LARGEST_IN_MEMORY) as whole:
        for piece in _pieces(upload_id, size):
            whole.write(piece)
        # Whoever settled it at this moment has taken the pieces away; or the storage has lost some.
        if whole.tell() != size:
            return Outcome(whole=min(whole.tell(), size - 1))
        whole.seek(0)
        return read_file(whole)


def read_file(stream: BinaryIO) -> Outcome:
    """Make a photo of a file; needs no transaction, writes files alone."""
    try:
        return Outcome(stored=store(process(stream)))
    except PhotoRefused as refusal:
        return Outcome(refusal=refusal.user_message[:LONGEST_REFUSAL])


def conclude(actor: Actor, upload: Upload, outcome: Outcome, at: datetime) -> None:
    """Note what came of an upload, once; the caller holds it. Its pieces go after the commit.

    Refuses with StorageUnavailable where the files are gone again: they are made anew when the last piece is repeated.
    """
    require(policy.may_change_draft(actor, upload.draft))
    if not upload.is_settled:
        if outcome.stored is None and outcome.refusal is None:
            upload.received = outcome.whole
            db.session.flush()
            return
        upload.photo, upload.refusal = photo_of(outcome), outcome.refusal
        upload.updated_at = at
        db.session.flush()
    after_commit(partial(remove_pieces, upload.id, upload.size))


def accept_file(actor: Actor, draft: Draft, stream: BinaryIO, at: datetime) -> Upload:
    """Add a photo that came whole, with a form; one that is refused is kept with its refusal.

    It decodes: on SQLite others wait meanwhile if a transaction is open. `read_file` before it and `keep_file` avoid it.
    """
    require(policy.may_change_draft(actor, draft))
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    return keep_file(actor, draft, read_file(stream), size, at)


def keep_file(actor: Actor, draft: Draft, outcome: Outcome, size: int, at: datetime) -> Upload:
    """Add what came of a file of so many bytes to a draft, behind its other uploads; its order is `keep_draft`'s."""
    require(policy.may_change_draft(actor, draft))
    draft = get_draft(actor, draft.id, to_change=True)
    if draft.listing_id is not None:
        raise errors.DraftSent(draft.listing_id)
    _make_room(draft)
    # An empty file has no byte, and its refusal says so.
    size = max(size, 1)
    upload = Upload(id=str(ULID()), draft_id=draft.id, size=size, received=size, created_at=at, updated_at=at)
    upload.photo, upload.refusal = photo_of(outcome), outcome.refusal
    db.session.add(upload)
    db.session.flush()
    db.session.expire(draft, ["uploads"])
    return upload


def photo_of(outcome: Outcome) -> Photo | None:
    """Return the photo that came of a file, None where it was refused; its row is kept until something shows it."""
    if outcome.stored is None:
        return None
    wait_for_turn(outcome.stored.digest)
    if not has_its_master(outcome.stored.digest):
        # Another's same photo was swept between storing and now.
        raise StorageUnavailable
    return keep(outcome.stored)


def forget_uploads(uploads: Iterable[Upload]) -> None:
    """Remove uploads with their pieces, and their photos unless something else shows them."""
    photos: dict[int, Photo] = {}
    for upload in uploads:
        if upload.photo is not None:
            photos[upload.photo.id] = upload.photo
        after_commit(partial(remove_pieces, upload.id, upload.size))
        db.session.delete(upload)
    db.session.flush()
    for _, photo in sorted(photos.items()):
        forget_unused(photo)


def remove_pieces(upload_id: str, size: int) -> None:
    """Remove what the storage keeps of an upload; what cannot be removed now is tried again by the sweep."""
    storage, offsets, offset = current_storage(), [], 0
    try:
        for piece in _pieces(upload_id, size):
            offsets.append(offset)
            offset += len(piece)
        # From the last to the first: cut short, the rest is still found from its beginning.
        for start in reversed(offsets):
            storage.delete(_key(upload_id, start))
    except StorageUnavailable:
        # Written to the log by the storage; nobody who sells need know of it.
        return


def _same_upload(upload: Upload, draft: Draft, size: int) -> Upload:
    if upload.draft_id != draft.id:
        raise errors.NoSuchDraft
    if upload.size != size:
        raise errors.OtherUpload
    return upload


def _make_room(draft: Draft) -> None:
    """Forget photos that were taken out of the draft, but only when their places are needed."""
    if len(draft.uploads) < MOST_PHOTOS_OF_A_DRAFT:
        return
    forget_uploads(upload for upload in list(draft.uploads) if upload.id not in draft.photo_order)
    db.session.expire(draft, ["uploads"])
    if len(draft.uploads) >= MOST_PHOTOS_OF_A_DRAFT:
        raise errors.TooManyPhotos(MOST_PHOTOS_OF_A_DRAFT)


def _pieces(upload_id: str, size: int) -> Iterable[bytes]:
    """Yield the pieces of an upload, each beginning where the one before ends, as far as there are any."""
    storage, offset = current_storage(), 0
    while offset < size:
        try:
            file = storage.open(_key(upload_id, offset))
        except FileMissing:
            return
        try:
            piece = file.content.read()
        finally:
            file.content.close()
        yield piece
        offset += len(piece)


def _key(upload_id: str, offset: int) -> str:
    return f"uploads/{upload_id.lower()}-{offset}"
