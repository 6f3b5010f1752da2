"""The button to WhatsApp tells the server that it was tapped, and needs no script to lead there."""

import re

from playwright.sync_api import Page

from tests.support.browsers import PHONE

# The tap itself is looked at: nobody leaves for WhatsApp, which the tests do not reach.
STAYS_HERE = "() => document.addEventListener('click', (event) => event.preventDefault())"


def open_product(page: Page) -> int:
    page.goto("/desa/35.23.15.2009")
    page.get_by_role("link", name="Ampo").first.click()
    page.wait_for_url(re.compile(r"/produk/\d+-"))
    page.wait_for_function("document.documentElement.dataset.scripts === 'ready'")
    return int(re.search(r"/produk/(\d+)-", page.url)[1])


def test_a_tap_on_the_button_is_told_to_the_server_once(phone_page):
    listing_id = open_product(phone_page)
    phone_page.evaluate(STAYS_HERE)

    with phone_page.expect_request(re.compile("/ketuk/")) as told:
        phone_page.locator(".bar [data-order]").tap()

    assert told.value.method == "POST"
    assert told.value.url.endswith(f"/ketuk/{listing_id}")
    assert not told.value.post_data


def test_without_a_script_the_button_leads_to_whatsapp(new_page):
    page = new_page(**PHONE, java_script_enabled=False)
    page.goto("/desa/35.23.15.2009")
    page.get_by_role("link", name="Ampo").first.click()

    assert page.locator(".bar [data-order]").get_attribute("href").startswith("https://wa.me/")
