"""The pages that the browser opens: one of each kind, on the example data."""

import urllib.request

import pytest
from playwright.sync_api import Browser

from tests.browser.posting import phone, sign_in
from tests.support.browsers import LiveServer
from tests.support.page_faults import parse_page, words_of

VILLAGE = "/desa/35.23.08.2009"
ADDRESSES = {
    "home": "/",
    "regions": "/wilayah",
    "regency": "/wilayah/35.23",
    "district": "/wilayah/35.23.08",
    "village": VILLAGE,
    "village-without-kim": "/desa/35.23.08.2001",
    "kim": "/kim/kedungrejo",
    "products": "/produk",
    "attractions": "/wisata",
    "category": "/kategori/batik-kain",
    "results": "/cari?q=keripik&harga-max=50000",
    "results-in-villages": "/cari?q=tempe&jenis=desa",
    "results-none": "/cari?q=qwxzvbn",
    "selling": "/jual",
    "about": "/tentang",
    "legality": "/tentang/izin",
    "sign-in": "/masuk",
    "offline": "/luring",
    "missing": "/kios-yang-pindah",
}
# Their addresses hold numbers; the village's page says which.
NAMED_BY_THE_VILLAGE = {
    "product": "Batik Gedog Tuban",
    "attraction": "Kampung Batik Gedog Kedungrejo",
    "business": "Batik Contoh Kedungrejo",
}


@pytest.fixture(scope="session")
def as_seller(browser: Browser, live_server: LiveServer) -> dict:
    """How a context begins in which the seller of the examples is signed in: they sign in once for all tests.

    Tests that sign out, or end a sign-in, use one of their own.
    """
    return _as_somebody(browser, live_server, "Penjual")


@pytest.fixture(scope="session")
def as_coordinator(browser: Browser, live_server: LiveServer) -> dict:
    """How a context begins in which the coordinator of the examples is signed in."""
    return _as_somebody(browser, live_server, "Koordinator")


def _as_somebody(browser: Browser, server: LiveServer, whom: str) -> dict:
    with phone(browser, server) as context:
        sign_in(context.new_page(), server, whom)
        return {"storage_state": {"cookies": context.cookies(), "origins": []}}


@pytest.fixture(scope="session")
def addresses(live_server: LiveServer) -> dict[str, str]:
    """The address of one page of each kind."""
    with urllib.request.urlopen(f"{live_server.url}{VILLAGE}") as answer:
        tree, _ = parse_page(answer.read().decode())
    links = {words_of(link): link.get("href") for link in tree.findall(".//a[@href]")}
    return ADDRESSES | {kind: links[words] for kind, words in NAMED_BY_THE_VILLAGE.items()}


@pytest.fixture(params=[*ADDRESSES, *NAMED_BY_THE_VILLAGE])
def address(request: pytest.FixtureRequest, addresses: dict[str, str]) -> str:
    """The address of a page of each kind in turn."""
    return addresses[request.param]
