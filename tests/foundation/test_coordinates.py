"""Points on the map in the ways in which people have them."""

import pytest

from marketplace.foundation.coordinates import parse_point


@pytest.mark.parametrize(
    "text",
    [
        "-7.98, 112.63",
        "‑7.98, 112.63",
        "−7.98 112.63",
        "(-7.98,112.63)",
        "-7,98 112,63",
        "-7.98°; 112.63°",
        "https://www.google.com/maps/place/X/@-7.5,112.1,17z/data=!3m1!4b1!3d-7.98!4d112.63",
        "https://www.google.com/maps/@-7.98,112.63,17z",
        "https://maps.google.com/?q=-7.98,112.63",
        "https://maps.google.com/maps?q=loc:-7.98%2C112.63",
        "https://www.openstreetmap.org/?mlat=-7.98&mlon=112.63#map=15/1.0/2.0",
        "https://www.openstreetmap.org/#map=15/-7.98/112.63",
        "geo:-7.98,112.63?z=15",
    ],
)
def test_a_point_is_read(text):
    assert parse_point(text) == (-7.98, 112.63)


@pytest.mark.parametrize(
    "text", ["", "Tuban", "-7.98", "-97.98, 112.63", "1, 2, 3", "https://maps.app.goo.gl/abc", "nan, nan"]
)
def test_what_holds_no_point_is_not_guessed_at(text):
    assert parse_point(text) is None
