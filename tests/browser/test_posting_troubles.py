"""What befalls a phone while its owner posts: no signal, two tabs, no room, no sign-in, a wrong clock, a large photo."""

from collections.abc import Iterator
from datetime import datetime

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.posting import (
    TURNED,
    TWELVE_MEGAPIXELS,
    a_picture,
    as_file,
    choose_photos,
    drafts_on,
    fill_in,
    give_password,
    listings_called,
    modules_of,
    open_post,
    phone,
    send,
    wait_until_sent,
)
from tests.support.browsers import LiveServer

LONGEST_SILENCE = 200
HEARTBEAT = """() => {
  window.silence = 0
  let last = performance.now()
  setInterval(() => {
    const now = performance.now()
    window.silence = Math.max(window.silence, now - last)
    last = now
  }, 10)
}"""
KEPT_PHOTO = """async (url) => {
  const { getFile, listDrafts } = await import(url)
  const blob = await getFile((await listDrafts())[0].photos.at(-1).id)
  const { width, height } = await createImageBitmap(blob)
  return { width, height, size: blob.size }
}"""


@pytest.fixture
def seller(browser, live_server: LiveServer, as_seller) -> Iterator[BrowserContext]:
    """A phone on which the seller of the examples is signed in."""
    with phone(browser, live_server, **as_seller) as context:
        yield context


@pytest.fixture
def page(seller) -> Page:
    """The page on which they post."""
    page = seller.new_page()
    open_post(page)
    return page


def test_a_post_finished_without_signal_is_sent_by_itself_when_it_returns(page, live_server):
    page.context.set_offline(True)
    choose_photos(page, 21, 22)
    fill_in(page, "Keripik Tanpa Sinyal")
    send(page)
    expect(page.get_by_role("heading", name="Tersimpan di HP")).to_be_visible()
    assert listings_called(live_server, "Keripik Tanpa Sinyal") == []

    page.context.set_offline(False)

    wait_until_sent(page)
    assert listings_called(live_server, "Keripik Tanpa Sinyal") == [2]


def test_two_tabs_write_one_draft_and_nothing_of_either_is_lost(page, live_server):
    choose_photos(page, 23)
    other = page.context.new_page()
    open_post(other, page.url)
    expect(other.locator(".tile")).to_have_count(1)

    fill_in(page, "Keripik Dua Tab")
    choose_photos(other, 24)
    fill_in(other, "", price="21000")
    other.locator("details.fold summary").click()
    other.locator("[name=brand]").fill("Sanan")

    expect(other.locator("[name=name]")).to_have_value("Keripik Dua Tab")
    expect(page.locator(".tile")).to_have_count(2)
    expect(page.locator("[name=brand]")).to_have_value("Sanan")
    # Both at once: whoever is later finds the listing of the first.
    page.evaluate("document.querySelector('[data-part=send]').click()")
    other.evaluate("document.querySelector('[data-part=send]').click()")
    wait_until_sent(page)
    assert listings_called(live_server, "Keripik Dua Tab") == [2]


def test_a_phone_without_room_says_so_and_sends_from_memory(page, live_server):
    devtools = page.context.new_cdp_session(page)
    devtools.send("Storage.overrideQuotaForOrigin", {"origin": live_server.url, "quotaSize": 1})

    choose_photos(page, 25, 26)
    expect(page.get_by_role("alert")).to_contain_text("Memori HP penuh.")
    fill_in(page, "Keripik Penuh")
    send(page)

    wait_until_sent(page)
    assert listings_called(live_server, "Keripik Penuh") == [2]


def test_whoever_was_signed_out_meanwhile_signs_in_and_it_goes_on(page, live_server):
    choose_photos(page, 27)
    page.context.set_offline(True)
    choose_photos(page, 28)
    fill_in(page, "Keripik Lama Pergi")
    send(page)
    expect(page.get_by_role("heading", name="Tersimpan di HP")).to_be_visible()
    page.context.clear_cookies()

    page.context.set_offline(False)
    page.get_by_role("link", name="Masuk dulu").click()
    give_password(page, live_server)

    wait_until_sent(page)
    assert listings_called(live_server, "Keripik Lama Pergi") == [2]


