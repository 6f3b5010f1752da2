"""The app gets a new version while it is in use: drafts stay, nobody is interrupted, and little is fetched."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.posting import as_file, drafts_on, open_post, sign_in
from tests.support.browsers import PHONE, LiveServer, visit
from tests.support.renewals import RenewedSite, renewed_site

VERSIONS = "async () => (await caches.keys()).filter((name) => /^files-[0-9a-f]+$/.test(name))"
OWN_PAGES = "async () => (await (await caches.open('own-pages')).keys()).length"
LOOK_FOR_NEWS = "async () => { await (await navigator.serviceWorker.ready).update() }"
PATIENCE_TENTHS = 200


@pytest.fixture
def site(live_server: LiveServer):
    """A marketplace that can be renewed."""
    with renewed_site(live_server) as site:
        yield site


@pytest.fixture
def phone(browser, site: RenewedSite, live_server: LiveServer):
    """A phone with the first version of the app."""
    with visit(browser, LiveServer(site.url, live_server.data_dir), **PHONE) as page:
        page.goto("/tentang")
        wait_for(page, VERSIONS, lambda versions: len(versions) == 1)
        page.evaluate("() => navigator.serviceWorker.ready")
        yield page


def wait_for(page: Page, script: str, is_right):
    """Return what the script says as soon as it is right."""
    for _ in range(PATIENCE_TENTHS):
        said = page.evaluate(script)
        if is_right(said):
            return said
        page.wait_for_timeout(100)
    raise AssertionError(f"still {said}")


def is_new(versions: list[str]) -> bool:
    return len(versions) == 1 and versions[0].startswith("files-aaaa")


def test_a_draft_that_waits_outlives_a_new_version(phone, site, live_server):
    sign_in(phone, live_server)
    wait_for(phone, OWN_PAGES, lambda count: count >= 4)
    open_post(phone)
    phone.locator("[data-part=gallery]").set_input_files([as_file(91)])
    phone.locator(".tile").wait_for()
    [before] = drafts_on(phone)

    site.renew()
    phone.evaluate(LOOK_FOR_NEWS)

    # Beside a post the new version waits until the person says so.
    offer = phone.get_by_role("button", name="Muat ulang")
    expect(offer).to_be_visible()
    wait_for(phone, VERSIONS, lambda versions: len(versions) == 2)
    phone.goto(phone.url)
    expect(offer).to_be_visible()
    assert len(phone.evaluate(VERSIONS)) == 2
    with phone.expect_navigation():
        offer.click()
    wait_for(phone, VERSIONS, is_new)
    expect(phone.locator(".tile")).to_have_count(1)
    [after] = drafts_on(phone)
    assert (after["id"], after["photos"][0]["id"]) == (before["id"], before["photos"][0]["id"])

    phone.context.set_offline(True)
    open_post(phone)
    phone.goto("/privasi")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Versi kedua")


def test_a_new_version_takes_over_by_itself_when_nobody_posts(phone, site):
    site.renew()
    phone.evaluate(LOOK_FOR_NEWS)
    wait_for(phone, VERSIONS, lambda versions: len(versions) == 2 and "/luring" in site.asked)

    phone.goto("/cara-pesan")

    wait_for(phone, VERSIONS, is_new)
    expect(phone.get_by_role("button", name="Muat ulang")).to_be_hidden()


def test_a_new_version_fetches_only_what_changed(phone, site):
    site.renew()
    phone.evaluate(LOOK_FOR_NEWS)
    # The page without signal is fetched last, when all files are there.
    wait_for(phone, VERSIONS, lambda versions: len(versions) == 2 and "/luring" in site.asked)

    assert "/sw.js" in site.asked
    assert not [path for path in site.asked if path.startswith("/static/") and "/offline/" not in path]
