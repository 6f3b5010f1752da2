"""Nobody is kept out: what axe finds, what fits on a small phone, and what the dark looks like."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.posting import sign_in
from tests.support.browsers import DESKTOP, PHONE, LiveServer, visit

# Whose pages they are, as the examples call them, and where they lie.
PAGES_OF = {
    "Penjual": (
        "/akun",
        "/akun/sandi",
        "/akun/desa",
        "/akun/perangkat",
        "/akun/kunci",
        "/akun/unduh",
        "/akun/hapus",
        "/jual",
        "/jual/usaha",
        "/jual/baru",
        "/jual/antrean",
    ),
    "Koordinator": ("/jual", "/jual/untuk-penjual", "/jual/wisata/baru", "/jual/persetujuan", "/akun/bantu-masuk"),
}
MORI_BY_DAY = "rgb(251, 247, 239)"
MORI_BY_NIGHT = "rgb(15, 22, 32)"
GROUND = "() => getComputedStyle(document.body).backgroundColor"
VIOLATIONS = """async (options) => {
  const { violations } = await axe.run(options)
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target}: ${node.failureSummary}`))
}"""
COLOURS_HAVE_ARRIVED = "() => Promise.all(document.getAnimations().map((animation) => animation.finished))"
# Wherever one stops, a bar that stays in view covers half of some row, which axe takes for a small row. That every
# row comes clear of it is a test of its own.
LET_THE_BAR_GO = "() => { for (const bar of document.querySelectorAll('.dock, .bar')) bar.style.position = 'static' }"
WORDS_UNDER_THE_BAR = """() => {
  const edge = document.querySelector(".dock, .bar").getBoundingClientRect().top
  const passed = [...document.querySelectorAll("main :is(a, summary, button, input):not([tabindex='-1'])")]
    .filter((one) => one.checkVisibility())
  const covered = passed.filter((one) => {
    one.focus()
    const words = document.createRange()
    words.selectNodeContents(one)
    return words.getBoundingClientRect().bottom > edge
  })
  return [passed.length, covered.map((one) => one.textContent.trim())]
}"""


@pytest.fixture(scope="module", params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def page_with_axe(browser: Browser, live_server: LiveServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """One page for all addresses: the browser reads axe, which is large, once for each device."""
    with visit(browser, live_server, **request.param) as page:
        page.add_init_script(AXE_SCRIPT)
        yield page


def test_no_page_keeps_anybody_out_by_day_or_by_night(page_with_axe, address):
    page_with_axe.emulate_media(color_scheme="light")
    page_with_axe.goto(address)
    page_with_axe.evaluate(LET_THE_BAR_GO)

    assert _list_barriers(page_with_axe) == []

    # The night changes colours and nothing else.
    page_with_axe.emulate_media(color_scheme="dark")
    page_with_axe.evaluate(COLOURS_HAVE_ARRIVED)
    assert _list_barriers(page_with_axe, only_colours=True) == []


@pytest.mark.parametrize("whose", PAGES_OF)
@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_nobody_is_kept_out_of_their_own_pages(new_page, live_server, whose, device):
    page = new_page(**device, color_scheme="light")
    page.add_init_script(AXE_SCRIPT)
    sign_in(page, live_server, whose)
    page.goto("/jual")
    first_listing = page.locator("a[href$='/ubah']").first
    addresses = [*PAGES_OF[whose], *([first_listing.get_attribute("href")] if whose == "Penjual" else [])]
    barriers, widths = {}, {}
    for address in addresses:
        page.goto(address)
        page.evaluate(LET_THE_BAR_GO)
        barriers[address] = _list_barriers(page)
        widths[address] = page.evaluate("document.documentElement.scrollWidth")
        page.emulate_media(color_scheme="dark")
        page.evaluate(COLOURS_HAVE_ARRIVED)
        barriers[address] += _list_barriers(page, only_colours=True)
        page.emulate_media(color_scheme="light")

    assert barriers == {address: [] for address in addresses}
    assert set(widths.values()) == {device["viewport"]["width"]}


def test_neither_the_suggestions_nor_the_sheet_keep_anybody_out(page_with_axe):
    page_with_axe.emulate_media(color_scheme="light")
    page_with_axe.goto("/cari?q=keripik")
    page_with_axe.locator(".find__field").fill("tuban")
    page_with_axe.get_by_role("option").first.wait_for()
    page_with_axe.keyboard.press("ArrowDown")
    assert _list_barriers(page_with_axe) == []

    page_with_axe.keyboard.press("Escape")
    if (opener := page_with_axe.locator("[data-open-filters]")).is_visible():
        opener.tap()
        page_with_axe.evaluate(COLOURS_HAVE_ARRIVED)
        assert _list_barriers(page_with_axe) == []


@pytest.mark.parametrize("kind", ["regency", "district", "product", "results"])
def test_what_has_the_focus_is_never_under_the_bar_of_the_phone(phone_page, addresses, kind):
    phone_page.goto(addresses[kind])

    number, covered = phone_page.evaluate(WORDS_UNDER_THE_BAR)

    assert number > 10
    assert covered == []


def test_no_page_has_to_be_moved_sideways_on_a_small_phone(phone_page, addresses):
    widths = {}
    for kind, address in addresses.items():
        phone_page.goto(address)
        widths[kind] = phone_page.evaluate("document.documentElement.scrollWidth")

    assert widths == dict.fromkeys(addresses, PHONE["viewport"]["width"])


@pytest.mark.parametrize(("scheme", "ground"), [("light", MORI_BY_DAY), ("dark", MORI_BY_NIGHT)])
def test_pages_follow_the_phone_into_the_night(new_page, scheme, ground):
    page = new_page(**PHONE, color_scheme=scheme)
    page.goto("/")

    assert page.evaluate(GROUND) == ground


def _list_barriers(page: Page, *, only_colours: bool = False) -> list[str]:
    """Return what axe finds that keeps people out, the size of what fingers must hit included."""
    options: dict = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
    if only_colours:
        options = {**options, "runOnly": ["color-contrast", "link-in-text-block"]}
    return page.evaluate(VIOLATIONS, options)


def test_nothing_moves_for_those_who_asked_for_stillness(new_page, live_server):
    page = new_page(reduced_motion="reduce", color_scheme="light")
    page.goto(live_server.url)

    page.emulate_media(color_scheme="dark")

    assert page.evaluate("document.getAnimations().length") == 0
