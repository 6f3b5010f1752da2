"""A coordinator points at where a place lies: on a map that is fetched when asked for, without any tiles."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.posting import choose_photos, listings_called, open_post
from tests.support.browsers import PHONE

PATH = "/jual/wisata/baru"
WIDTHS = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"


@pytest.fixture
def coordinator(new_page, as_coordinator) -> Page:
    """A phone on which the coordinator of the examples is signed in."""
    return new_page(**PHONE, **as_coordinator)


def begin(page: Page, seed: int) -> None:
    """Photograph a place and go on to where it lies."""
    open_post(page, PATH)
    choose_photos(page, seed)
    page.get_by_role("button", name="Lanjut isi letaknya").click()


def point(page: Page) -> tuple[float, float]:
    """Return the numbers that the form has now."""
    return tuple(float(page.locator(f"[name={name}]").input_value()) for name in ("latitude", "longitude"))


def test_the_map_is_fetched_only_when_it_is_asked_for(coordinator):
    asked = []
    coordinator.on("request", lambda request: asked.append(request.url))

    begin(coordinator, 301)
    assert not [url for url in asked if "leaflet" in url]
    coordinator.get_by_role("button", name="Pilih di peta").click()
    coordinator.locator(".pin__mark").wait_for()

    assert len([url for url in asked if "leaflet" in url]) == 2
    whole, shown = coordinator.evaluate(WIDTHS)
    assert whole <= shown


def test_the_marker_is_moved_with_the_keyboard_and_the_place_is_posted_there(coordinator, live_server):
    begin(coordinator, 302)
    coordinator.locator("[name=name]").press_sequentially("Sendang Uji Peta")
    coordinator.locator("[name=category]").select_option(index=1)
    coordinator.get_by_role("button", name="Pilih di peta").press("Enter")
    expect(coordinator.locator(".pin__mark")).to_be_focused()

    coordinator.keyboard.press("ArrowUp")
    first = point(coordinator)
    coordinator.keyboard.press("ArrowUp")
    coordinator.keyboard.press("Shift+ArrowRight")

    second = point(coordinator)
    assert second[0] > first[0] and second[1] > first[1]
    expect(coordinator.locator("[data-component=pin] [data-part=status]")).to_contain_text(f"{second[0]:.5f}")
    coordinator.get_by_role("button", name="Kirim ke KIM").click()
    coordinator.wait_for_url(re.compile("/terkirim$"))
    assert listings_called(live_server, "Sendang Uji Peta") == [1]


def test_a_finger_puts_the_marker_where_it_taps(coordinator):
    begin(coordinator, 303)
    coordinator.get_by_role("button", name="Pilih di peta").tap()
    coordinator.locator(".pin__mark").wait_for()
    coordinator.keyboard.press("ArrowUp")
    before = point(coordinator)

    box = coordinator.locator(".pin__map").bounding_box()
    coordinator.locator(".pin__map").tap(position={"x": box["width"] - 40, "y": box["height"] - 60})

    coordinator.wait_for_function(
        "(before) => document.querySelector('[name=longitude]').value > before", arg=str(before[1])
    )
    after = point(coordinator)
    assert after[0] < before[0] and after[1] > before[1]


def test_a_point_that_is_pasted_is_read_at_once_and_kept_with_the_draft(coordinator):
    begin(coordinator, 304)

    coordinator.locator("[name=point]").fill("https://www.google.com/maps/place/X/@-6.85,111.9,17z")

    assert point(coordinator) == (-6.85, 111.9)
    coordinator.locator("[name=name]").fill("Sendang yang disimpan")
    coordinator.wait_for_timeout(300)
    coordinator.reload()
    coordinator.locator("form.post[data-ready]").wait_for()
    assert point(coordinator) == (-6.85, 111.9)


def test_the_place_of_the_phone_is_taken_where_it_is_allowed(new_page, as_coordinator):
    place = {"latitude": -6.8612345, "longitude": 111.8712345}
    page = new_page(**PHONE, **as_coordinator, geolocation=place, permissions=["geolocation"])
    begin(page, 305)

    page.get_by_role("button", name="Pakai lokasi saya").click()

    expect(page.locator("[name=latitude]")).to_have_value("-6.86123")
    expect(page.locator("[name=longitude]")).to_have_value("111.87123")


def test_the_page_works_without_a_script(new_page, as_coordinator):
    page = new_page(**PHONE, **as_coordinator, java_script_enabled=False)
    page.goto(PATH)

    assert page.get_by_role("button", name="Pilih di peta").count() == 0
    assert page.locator("[name=latitude]").is_visible()
