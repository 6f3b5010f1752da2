"""What can be done with photos: accept one, keep one that was processed elsewhere, make its files again, check them.

Files are saved before the row: a photo that the database knows always has its files, and files whose row was rolled
back are found again when the same photo is sent once more.
"""

import sqlite3
from dataclasses import asdict, dataclass
from functools import partial
from typing import BinaryIO

from flask import current_app
from sqlalchemy.exc import IntegrityError, OperationalError

from marketplace.foundation import clock
from marketplace.foundation.database import db, take_turns
from marketplace.foundation.storage import FileMissing, Storage, StorageUnavailable, current_storage
from marketplace.foundation.transactions import after_commit, committed
from marketplace.photos import addresses, queries
from marketplace.photos.errors import MasterLost
from marketplace.photos.models import Photo
from marketplace.photos.pipeline import ProcessedPhoto, digest_of, files_from_master, process

JPEG, WEBP = "image/jpeg", "image/webp"


@dataclass(frozen=True)
class StoredPhoto:
    """A photo whose files are in the storage and that may have its row; the attributes are those of the row."""

    digest: str
    width: int
    height: int
    color: str
    perceptual_hash: str


@dataclass(frozen=True)
class Fault:
    """Something that the storage does not hold as it should: `key` says where, `is_derived` whether it can be made."""

    key: str
    is_derived: bool


def accept_photo(upload: BinaryIO) -> Photo:
    """Keep what a person sent and return its photo: the one that is there already when it was sent before.

    Refuses with PhotoRefused what is not a photo, and with StorageUnavailable when it cannot be kept.
    """
    processed = process(upload)
    return queries.find_photo(processed.digest) or keep(store(processed))


def store(processed: ProcessedPhoto) -> StoredPhoto:
    """Save the files of a processed photo; the database is not asked, so no transaction need be open meanwhile."""
    storage = current_storage()
    storage.save(addresses.master_key(processed.digest), processed.master, JPEG)
    _save_derived(storage, processed)
    return StoredPhoto(
        digest=processed.digest,
        width=processed.width,
        height=processed.height,
        color=processed.color,
        perceptual_hash=processed.perceptual_hash,
    )


def keep(stored: StoredPhoto) -> Photo:
    """Save the row of a photo whose files are stored, or return the one that is there already."""
    photo = queries.find_photo(stored.digest)
    if photo is not None:
        return photo
    photo = Photo(created_at=clock.now(), **asdict(stored))
    try:
        with db.session.begin_nested():
            db.session.add(photo)
    except IntegrityError:
        # The same photo arrived twice at one moment, and the other was faster; its files are these.
        return queries.get_photo(stored.digest)
    return photo


def wait_for_turn(digest: str) -> None:
    """Wait until nobody keeps or forgets the photo of this digest; others wait until this transaction ends."""
    take_turns(f"photo {digest}")


def has_its_master(digest: str) -> bool:
    """Tell whether the storage holds what everything of this photo is made from."""
    return current_storage().exists(addresses.master_key(digest))


def forget_unused(photo: Photo) -> bool:
    """Remove a photo unless a row still refers to it; tell whether it is gone. Its files go after the commit."""
    wait_for_turn(photo.digest)
    digest, width = photo.digest, photo.width
    try:
        with db.session.begin_nested():
            db.session.delete(photo)
    except IntegrityError:
        return False
    after_commit(partial(_remove_files, digest, width))
    return True


def rebuild_photo(digest: str) -> Photo:
    """Make everything that is derived from the photo's master again, or refuse with MasterLost."""
    storage = current_storage()
    # The files first: the pixels are worked through before the database is asked to begin anything.
    processed = files_from_master(_read_master(storage, digest))
    _save_derived(storage, processed)
    photo = queries.get_photo(digest)
    photo.width, photo.height = processed.width, processed.height
    photo.color, photo.perceptual_hash = processed.color, processed.perceptual_hash
    db.session.flush()
    return photo


def list_faults(digest: str, width: int) -> list[Fault]:
    """Return what is missing or damaged of a photo that is so wide: nothing when all is well."""
    storage = current_storage()
    faults = []
    try:
        _read_master(storage, digest)
    except MasterLost:
        faults.append(Fault(addresses.master_key(digest), is_derived=False))
    derived = [addresses.variant_key(digest, step) for step in addresses.widths_of(width)]
    derived.append(addresses.preview_key(digest))
    return faults + [Fault(key, is_derived=True) for key in derived if not storage.exists(key)]


def _remove_files(digest: str, width: int) -> None:
    """Remove the files of a photo whose row is gone; where they cannot be removed now, nobody else is troubled.

    In a turn of its own: whoever sends the same photo at this moment has kept it again, or sees that it is gone.
    """
    storage = current_storage()
    try:
        with committed():
            wait_for_turn(digest)
            if queries.find_photo(digest) is not None:
                return
            for step in addresses.widths_of(width):
                storage.delete(addresses.variant_key(digest, step))
            storage.delete(addresses.preview_key(digest))
            storage.delete(addresses.master_key(digest))
    except (StorageUnavailable, sqlite3.OperationalError, OperationalError):
        current_app.logger.warning("the files of photo %s could not be removed", digest)


def _save_derived(storage: Storage, processed: ProcessedPhoto) -> None:
    for width, content in processed.variants.items():
        storage.save(addresses.variant_key(processed.digest, width), content, WEBP)
    storage.save(addresses.preview_key(processed.digest), processed.preview, JPEG)


def _read_master(storage: Storage, digest: str) -> bytes:
    try:
        file = storage.open(addresses.master_key(digest))
    except FileMissing as error:
        raise MasterLost from error
    try:
        master = file.content.read()
    finally:
        file.content.close()
    if digest_of(master) != digest:
        raise MasterLost
    return master
