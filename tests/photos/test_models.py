"""What a photo's row says by itself."""

import pytest
from sqlalchemy.exc import IntegrityError

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.photos.models import Photo


def a_photo(**values) -> Photo:
    """Return a photo whose row is right, except for these values."""
    right = {"digest": "0" * 32, "width": 640, "height": 480, "color": "#808080", "perceptual_hash": "f" * 16}
    return Photo(**{**right, "created_at": clock.now(), **values})


def test_the_distance_of_two_photos_is_the_number_of_bits_that_differ():
    photo = a_photo(perceptual_hash="ffff000000000001")

    assert photo.distance_to("ffff000000000001") == 0
    assert photo.distance_to("ffff000000000002") == 2
    assert photo.distance_to("0000ffffffffffff") == 63


@pytest.mark.parametrize(
    "wrong", [{"digest": "short"}, {"width": 0}, {"height": -1}, {"color": "red"}, {"perceptual_hash": "12"}]
)
def test_a_row_that_no_photo_can_have_is_refused(wrong):
    db.session.add(a_photo(**wrong))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_rows_never_speak_of_one_photo():
    db.session.add_all([a_photo(), a_photo()])

    with pytest.raises(IntegrityError):
        db.session.flush()
