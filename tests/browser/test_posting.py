"""A seller posts a product on a small phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.posting import (
    choose_photos,
    drafts_on,
    fill_in,
    listings_called,
    open_post,
    send,
    wait_until_sent,
)
from tests.support.browsers import PHONE

WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def seller(new_page, as_seller) -> Page:
    """A phone on which the seller of the examples is signed in."""
    return new_page(**PHONE, **as_seller)


def test_a_product_is_posted_and_the_seller_reads_that_it_has_arrived(seller, live_server):
    open_post(seller)
    choose_photos(seller, 1, 2, 3)
    fill_in(seller, "Keripik Tempe Pertama")
    send(seller)

    wait_until_sent(seller)

    assert listings_called(live_server, "Keripik Tempe Pertama") == [3]
    assert [bool(draft["sent"]) for draft in drafts_on(seller)] == [True]


def test_a_proposed_unit_that_comes_late_does_not_meddle_with_what_is_typed(seller):
    late = []
    seller.route("**/jual/petunjuk?*", lambda route: late.append(route))
    open_post(seller)
    choose_photos(seller, 7)
    seller.get_by_role("button", name="Lanjut isi harga").click()
    seller.locator("[name=name]").fill("Keripik Tempe Telat")
    expect(seller.locator("[name=name]")).to_have_value("Keripik Tempe Telat")
    unit = seller.locator("[name=unit]")
    unit.focus()
    seller.wait_for_timeout(1000)
    late[0].fulfill(
        json={
            "categories": [{"slug": "makanan-ringan", "name": "Makanan Ringan", "icon": "cookie"}],
            "price": None,
            "unit": "bungkus",
        }
    )
    expect(seller.get_by_role("button", name="Makanan Ringan")).to_be_visible()
    unit.press_sequentially("kg")
    expect(unit).to_have_value("kg")

    unit.fill("")
    seller.locator("[name=price]").focus()
    expect(unit).to_have_value("bungkus")


def test_photos_are_put_in_order_with_the_keyboard_and_every_step_is_told(seller):
    open_post(seller)
    choose_photos(seller, 4, 5, 6)
    first, second, third = photo_ids(seller)
    tiles = seller.locator(".tile")
    status = seller.locator("[data-part=tiles-status]")

    tiles.nth(2).focus()
    seller.keyboard.press("ArrowLeft")
    expect(status).to_have_text("Foto 3 sekarang urutan 2.")
    expect(tiles.nth(1)).to_be_focused()
    assert photo_ids(seller) == [first, third, second]

    tiles.nth(1).get_by_role("button", name="Jadikan utama").click()
    expect(status).to_have_text("Foto 2 sekarang urutan 1, foto utama.")
    assert photo_ids(seller) == [third, first, second]

    seller.get_by_role("button", name="Buang foto 2").click()
    expect(tiles).to_have_count(2)
    seller.get_by_role("button", name="Urungkan").click()
    expect(tiles).to_have_count(3)
    assert photo_ids(seller) == [third, first, second]


def test_a_photo_is_held_and_dragged_to_the_front(seller):
    open_post(seller)
    choose_photos(seller, 7, 8, 9)
    first, second, third = photo_ids(seller)
    fingers = seller.context.new_cdp_session(seller)
    [begin, end] = [middle_of(seller, number) for number in (2, 0)]

    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [begin]})
    expect(seller.locator(".tile[data-held]")).to_be_visible()
    for step in range(1, 11):
        point = {axis: begin[axis] + (end[axis] - begin[axis]) * step / 10 for axis in "xy"}
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    expect(seller.locator("[data-part=tiles-status]")).to_have_text("Urutan foto diganti.")
    assert photo_ids(seller) == [third, first, second]


def test_the_way_back_leads_from_the_second_step_to_the_first(seller):
    open_post(seller)
    choose_photos(seller, 10)
    fill_in(seller, "Keripik Mundur")

    seller.get_by_role("link", name="Kembali").click()

    expect(seller.get_by_role("heading", name="Foto dulu produknya")).to_be_visible()
    assert not seller.get_by_role("heading", name="Nama dan harga").is_visible()
    seller.go_forward()
    expect(seller.locator("[name=name]")).to_have_value("Keripik Mundur")


def test_what_is_missing_is_said_where_it_is_missing(seller):
    open_post(seller)
    seller.get_by_role("button", name="Lanjut isi harga").click()
    expect(seller.get_by_role("alert")).to_have_text("Tambahkan paling sedikit satu foto.")
    choose_photos(seller, 11)
    seller.get_by_role("button", name="Lanjut isi harga").click()

    send(seller)

    expect(seller.locator("[name=name]")).to_be_focused()
    assert seller.locator(".field__error").count() == 3
    seller.locator("[name=name]").fill("Keripik Lengkap")
    assert seller.locator(".field__error").count() == 2


@pytest.mark.parametrize("width", [360, 1280])
def test_neither_step_nor_queue_scrolls_sideways(seller, width):
    seller.set_viewport_size({"width": width, "height": 740})
    open_post(seller)
    choose_photos(seller, 12, 13)
    widths = [seller.evaluate(WIDTHS)]
    fill_in(seller, "Keripik Rengginang Bawang Putih Pedas Manis Asin Gurih Renyah Khas Kedungrejo")
    widths.append(seller.evaluate(WIDTHS))
    seller.goto("/jual/antrean")
    expect(seller.locator(".queue__row")).not_to_have_count(0)
    widths.append(seller.evaluate(WIDTHS))

    assert all(whole <= shown for whole, shown in widths)


def photo_ids(page: Page) -> list[str]:
    """Return the photos of the draft on this phone that was begun last, as they are kept."""
    return [photo["id"] for photo in drafts_on(page)[0]["photos"]]


def middle_of(page: Page, number: int) -> dict[str, float]:
    """Return the middle of a photo as it lies on the screen."""
    box = page.locator(".tile img").nth(number).bounding_box()
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
