"""How people get around the pages: where a finger lands on the map, what a link to WhatsApp says, which way Tab goes."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page

FARTHEST = 80

_INSIDE = """region => {
  const area = region.firstElementChild
  const box = area.getBoundingClientRect()
  for (let row = 1; row < 10; row++)
    for (let column = 1; column < 10; column++) {
      const [x, y] = [box.x + (box.width * column) / 10, box.y + (box.height * row) / 10]
      if (document.elementFromPoint(x, y) === area) return { x, y }
    }
}"""
# A card has its ring around it, drawn by its link; what one types into has it around the whole box.
_FOCUSED = """() => {
  const one = document.activeElement
  const box = one.getBoundingClientRect()
  const around = one.closest(".find, .price-field, .order") ?? one
  const styles = [getComputedStyle(one), getComputedStyle(one, "::after"), getComputedStyle(around)]
  const drawn = styles.filter((it) => it.outlineStyle !== "none")
  return {
    words: (one.getAttribute("aria-label") ?? one.innerText).trim(),
    ring: Math.max(0, ...drawn.map((it) => parseFloat(it.outlineWidth))),
    isInView: box.bottom > 0 && box.top < innerHeight,
  }
}"""


def region_on_map(page: Page, name: str) -> Locator:
    """Return the kabupaten or kota of this name as it is drawn on the map."""
    return page.locator(f".map a[data-name='{name}']")


def tap_region(page: Page, name: str) -> None:
    """Tap inside the region's own border."""
    point = region_on_map(page, name).evaluate(_INSIDE)
    page.touchscreen.tap(point["x"], point["y"])


def written_message(link: Locator) -> list[str]:
    """Return the lines that stand in WhatsApp when somebody follows the link."""
    address = urlsplit(link.get_attribute("href"))
    assert address.hostname == "wa.me"
    (text,) = parse_qs(address.query, strict_parsing=True)["text"]
    return text.split("\n")


def press_tab(page: Page) -> str:
    """Go on to what the keyboard reaches next and return its words; it must show that it has the focus."""
    page.keyboard.press("Tab")
    focused = page.evaluate(_FOCUSED)
    assert focused["ring"] > 0, f"nothing shows that {focused['words']!r} has the focus"
    assert focused["isInView"], f"{focused['words']!r} has the focus where nobody sees it"
    return focused["words"]


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what begins with these words has the focus."""
    passed = []
    while not passed or not passed[-1].startswith(words):
        assert len(passed) < FARTHEST, f"the keyboard does not reach {words!r}, but {passed}"
        passed.append(press_tab(page))