def test_a_clock_that_is_wrong_and_jumps_does_no_harm(page, live_server):
    page.clock.set_fixed_time(datetime(1999, 1, 1))
    choose_photos(page, 29)
    page.clock.set_fixed_time(datetime(2061, 1, 1))
    choose_photos(page, 30)
    page.clock.set_fixed_time(datetime(1971, 1, 1))
    fill_in(page, "Keripik Salah Jam")
    send(page)

    wait_until_sent(page)
    assert listings_called(live_server, "Keripik Salah Jam") == [2]


def test_a_large_photo_on_a_slow_phone_keeps_the_page_answering_and_comes_out_small_and_upright(page, tmp_path):
    photos = [tmp_path / f"{number}.jpg" for number in range(3)]
    for number, photo in enumerate(photos):
        photo.write_bytes(a_picture(31 + number, TWELVE_MEGAPIXELS, TURNED, patch=40))
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.evaluate(HEARTBEAT)
    silences = []
    for number, photo in enumerate(photos):
        page.evaluate("window.silence = 0")
        page.locator("[data-part=gallery]").set_input_files(photo)
        tile = page.locator(".tile").nth(number)
        expect(tile).not_to_have_attribute("data-state", "shrinking", timeout=20_000)
        silences.append(page.evaluate("window.silence"))

    # Whatever else keeps the machine busy only adds to it.
    assert min(silences) <= LONGEST_SILENCE
    kept = page.evaluate(KEPT_PHOTO, modules_of(page) + "drafts.js")
    assert (kept["width"], kept["height"]) == (1200, 1600)
    assert kept["size"] <= 200_000


def test_what_was_written_and_photographed_is_there_again_after_the_page_was_lost(page):
    choose_photos(page, 34, 35)
    fill_in(page, "Keripik Kembali")
    page.locator("details.fold summary").click()
    page.get_by_label("Diantar").check()
    [draft] = drafts_on(page)
    page.context.new_page()
    page.close()

    again = page.context.pages[-1]
    open_post(again, f"/jual/baru?draf={draft['id']}")

    expect(again.locator("[name=name]")).to_have_value("Keripik Kembali")
    expect(again.locator("[name=price]")).to_have_value("18.000")
    expect(again.get_by_label("Diantar")).to_be_checked()
    again.go_back()
    expect(again.locator(".tile img[src]")).to_have_count(2)


def test_what_is_typed_and_photographed_before_the_scripts_have_come_is_kept(seller):
    page = seller.new_page()
    held: list[Route] = []
    # Also where the worker would give the script at once from what it keeps.
    page.context.new_cdp_session(page).send("Network.setBypassServiceWorker", {"bypass": True})
    page.route("**/components/post.js", lambda route: held.append(route))
    page.goto("/jual/baru", wait_until="domcontentloaded")
    page.locator("[name=name]").fill("Keripik Dini")
    page.locator("[data-part=camera]").set_input_files(as_file(36))
    while not held:
        page.wait_for_timeout(50)

    held[0].continue_()

    expect(page.locator(".tile")).to_have_count(1)
    page.unroute_all(behavior="ignoreErrors")
    page.reload()
    expect(page.locator("[name=name]")).to_have_value("Keripik Dini")


def test_half_of_a_change_to_what_waits_for_signal_is_not_sent_by_itself(page, live_server):
    page.context.set_offline(True)
    choose_photos(page, 37)
    fill_in(page, "Keripik Setengah")
    send(page)
    expect(page.get_by_role("heading", name="Tersimpan di HP")).to_be_visible()
    [draft] = drafts_on(page)
    page.context.set_offline(False)
    page.context.route("**/jual/draf/**", lambda route: route.abort())
    open_post(page, f"/jual/baru?draf={draft['id']}")
    page.locator("[name=price]").fill("2")
    expect(page.get_by_role("alert")).to_contain_text("menunggu sampai Anda tekan")

    page.context.unroute("**/jual/draf/**")
    while drafts_on(page)[0]["mirrored"] < drafts_on(page)[0]["revision"]:
        page.wait_for_timeout(50)

    assert listings_called(live_server, "Keripik Setengah") == []
    page.locator("[name=price]").fill("21000")
    send(page)
    wait_until_sent(page)
    assert listings_called(live_server, "Keripik Setengah") == [1]
