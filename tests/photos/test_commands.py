"""What the operator does with photos at the console."""

import io

import pytest

from marketplace.photos import addresses
from marketplace.photos.models import Photo
from marketplace.photos.services import accept_photo
from tests.photos.samples import market_stall, saved


@pytest.fixture
def photo(files) -> Photo:
    """A photo that is kept as it should be."""
    return accept_photo(io.BytesIO(saved(market_stall(), "JPEG")))


@pytest.fixture
def console(app):
    """The operator's console."""
    return app.test_cli_runner()


def test_the_operator_makes_lost_variants_again(console, photo, files):
    key = addresses.variant_key(photo.digest, 640)
    files.delete(key)

    report = console.invoke(args=["photos", "rebuild"])

    assert report.exit_code == 0, report.output
    assert "1 foto dibuat ulang." in report.output
    assert files.exists(key)


def test_the_operator_learns_which_masters_are_lost(console, photo, files):
    files.delete(addresses.master_key(photo.digest))

    report = console.invoke(args=["photos", "rebuild"])

    assert report.exit_code == 1
    assert photo.digest in report.output
    assert "0 foto dibuat ulang." in report.output


def test_the_operator_hears_that_all_is_well(console, photo):
    report = console.invoke(args=["photos", "verify"])

    assert report.exit_code == 0, report.output
    assert "1 foto diperiksa, 0 berkas bermasalah." in report.output


def test_the_operator_hears_what_is_missing_and_what_to_do(console, photo, files):
    files.delete(addresses.preview_key(photo.digest))
    files.save(addresses.master_key(photo.digest), b"rust", "image/jpeg")

    report = console.invoke(args=["photos", "verify"])

    assert report.exit_code == 1
    assert f"{addresses.preview_key(photo.digest)}: hilang atau rusak; buat ulang" in report.output
    assert f"{addresses.master_key(photo.digest)}: hilang atau rusak; pulihkan dari cadangan" in report.output
