"""A phone that several people use: what one leaves behind is neither read by the next nor sent in their name."""

import sqlite3
import threading
from contextlib import closing

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.posting import give_password, modules_of, phone, sign_in
from tests.support.browsers import PHONE, LiveServer, visit
from tests.support.renewals import renewed_site

OWN_PAGES = """async () => {
  const requests = await (await caches.open("own-pages")).keys()
  return requests.map(({ url }) => new URL(url).pathname)
}"""
WORKER = "() => navigator.serviceWorker.ready.then(() => true)"
BREAK_THE_STORE = """() => {
  const fail = () => Promise.reject(new DOMException("The store is broken.", "UnknownError"))
  CacheStorage.prototype.open = CacheStorage.prototype.match = CacheStorage.prototype.delete = fail
}"""
FINISHED_DRAFT = """async ([url, person, name]) => {
  const { createDraft } = await import(`${url}drafts.js`)
  return (await createDraft({ person, fields: { name }, toSend: true })).id
}"""
SEND = """([url]) => {
  window.sent = import(`${url}sender.js`).then(({ sendWaiting }) => sendWaiting()).then(() => "all", ({ name }) => name)
}"""


@pytest.fixture
def slow_site(live_server: LiveServer):
    """A marketplace whose queue, fetched ahead, arrives only when `arrives` is set; `asked` tells that it was asked for."""
    with renewed_site(live_server) as site:
        site.arrives, site.was_asked = threading.Event(), threading.Event()

        def hold(path: str, text: bytes) -> bytes:
            if path == "/jual/antrean" and b"data-person" in text:
                site.was_asked.set()
                site.arrives.wait(30)
            return text

        site.changed = hold
        yield site
        site.arrives.set()


def test_who_leaves_while_their_pages_are_being_fetched_leaves_none_behind(browser, slow_site, live_server):
    with visit(browser, LiveServer(slow_site.url, live_server.data_dir), **PHONE) as page:
        page.goto("/tentang")
        page.evaluate(WORKER)
        sign_in(page, live_server, then="/akun")
        assert slow_site.was_asked.wait(30)
        page.get_by_role("button", name="Keluar", exact=True).click()
        expect(page.get_by_text("Anda sudah keluar.")).to_be_visible()

        slow_site.arrives.set()

        page.wait_for_timeout(2_000)
        assert page.evaluate(OWN_PAGES) == []


def test_the_way_back_shows_nobody_the_account_of_who_has_left(new_page, live_server):
    page = new_page(**PHONE)
    sign_in(page, live_server, then="/akun")
    page.goto("/jual/antrean")
    page.goto("/akun")
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(page.get_by_text("Anda sudah keluar.")).to_be_visible()

    for _ in range(2):
        page.go_back()

        page.wait_for_timeout(500)
        expect(page.locator("html[data-person]")).to_have_count(0)


def test_who_leaves_without_signal_is_told_so_and_nothing_is_sent_later_by_itself(new_page, live_server):
    page = new_page(**PHONE)
    page.goto("/tentang")
    page.evaluate(WORKER)
    sign_in(page, live_server, then="/akun")
    page.context.set_offline(True)
    page.get_by_role("button", name="Keluar", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sedang tanpa sinyal")
    page.wait_for_url("**/luring")

    page.context.set_offline(False)
    page.wait_for_timeout(3_000)

    page.goto("/akun")
    expect(page.locator("html[data-person]")).to_be_attached()


def test_a_page_that_alone_cannot_be_had_is_tried_ever_more_seldom(browser, live_server):
    with phone(browser, live_server) as context:
        page = context.new_page()
        page.goto("/tentang")
        page.evaluate(WORKER)
        page.goto("/cara-jual")
        tries: list[str] = []
        context.route("**/privasi", lambda route: tries.append(route.request.url) or route.abort())

        page.goto("/privasi")
        page.wait_for_timeout(10_000)

    # The first, and after one, two and four seconds.
    assert 2 <= len(tries) <= 4


def test_a_store_that_is_broken_keeps_nobody_from_the_site(browser, live_server):
    with visit(browser, live_server, **PHONE) as page:
        page.goto("/tentang")
        page.evaluate(WORKER)
        page.goto("/cara-jual")
        [worker] = page.context.service_workers
        worker.evaluate(BREAK_THE_STORE)

        page.goto("/cara-pesan")
        expect(page.get_by_role("heading", level=1)).to_have_text("Cara pesan")
        page.goto("/masuk?next=/jual")
        give_password(page, live_server)
        page.wait_for_url("**/jual")
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Sedang tanpa sinyal")
        page.goto("/akun")
        page.get_by_role("button", name="Keluar", exact=True).click()
        expect(page.get_by_text("Anda sudah keluar.")).to_be_visible()


def test_what_is_on_its_way_while_another_person_signs_in_is_not_sent_in_their_name(browser, live_server):
    with phone(browser, live_server) as context:
        draft_id = send_while_another_signs_in(context, live_server)

    connection = sqlite3.connect(f"file:{live_server.data_dir / 'pasar-kim.sqlite3'}?mode=ro", uri=True)
    with closing(connection):
        assert connection.execute("SELECT id FROM drafts WHERE id = ?", [draft_id]).fetchall() == []


def send_while_another_signs_in(context: BrowserContext, live_server: LiveServer) -> str:
    """Hold the first request that writes until somebody else has signed in; return the id of the draft."""
    page = context.new_page()
    sign_in(page, live_server, then="/tentang")
    person = page.locator("html").get_attribute("data-person")
    held: list[Route] = []
    page.route("**/jual/draf/*", lambda route: held.append(route))
    folder = modules_of(page)
    draft_id = page.evaluate(FINISHED_DRAFT, [folder, person, "Keripik Sebelumnya"])
    page.evaluate(SEND, [folder])
    while not held:
        page.wait_for_timeout(50)

    change_person(context, live_server)
    held[0].continue_()

    page.evaluate("window.sent")
    return draft_id


def change_person(context: BrowserContext, server: LiveServer) -> None:
    """Sign out in another tab, and let the coordinator sign in there."""
    other: Page = context.new_page()
    other.goto("/akun")
    other.locator("html[data-scripts='ready']").wait_for(state="attached")
    other.get_by_role("button", name="Keluar", exact=True).click()
    other.get_by_role("button", name="Tetap keluar").click()
    expect(other.get_by_text("Anda sudah keluar.")).to_be_visible()
    sign_in(other, server, "Koordinator", then="/tentang")
