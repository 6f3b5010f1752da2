"""Photos to slide through and choose from, and the ways of sending a page on."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.browsers import DESKTOP, PHONE

REMEMBER_WHAT_IS_SHARED = "navigator.share = async (what) => { window.shared = what }"
NO_COPYING = """
document.execCommand = () => false
navigator.clipboard.writeText = async () => { throw new DOMException("held back", "NotAllowedError") }
"""
CLOSE_THE_SHEET = "navigator.share = async () => { throw new DOMException('closed', 'AbortError') }"
NO_SHEET = "delete Navigator.prototype.share"


def test_each_photo_on_a_phone_says_which_one_it_is(phone_page, addresses):
    phone_page.goto(addresses["product"])
    slides = phone_page.locator(".gallery__slide")

    expect(slides.nth(0)).to_be_in_viewport()
    expect(slides.nth(0).locator(".gallery__count")).to_have_text("1/3")
    expect(slides.nth(1).locator(".gallery__count")).not_to_be_in_viewport()
    slides.nth(0).locator("..").evaluate("(strip) => strip.scrollBy({ left: strip.clientWidth })")
    expect(slides.nth(1).locator(".gallery__count")).to_have_text("2/3")
    expect(slides.nth(1).locator(".gallery__count")).to_be_in_viewport()
    expect(slides.nth(0).locator(".gallery__count")).not_to_be_in_viewport()


def test_on_a_wide_screen_one_chooses_a_photo_without_the_page_moving(desktop_page, addresses):
    desktop_page.goto(addresses["product"])
    small_ones = desktop_page.locator(".gallery__thumb")
    expect(small_ones.nth(0)).to_have_attribute("aria-current", "true")

    small_ones.nth(2).click()

    expect(desktop_page.locator("#foto-3 .gallery__count")).to_be_in_viewport()
    expect(desktop_page.locator("#foto-1 .gallery__count")).not_to_be_in_viewport()
    expect(small_ones.nth(2)).to_have_attribute("aria-current", "true")
    expect(desktop_page.locator(".gallery__thumb[aria-current]")).to_have_count(1)
    assert desktop_page.evaluate("[scrollY, location.hash]") == [0, ""]


def test_without_script_the_small_photos_lead_to_the_large_ones(new_page, addresses):
    page = new_page(**DESKTOP, java_script_enabled=False)
    page.goto(addresses["product"])

    page.locator(".gallery__thumb").nth(1).click()

    expect(page.locator("#foto-2 .gallery__count")).to_be_in_viewport()
    expect(page.locator("#foto-1 .gallery__count")).not_to_be_in_viewport()


def test_a_phone_opens_its_own_sheet_to_share_a_product(phone_page, addresses):
    phone_page.add_init_script(REMEMBER_WHAT_IS_SHARED)
    phone_page.goto(addresses["product"])

    phone_page.locator(".bar").get_by_role("link", name="Bagikan").tap()

    phone_page.wait_for_function("window.shared")
    assert phone_page.evaluate("window.shared") == {
        "url": phone_page.url,
        "text": "Batik Gedog Tuban dari Desa Kedungrejo",
    }


def test_who_closes_the_sheet_stays_on_the_page(phone_page, addresses):
    phone_page.add_init_script(CLOSE_THE_SHEET)
    phone_page.goto(addresses["village"])
    button = phone_page.locator("main").get_by_role("link", name="Bagikan")

    button.tap()
    button.tap()

    expect(phone_page).to_have_url(re.compile(f"{addresses['village']}$"))


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_where_there_is_no_sheet_one_copies_the_address(new_page, addresses, device):
    page = new_page(**device)
    page.add_init_script(NO_SHEET)
    page.goto(addresses["village"])

    page.get_by_role("button", name="Salin tautan").click()

    expect(page.locator("main [role='status']")).to_have_text("Tautan tersalin")
    assert what_a_paste_gives(page) == page.url
    assert page.get_by_role("link", name="Bagikan").get_attribute("href").startswith("https://wa.me/?text=")


def test_when_the_browser_holds_copying_back_the_page_says_what_to_do(new_page, addresses):
    page = new_page(**DESKTOP)
    page.add_init_script(NO_SHEET)
    page.add_init_script(NO_COPYING)
    page.goto(addresses["village"])

    page.get_by_role("button", name="Salin tautan").click()

    told = page.locator("main [role='status']")
    expect(told).to_have_text("Belum tersalin. Salin alamat dari bilah peramban.")
    expect(told).to_be_in_viewport()


def what_a_paste_gives(page) -> str:
    """Paste into a field made for it, as a person pastes into a chat."""
    page.evaluate("document.body.append(Object.assign(document.createElement('input'), { id: 'paste' }))")
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    return page.locator("#paste").input_value()
