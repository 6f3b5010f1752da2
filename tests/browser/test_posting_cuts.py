"""The network is cut at a random moment of a post and the page closed; opened again it ends with one listing, whole.

Half of the cuts lose a request on its way, half the answer to a request that the server has carried out. The suite tries
a handful of moments; `ALL_CUTS=1 ./test tests/browser/test_posting_cuts.py` tries thirty, which takes minutes.
"""

import os
import random
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from tests.browser.posting import (
    as_file,
    drafts_on,
    fill_in,
    listings_called,
    open_post,
    phone,
    send,
    wait_until_sent,
)

MOMENTS = range(30 if os.environ.get("ALL_CUTS") else 5)
# A post with three photos of two or three pieces each asks the server for this much, and a little more.
MOST_REQUESTS = 26
TALK = "**/jual/{sesi,draf,draf/**,unggahan,unggahan/**}"


class Cut:
    """Lets so many requests of a page through, and none after them; `loses_answer` says which way the last one goes."""

    def __init__(self, page: Page, after: int, loses_answer: bool):
        self.left, self.loses_answer, self.has_come = after, loses_answer, False
        page.route(TALK, self._pass)

    def _pass(self, route: Route) -> None:
        self.left -= 1
        if self.left > 0:
            return route.continue_()
        if not self.has_come and self.loses_answer:
            self.has_come = True
            route.fetch()
        self.has_come = True
        return route.abort()


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_post_that_is_cut_ends_with_one_listing_and_its_three_photos(browser, live_server, as_seller, moment):
    chance = random.Random(moment)
    name = f"Keripik Potongan {moment}"
    with phone(browser, live_server, **as_seller) as context:
        page = context.new_page()
        cut = Cut(page, chance.randint(1, MOST_REQUESTS), loses_answer=moment % 2 == 1)
        post_until(page, name, moment, lambda: cut.has_come)
        # Closed without a word, at whatever it was doing.
        page.wait_for_timeout(chance.randint(0, 400))
        page.close()

        finish(context, name, moment)

        assert listings_called(live_server, name) == [3]


def post_until(page: Page, name: str, moment: int, is_cut: Callable[[], bool]) -> None:
    """Post, and stop wherever the network is gone; a post that comes through before that is finished."""
    open_post(page)
    for part in (
        lambda: choose_missing(page, moment),
        lambda: fill_in(page, name),
        lambda: send(page),
        lambda: wait_for_end(page, is_cut),
    ):
        if is_cut():
            return
        try:
            part()
        except Error:
            assert is_cut()
            return


def wait_for_end(page: Page, is_cut: Callable[[], bool]) -> None:
    """Wait until it has arrived or is cut."""
    while not is_cut() and not page.url.endswith("/terkirim"):
        page.wait_for_timeout(50)


def finish(context: BrowserContext, name: str, moment: int) -> None:
    """Open the queue again, with signal: go on where the post was, and wait until it has arrived."""
    page = context.new_page()
    page.goto("/jual/antrean")
    page.locator("html[data-scripts='ready']").wait_for(state="attached")
    kept = drafts_on(page)
    if any(draft["sent"] for draft in kept):
        return
    if not any(draft["toSend"] for draft in kept):
        page.goto(f"/jual/baru?draf={kept[0]['id']}" if kept else "/jual/baru")
        page.locator("form.post[data-ready]").wait_for()
        if page.get_by_role("button", name="Lanjut isi harga").is_hidden():
            page.go_back()
        choose_missing(page, moment)
        fill_in(page, name)
        send(page)
    wait_until_sent(page)


def choose_missing(page: Page, moment: int) -> None:
    """Choose what is missing of the three photos."""
    tiles = page.locator(".tile")
    photos = [as_file(100 + 3 * moment + number) for number in range(3)]
    page.locator("[data-part=gallery]").set_input_files(photos[tiles.count() :])
    expect(tiles).to_have_count(3)
