"""How many taps lie between a seller's desk and a product that is with the KIM."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.posting import as_file
from tests.support.browsers import PHONE

MOST_TAPS = 6


@pytest.fixture
def seller(new_page, as_seller) -> Page:
    """A phone on which the seller of the examples is signed in, at their desk."""
    page = new_page(**PHONE, **as_seller)
    page.goto("/jual")
    return page


def test_a_product_is_with_the_kim_after_six_taps_besides_typing_and_photographing(seller):
    taps = []

    def tap(target: Locator) -> None:
        taps.append(target)
        target.click()

    tap(seller.locator(".dock").get_by_role("link", name="Jual"))
    seller.locator("form.post[data-ready]").wait_for()
    with seller.expect_file_chooser() as camera:
        tap(seller.locator("[data-part=camera]"))
    camera.value.set_files([as_file(1)])
    expect(seller.locator(".tile")).to_have_count(1)
    tap(seller.get_by_role("button", name="Lanjut isi harga"))
    tap(seller.locator("[name=name]"))
    seller.keyboard.type("Keripik tempe renyah")
    tap(seller.locator("[name=price]"))
    seller.keyboard.type("18000")
    # Unit and category are there by themselves.
    expect(seller.locator("[name=unit]")).not_to_have_value("")
    tap(seller.get_by_role("button", name="Kirim ke KIM"))

    seller.wait_for_url("**/terkirim")
    assert len(taps) <= MOST_TAPS
