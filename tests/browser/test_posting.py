"""A seller posts a product on a small phone."""

import pytest
from playwright.sync_api import Page

from tests.browser.posting import choose_photos, drafts_on, fill_in, listings_called, open_post, send, sign_in
from tests.support.browsers import PHONE, LiveServer

WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def seller(new_page, live_server: LiveServer) -> Page:
    """A phone on which the seller of the examples is signed in."""
    page = new_page(**PHONE)
    sign_in(page, live_server)
    return page


def test_a_product_is_posted_and_the_seller_reads_that_it_has_arrived(seller):
    open_post(seller)
    choose_photos(seller, 1, 2, 3)
    fill_in(seller, "Keripik Tempe Sanan")
    send(seller)

    seller.wait_for_url("**/terkirim")

    assert len(listings_called(seller, "Keripik Tempe Sanan")) == 1
    assert [bool(draft["sent"]) for draft in drafts_on(seller)] == [True]
