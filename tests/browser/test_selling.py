"""A seller at their desk, on a small phone, signed in with the example account."""

import re

import pytest
from playwright.sync_api import Page

from tests.support.browsers import PHONE, LiveServer

WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
ACCOUNT = re.compile(r"Penjual di Desa Kedungrejo: ([\d-]+), (\S+)")


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def seller(new_page, live_server: LiveServer, request: pytest.FixtureRequest) -> Page:
    """The seller of the examples, at their desk."""
    phone, password = ACCOUNT.search((live_server.data_dir / "server.log").read_text(encoding="utf-8")).groups()
    page = new_page(**PHONE, java_script_enabled=request.param)
    page.goto("/masuk")
    page.locator("[name=phone]").fill(phone)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_role("link", name="Dagangan saya").click()
    page.get_by_role("heading", name="Dagangan saya").wait_for()
    return page


def tap(page: Page, shelf: str, choice: str) -> str:
    """Open the menu of the first listing on a shelf, tap a choice, and return what the desk says to it."""
    page.goto(f"/jual?rak={shelf}")
    menu = page.locator(".desk-row__menu").first
    menu.locator("summary").click()
    menu.get_by_role("button", name=choice).click()
    return page.locator(".flash").inner_text()


def test_a_desk_with_every_kind_of_listing_fits_on_a_small_phone(seller):
    assert "disalin menjadi draf" in tap(seller, "tayang", "Salin jadi draf baru")
    assert "disalin menjadi draf" in tap(seller, "draf", "Salin jadi draf baru")
    assert "disimpan di arsip" in tap(seller, "draf", "Simpan ke arsip")

    seller.goto("/jual")

    assert seller.locator(".slide .chip").count() >= 4
    seller.locator(".desk-row__menu summary").first.click()
    whole, shown = seller.evaluate(WIDTHS)
    assert whole <= shown
