"""Pages stay light for a weak signal and prepaid data, are readable early, and do not jump."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.transfers import Transfers, nothing_but, size_in_gzip
from tests.support.browsers import slow_down

KILOBYTE = 1000
MOST_HTML = 15 * KILOBYTE
MOST_CSS = 14 * KILOBYTE
MOST_JS = 12 * KILOBYTE
MOST_IN_FIRST_VIEW_OF_A_LIST = 200 * KILOBYTE
SLOW_3G = 400
FAIR_3G = 1600
# Two and a half seconds of slow 3G, less one for the way there and back.
MOST_UNTIL_READABLE = int(1.5 * SLOW_3G * 1000 / 8)
MOST_SHIFT = 0.05

STYLES = "() => [...document.querySelectorAll('link[rel=stylesheet]')].map((link) => link.href)"
SCRIPTS = "() => performance.getEntriesByType('resource').map((it) => it.name).filter((name) => name.endsWith('.js'))"
# The first module and one for each kind of component.
SCRIPTS_HAVE_COME = """() => {
  const components = new Set([...document.querySelectorAll("[data-component]")].map((it) => it.dataset.component))
  const scripts = performance.getEntriesByType("resource").filter((it) => it.name.endsWith(".js"))
  return scripts.length > components.size
}"""
VISIBLE_PHOTOS = """() => [...document.images].filter((photo) => {
  const box = photo.getBoundingClientRect()
  return box.top < innerHeight && box.bottom > 0 && box.left < innerWidth && box.right > 0
}).map((photo) => photo.currentSrc)"""
PHOTOS_WITHOUT_PICTURE = "() => [...document.images].filter((photo) => !photo.naturalWidth).length"
PAINTED = "() => performance.getEntriesByName('first-contentful-paint').length > 0"
SUM_UP_SHIFTS = """
window.shift = 0
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value
}).observe({ type: "layout-shift", buffered: true })
"""


def test_every_page_keeps_its_budget(phone_page, addresses):
    too_heavy = {}
    for kind, address in addresses.items():
        phone_page.goto(address)
        phone_page.wait_for_function(SCRIPTS_HAVE_COME)
        html = size_in_gzip(phone_page.url)
        css = sum(map(size_in_gzip, phone_page.evaluate(STYLES)))
        js = sum(map(size_in_gzip, phone_page.evaluate(SCRIPTS)))
        if html > MOST_HTML or css > MOST_CSS or js > MOST_JS:
            too_heavy[kind] = (html, css, js)

    assert too_heavy == {}


@pytest.mark.parametrize("kind", ["products", "attractions", "category", "results"])
def test_the_first_view_of_a_list_costs_little_on_a_phone(phone_page, addresses, kind):
    transfers = Transfers(phone_page)
    phone_page.goto(addresses[kind], wait_until="networkidle")

    visible = phone_page.evaluate(VISIBLE_PHOTOS)
    assert len(visible) > 1
    first_view = {one: size for one, size in transfers.sizes.items() if "/foto/" not in one or one in visible}
    assert sum(first_view.values()) <= MOST_IN_FIRST_VIEW_OF_A_LIST, first_view


def test_photos_far_below_wait_until_somebody_comes_near(phone_page, addresses):
    phone_page.goto(addresses["products"], wait_until="networkidle")
    assert phone_page.evaluate(PHOTOS_WITHOUT_PICTURE) > 0

    _scroll_to_the_end(phone_page)

    phone_page.wait_for_function(f"({PHOTOS_WITHOUT_PICTURE})() === 0")


@pytest.mark.parametrize("kind", ["home", "regency", "products", "results", "village", "product"])
def test_words_are_read_on_slow_3g_before_font_script_and_photos_come(phone_page, addresses, kind):
    transfers = Transfers(phone_page)
    slow_down(phone_page, SLOW_3G)

    with nothing_but(phone_page, addresses[kind], ".css"):
        phone_page.goto(addresses[kind], wait_until="commit")
        expect(phone_page.locator("h1")).to_be_visible()
        phone_page.wait_for_function(PAINTED)
        assert len(transfers.sizes) == 2
        assert transfers.total <= MOST_UNTIL_READABLE


@pytest.mark.parametrize("kind", ["home", "results", "product"])
def test_nothing_jumps_while_font_and_photos_come_in(phone_page, addresses, kind):
    phone_page.add_init_script(SUM_UP_SHIFTS)
    slow_down(phone_page, FAIR_3G)

    phone_page.goto(addresses[kind])
    _scroll_to_the_end(phone_page)
    phone_page.wait_for_load_state("networkidle")

    assert phone_page.evaluate("document.fonts.check('16px \"Plus Jakarta Sans\"')")
    assert phone_page.evaluate("window.shift") < MOST_SHIFT


def _scroll_to_the_end(page: Page) -> None:
    end = page.evaluate("document.documentElement.scrollHeight")
    for top in range(0, end, 700):
        page.evaluate("(top) => new Promise((done) => { scrollTo(0, top); requestAnimationFrame(done) })", top)
