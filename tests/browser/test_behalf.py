"""A coordinator posts for a seller from their phone; the seller says yes on another, without account and script."""

import re

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

from tests.browser.posting import choose_photos, fill_in, listings_called, open_post, send
from tests.browser.test_accessibility import LET_THE_BAR_GO, VIOLATIONS
from tests.support.browsers import PHONE

WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
SHOW_EVERYTHING = """() => {
  for (const step of document.querySelectorAll("[data-step]")) step.hidden = false
  for (const fold of document.querySelectorAll("main details")) fold.open = true
}"""


@pytest.fixture
def coordinator(new_page, as_coordinator) -> Page:
    """A phone on which the coordinator of the examples is signed in."""
    page = new_page(**PHONE, **as_coordinator)
    page.add_init_script(AXE_SCRIPT)
    return page


def list_barriers(page: Page) -> list[str]:
    """Return what axe finds that keeps people out, by day and by night, and what does not fit on the phone."""
    page.evaluate(LET_THE_BAR_GO)
    page.evaluate(SHOW_EVERYTHING)
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    barriers = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        barriers += page.evaluate(VIOLATIONS, options)
    whole, shown = page.evaluate(WIDTHS)
    return barriers if whole <= shown else [*barriers, f"{whole} pixels wide"]


def test_a_product_of_a_seller_goes_from_one_phone_to_the_other(coordinator, new_page, live_server):
    open_post(coordinator, "/jual/untuk-penjual")
    choose_photos(coordinator, 401)
    fill_in(coordinator, "Keripik Gadung Uji")
    coordinator.locator("[name=seller_name]").press_sequentially("Sumiati")
    coordinator.locator("[name=seller_phone]").press_sequentially("0812 7777 0401")
    send(coordinator)
    coordinator.wait_for_url(re.compile(r"/jual/\d+/persetujuan$"))
    assert listings_called(live_server, "Keripik Gadung Uji") == [1]
    link = coordinator.locator("code").inner_text()

    seller = new_page(**PHONE, java_script_enabled=False)
    seller.goto(link.removeprefix(live_server.url))
    seller.get_by_role("button", name="Setuju tayang").tap()

    expect(seller.locator("main")).to_contain_text("Anda setuju pada")
    coordinator.goto("/jual/persetujuan")
    expect(coordinator.locator(".consents__row").first.locator(".tag--live")).to_have_text("Setuju")


@pytest.mark.parametrize("address", ["/jual", "/jual/untuk-penjual", "/jual/wisata/baru", "/jual/persetujuan"])
def test_what_coordinators_open_keeps_nobody_out(coordinator, address):
    coordinator.goto(address)

    assert list_barriers(coordinator) == []


def test_the_map_and_the_question_keep_nobody_out(coordinator):
    coordinator.goto("/jual/wisata/baru")
    coordinator.evaluate(SHOW_EVERYTHING)
    coordinator.get_by_role("button", name="Pilih di peta").click()
    coordinator.locator(".pin__mark").wait_for()
    assert list_barriers(coordinator) == []

    coordinator.goto("/jual/persetujuan")
    if coordinator.locator(".consents__name a").count():
        coordinator.locator(".consents__name a").first.click()
        assert list_barriers(coordinator) == []
