"""Nobody is kept out: what axe finds, what fits on a small phone, and what the dark looks like."""

import pytest

from tests.support.browsers import DESKTOP, PHONE, list_barriers

MORI_BY_DAY = "rgb(251, 247, 239)"
MORI_BY_NIGHT = "rgb(15, 22, 32)"
GROUND = "() => getComputedStyle(document.body).backgroundColor"
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


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_no_page_keeps_anybody_out_by_day_or_by_night(new_page, device, address):
    page = new_page(**device)
    page.goto(address)
    page.evaluate(LET_THE_BAR_GO)

    assert list_barriers(page) == []

    # The night changes colours and nothing else.
    page.emulate_media(color_scheme="dark")
    page.evaluate(COLOURS_HAVE_ARRIVED)
    assert list_barriers(page, only_colours=True) == []


@pytest.mark.parametrize("kind", ["regency", "district", "product"])
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
