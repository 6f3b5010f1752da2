"""What pages cost: bytes as they travel, of a browser or of one address."""

import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route


class Transfers:
    """Every answer that reaches the page from now on, by its address: bytes with headers, as they were sent."""

    def __init__(self, page: Page):
        self.sizes: dict[str, int] = {}
        self._addresses: dict[str, str] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._begin)
        session.on("Network.loadingFinished", self._finish)
        session.send("Network.enable")

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    def _begin(self, event: dict) -> None:
        self._addresses[event["requestId"]] = event["request"]["url"]

    def _finish(self, event: dict) -> None:
        address = self._addresses[event["requestId"]]
        # What stands in the style sheet itself has come with it.
        if not address.startswith("data:"):
            self.sizes[address] = int(event["encodedDataLength"])


@contextmanager
def nothing_but(page: Page, *ends: str) -> Iterator[None]:
    """Let nothing reach the page meanwhile but addresses that end so: not refused, only never answered."""
    held_back: list[Route] = []
    page.route(lambda address: not address.endswith(ends), lambda route: held_back.append(route))
    yield
    assert held_back, "there was nothing to hold back"
    # Whoever still waits would be told of an error when the page is closed.
    while held_back:
        held_back.pop().continue_()
    page.unroute_all(behavior="ignoreErrors")


def size_in_gzip(address: str) -> int:
    """Return the bytes of what lies at this address, as they are sent to a browser that knows only gzip."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request) as answer:
            return len(answer.read())
    except urllib.error.HTTPError as missing:
        return len(missing.read())
