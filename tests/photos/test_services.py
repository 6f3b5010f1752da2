"""Keeping what people send."""

import io

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.foundation.storage import StorageUnavailable
from marketplace.photos import addresses
from marketplace.photos.errors import DamagedPhoto, MasterLost
from marketplace.photos.models import Photo
from marketplace.photos.pipeline import process
from marketplace.photos.services import accept_photo, keep, list_faults, rebuild_photo, store
from tests.photos.samples import market_stall, saved, taken_at_home

pytestmark = pytest.mark.usefixtures("files")


def an_upload(number: int = 1) -> io.BytesIO:
    """Return what a seller sends; each number is another photo."""
    return io.BytesIO(saved(market_stall(number), "JPEG", exif=taken_at_home()))


def count_photos() -> int:
    """Return how many rows there are."""
    return db.session.scalar(select(func.count()).select_from(Photo))


def names_of(files) -> set[str]:
    """Return the names of all files that are kept."""
    return {path.name for path in files.folder.rglob("*") if path.is_file()}


def test_a_seller_sends_a_photo(files):
    photo = accept_photo(an_upload())

    assert photo.id
    assert (photo.width, photo.height) == (900, 600)
    assert names_of(files) == {
        f"{photo.digest}-320.webp",
        f"{photo.digest}-640.webp",
        f"{photo.digest}-900.webp",
        f"{photo.digest}.jpg",
    }
    assert files.exists(addresses.master_key(photo.digest))
    assert files.exists(addresses.preview_key(photo.digest))


def test_the_file_that_was_sent_is_not_kept(files):
    upload = an_upload()
    accept_photo(upload)

    kept = [path.read_bytes() for path in files.folder.rglob("*") if path.is_file()]
    assert upload.getvalue() not in kept
    assert not any(b"SecretPhone" in content for content in kept)


def test_the_same_photo_sent_twice_is_one_photo(files):
    first = accept_photo(an_upload())
    names = names_of(files)

    assert accept_photo(an_upload()) is first
    assert count_photos() == 1
    assert names_of(files) == names


def test_two_photos_are_two():
    assert accept_photo(an_upload(1)).digest != accept_photo(an_upload(2)).digest
    assert count_photos() == 2


def test_a_refused_photo_leaves_nothing_behind(files):
    with pytest.raises(DamagedPhoto):
        accept_photo(io.BytesIO(an_upload().getvalue()[:5000]))

    assert count_photos() == 0
    assert names_of(files) == set()


def test_a_photo_whose_form_was_refused_is_kept_when_it_is_sent_again(files):
    with db.session.begin_nested() as refused:
        accept_photo(an_upload())
        refused.rollback()
    assert count_photos() == 0

    photo = accept_photo(an_upload())

    assert photo.id
    assert list_faults(photo.digest, photo.width) == []


def test_files_may_be_stored_before_the_database_is_asked(files):
    stored = store(process(an_upload()))
    assert count_photos() == 0

    photo = keep(stored)

    assert list_faults(photo.digest, photo.width) == []
    assert keep(stored) is photo
    assert count_photos() == 1


def test_no_photo_is_promised_while_the_storage_is_full(app, files, monkeypatch):
    class FullStorage:
        def save(self, key, content, content_type):
            raise StorageUnavailable

    monkeypatch.setitem(app.extensions, "storage", FullStorage())

    with pytest.raises(StorageUnavailable):
        accept_photo(an_upload())
    assert count_photos() == 0


def test_everything_but_the_master_can_be_lost_and_made_again(files):
    photo = accept_photo(an_upload())
    photo.color, photo.perceptual_hash = "#000000", "0" * 16
    before = names_of(files)
    for width in addresses.widths_of(photo.width):
        files.delete(addresses.variant_key(photo.digest, width))
    files.delete(addresses.preview_key(photo.digest))

    rebuild_photo(photo.digest)

    assert names_of(files) == before
    assert list_faults(photo.digest, photo.width) == []
    assert photo.color != "#000000"
    assert photo.perceptual_hash != "0" * 16


def test_a_lost_or_damaged_master_is_named(files):
    photo = accept_photo(an_upload())
    key = addresses.master_key(photo.digest)

    files.save(key, b"rust", "image/jpeg")
    assert [(fault.key, fault.is_derived) for fault in list_faults(photo.digest, photo.width)] == [(key, False)]
    files.delete(key)
    with pytest.raises(MasterLost):
        rebuild_photo(photo.digest)


def test_a_lost_variant_is_named(files):
    photo = accept_photo(an_upload())
    key = addresses.variant_key(photo.digest, 640)
    files.delete(key)

    assert [(fault.key, fault.is_derived) for fault in list_faults(photo.digest, photo.width)] == [(key, True)]
