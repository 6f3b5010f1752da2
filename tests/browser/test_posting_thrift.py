"""Posting costs a weak phone no more than it must: neither data, nor work, nor a turn that a sleeping tab keeps."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.posting import (
    TWELVE_MEGAPIXELS,
    a_picture,
    as_file,
    choose_photos,
    drafts_on,
    fill_in,
    listings_called,
    modules_of,
    open_post,
    phone,
    send,
    wait_until_sent,
)
from tests.support.browsers import LiveServer

COUNT_WORK = """() => {
  window.shrunk = 0
  const { postMessage } = Worker.prototype
  Worker.prototype.postMessage = function (photo) {
    window.shrunk += 1
    return postMessage.call(this, photo)
  }
}"""
NO_CANVAS_BESIDE_THE_PAGE = "delete window.OffscreenCanvas"
KEEP_THE_TURN = "() => void navigator.locks.request('pasar-kim-kirim', () => new Promise(() => {}))"
LONGER_THAN_A_TURN = 80_000
SEND_FROM_A_WORKER = """(url) => new Promise((resolve) => {
  new Worker(url, { type: "module" }).onmessage = ({ data }) => resolve(data)
})"""
WORKER = """import { sendWaiting } from "./sender.js"
sendWaiting().then(() => postMessage("done"), ({ name }) => postMessage(name))"""


@pytest.fixture
def seller(browser, live_server: LiveServer, as_seller) -> Iterator[BrowserContext]:
    """A phone on which the seller of the examples is signed in."""
    with phone(browser, live_server, **as_seller) as context:
        yield context


def test_proposals_are_asked_for_when_the_name_rests_and_not_with_each_letter(seller):
    page = seller.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/jual/petunjuk" in request.url else None)
    open_post(page)
    choose_photos(page, 61)
    page.get_by_role("button", name="Lanjut isi harga").click()

    page.locator("[name=name]").press_sequentially("Keripik Tempe Sanan", delay=100)
    expect(page.get_by_role("group", name="Kategori, dipilihkan dari namanya")).to_be_visible()

    # On a busy machine a letter may come late.
    assert len(asked) <= 3


def test_a_category_that_was_chosen_in_one_tab_is_not_proposed_away_in_another(seller):
    page = seller.new_page()
    open_post(page)
    choose_photos(page, 62)
    other = seller.new_page()
    open_post(other, page.url)
    fill_in(page, "Keripik Tempe")
    expect(other.locator("[name=name]")).to_have_value("Keripik Tempe")
    page.get_by_role("button", name="Lainnya…").click()
    page.locator("select[name=category]").select_option("batik-tekstil")
    expect(other.locator("[name=category]")).to_have_value("batik-tekstil")

    page.locator("[name=name]").fill("Keripik Tempe Sagu")
    expect(other.locator("[name=name]")).to_have_value("Keripik Tempe Sagu")
    # It asks once the name rests, and would fill in what it is told.
    other.wait_for_timeout(2_000)

    assert drafts_on(page)[0]["fields"]["category"] == "batik-tekstil"


def test_each_large_photo_is_made_small_once_also_while_the_first_ones_travel(seller):
    page = seller.new_page()
    open_post(page)
    page.evaluate(COUNT_WORK)
    photos = [as_file(number, a_picture(number, TWELVE_MEGAPIXELS, patch=40)) for number in range(63, 67)]

    page.locator("[data-part=gallery]").set_input_files(photos)

    expect(page.locator(".tile[data-state=arrived]")).to_have_count(4, timeout=60_000)
    assert page.evaluate("window.shrunk") == 4


def test_a_phone_that_cannot_draw_beside_the_page_sends_small_photos_all_the_same(seller):
    page = seller.new_page()
    page.add_init_script(NO_CANVAS_BESIDE_THE_PAGE)
    open_post(page)

    page.locator("[data-part=gallery]").set_input_files(as_file(67, a_picture(67, TWELVE_MEGAPIXELS, patch=40)))

    expect(page.locator(".tile[data-state=arrived]")).to_have_count(1, timeout=60_000)
    assert drafts_on(page)[0]["photos"][0]["size"] <= 200_000


def test_a_tab_that_sleeps_in_the_middle_of_sending_does_not_hold_up_the_others(seller, live_server):
    asleep = seller.new_page()
    open_post(asleep)
    asleep.evaluate(KEEP_THE_TURN)
    page = seller.new_page()
    page.clock.install()
    open_post(page)
    choose_photos(page, 68)
    fill_in(page, "Keripik Giliran")
    send(page)
    expect(page.get_by_role("heading", name="Sedang dikirim…")).to_be_visible()

    page.clock.fast_forward(LONGER_THAN_A_TURN)

    wait_until_sent(page)
    assert listings_called(live_server, "Keripik Giliran") == [1]


def test_a_worker_that_finds_a_page_sending_asks_to_be_woken_again(seller):
    """The page may be closed before the end: the browser wakes whoever has refused once more."""
    page = seller.new_page()
    open_post(page)
    page.evaluate(KEEP_THE_TURN)
    script = modules_of(page) + "of-a-test.js"
    seller.route(script, lambda route: answer_with_worker(route))

    assert page.evaluate(SEND_FROM_A_WORKER, script) == "Error"


def answer_with_worker(route: Route) -> None:
    route.fulfill(content_type="text/javascript", body=WORKER)


def test_a_deletion_of_what_is_left_alone_reaches_the_other_phones(seller, browser, live_server, as_seller):
    page = seller.new_page()
    open_post(page)
    choose_photos(page, 69)
    fill_in(page, "Keripik Dihapus Jauh")
    expect(page.locator(".tile[data-state=arrived]")).to_have_count(1)
    page.goto("/jual/antrean")
    row = row_of(page, "Keripik Dihapus Jauh")
    while any(draft["mirrored"] < draft["revision"] for draft in drafts_on(page)):
        page.wait_for_timeout(50)
    page.context.set_offline(True)
    row.get_by_role("button", name="Kirim ke KIM").click()
    row.get_by_role("button", name="Kirim nanti saja").click()
    row.get_by_role("button", name="Hapus").click()
    expect(page.locator("[data-part=trashed]")).to_contain_text("Keripik Dihapus Jauh")
    page.context.set_offline(False)
    while not drafts_on(page)[0].get("isTrashedThere"):
        page.wait_for_timeout(50)

    with phone(browser, live_server, **as_seller) as other:
        elsewhere = other.new_page()
        elsewhere.goto("/jual/antrean")
        elsewhere.wait_for_timeout(1_000)
        expect(row_of(elsewhere, "Keripik Dihapus Jauh")).to_have_count(0)


def row_of(page: Page, name: str):
    return page.locator(".queue__row", has_text=name)
