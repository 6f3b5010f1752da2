"""Where photos are found."""

import pytest

from marketplace.photos.addresses import photo_url, preview_url, srcset, widths_of

DIGEST = "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (64, (64,)),
        (320, (320,)),
        (500, (320, 500)),
        (640, (320, 640)),
        (1000, (320, 640, 1000)),
        (2048, (320, 640, 1280)),
    ],
)
def test_a_photo_is_served_in_no_width_that_it_does_not_have(width, widths):
    assert widths_of(width) == widths


def test_a_browser_may_choose_among_the_widths():
    assert srcset(DIGEST, 500) == f"/foto/{DIGEST}-320.webp 320w, /foto/{DIGEST}-500.webp 500w"


def test_addresses_name_the_content():
    assert photo_url(DIGEST, 640) == f"/foto/{DIGEST}-640.webp"
    assert preview_url(DIGEST) == f"/foto/{DIGEST}.jpg"
