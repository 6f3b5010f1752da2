"""Somebody looks for something: with a thumb, with the keyboard alone, without script, on a line that stumbles."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.support.browsers import DESKTOP, PHONE

SUGGESTIONS = "**/cari/saran?**"
IN_TUBAN = {"latitude": -6.8956, "longitude": 112.0498}


def field_of(page: Page):
    return page.locator(".find__field")


def options_of(page: Page):
    return page.get_by_role("option")


def marked(page: Page) -> str | None:
    """Return the words of the suggestion that the field says is the active one."""
    return page.evaluate(
        "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.innerText"
    )


def type_and_wait(page: Page, words: str) -> None:
    field_of(page).press_sequentially(words)
    expect(options_of(page).first).to_be_visible()


def type_slowly_and_change(page: Page, held_back: list[Route], words: str, other_words: str) -> None:
    """Type words, wait until they are asked about, and type others instead."""
    field_of(page).press_sequentially(words)
    while not held_back:
        page.wait_for_timeout(50)
    field_of(page).fill(other_words)


def test_a_thumb_takes_a_suggestion(phone_page):
    phone_page.goto("/")
    field_of(phone_page).tap()
    type_and_wait(phone_page, "kerip")

    options_of(phone_page).filter(has_text=re.compile("^keripik$")).tap()

    expect(phone_page).to_have_url(re.compile(r"/cari\?q=keripik$"))
    expect(phone_page.locator("h1")).to_contain_text("keripik")


def test_the_keyboard_goes_through_the_suggestions_and_leaves_them(desktop_page):
    desktop_page.goto("/produk")
    field = field_of(desktop_page)
    type_and_wait(desktop_page, "tuban")
    words = options_of(desktop_page).all_inner_texts()
    assert 2 < len(words) <= 8
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(desktop_page.get_by_role("status").filter(has_text="saran")).to_contain_text(f"{len(words)} saran")
    assert marked(desktop_page) is None

    for key, index in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", -1),
        ("Home", 0),
        ("ArrowUp", None),
        ("ArrowUp", -1),
    ):
        desktop_page.keyboard.press(key)
        assert marked(desktop_page) == (None if index is None else words[index]), key

    desktop_page.keyboard.press("Escape")
    expect(options_of(desktop_page).first).to_be_hidden()
    expect(field).to_have_value("tuban")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-expanded", "false")

    # What was typed is what is searched for, unless a suggestion was chosen.
    desktop_page.keyboard.press("Enter")
    expect(desktop_page).to_have_url(re.compile(r"/cari\?q=tuban$"))


def test_enter_opens_the_suggestion_that_is_marked(desktop_page):
    desktop_page.goto("/produk")
    type_and_wait(desktop_page, "tuban")
    desktop_page.keyboard.press("ArrowDown")
    assert marked(desktop_page).startswith("Kabupaten Tuban")

    desktop_page.keyboard.press("Enter")

    expect(desktop_page.locator("h1")).to_have_text("Kabupaten Tuban")


def test_home_and_end_move_in_the_words_while_nothing_is_marked(desktop_page):
    desktop_page.goto("/produk")
    type_and_wait(desktop_page, "tuba")

    desktop_page.keyboard.press("Home")
    desktop_page.keyboard.type("di ")

    expect(field_of(desktop_page)).to_have_value("di tuba")


def test_a_late_answer_never_overwrites_a_newer_one(desktop_page):
    late: list[Route] = []
    desktop_page.goto("/produk")
    desktop_page.route(
        SUGGESTIONS, lambda route: late.append(route) if "bat" in route.request.url else route.continue_()
    )
    type_slowly_and_change(desktop_page, late, "bat", "kop")
    expect(options_of(desktop_page).first).to_have_text("kopi")

    late[0].continue_()
    desktop_page.wait_for_timeout(200)

    expect(options_of(desktop_page).first).to_have_text("kopi")


def test_nobody_is_asked_before_two_letters_nor_with_each_key(desktop_page):
    asked: list[str] = []
    desktop_page.goto("/produk")
    desktop_page.on("request", lambda request: asked.append(request.url) if "/saran" in request.url else None)

    field_of(desktop_page).press_sequentially("k")
    desktop_page.wait_for_timeout(300)
    assert asked == []

    type_and_wait(desktop_page, "eripik tempe")
    assert [address.partition("q=")[2] for address in asked] == ["keripik%20tempe"]


def test_where_no_suggestion_comes_the_search_still_works(desktop_page):
    desktop_page.goto("/produk")
    desktop_page.route(SUGGESTIONS, lambda route: route.fulfill(status=200, body="<html>masuk wifi</html>"))
    field_of(desktop_page).press_sequentially("keripik")
    desktop_page.wait_for_timeout(400)
    expect(options_of(desktop_page)).to_have_count(0)

    desktop_page.keyboard.press("Enter")

    expect(desktop_page).to_have_url(re.compile(r"/cari\?q=keripik$"))


def test_a_thumb_narrows_the_results_in_the_sheet(phone_page):
    phone_page.goto("/cari?q=keripik")
    opener = phone_page.get_by_role("link", name="Saring", exact=True)
    sheet = phone_page.get_by_role("dialog", name="Saring hasil")
    opener.tap()
    expect(sheet).to_be_visible()
    expect(sheet.get_by_role("button", name="Tampilkan")).to_have_text(re.compile(r"Tampilkan \d+ hasil"))

    sheet.get_by_label("Produk").check()
    sheet.get_by_role("link", name="Sampai 25 rb").tap()
    expect(sheet.get_by_label("Harga sampai")).to_have_value("25000")
    expect(sheet).to_be_visible()
    # How many are left is said when it is known.
    sheet.get_by_role("button", name="Tampilkan hasil").tap()

    expect(phone_page).to_have_url(re.compile(r"/cari\?q=keripik&jenis=produk&harga-max=25000$"))
    expect(phone_page.get_by_role("link", name="Saring 1")).to_be_visible()
    phone_page.get_by_role("link", name="Hapus saringan Sampai Rp25.000").tap()
    expect(phone_page).to_have_url(re.compile(r"/cari\?q=keripik&jenis=produk$"))


@pytest.mark.parametrize("way", ["Escape", "x", "scrim"])
def test_the_sheet_closes_and_gives_the_focus_back(phone_page, way):
    phone_page.goto("/cari?q=keripik")
    opener = phone_page.get_by_role("link", name="Saring", exact=True)
    sheet = phone_page.get_by_role("dialog")
    opener.tap()
    expect(sheet).to_be_visible()

    if way == "Escape":
        phone_page.keyboard.press("Escape")
    elif way == "x":
        sheet.get_by_role("link", name="Tutup saringan").tap()
    else:
        phone_page.touchscreen.tap(180, 20)

    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    opener.tap()
    expect(sheet).to_be_visible()


def test_on_a_wide_screen_every_choice_is_shown_at_once(desktop_page):
    desktop_page.goto("/cari?q=keripik")
    tuban = desktop_page.get_by_role("group", name="Kabupaten/kota").locator("label").first
    name = tuban.locator(".option__label").text_content()

    tuban.click()

    expect(desktop_page).to_have_url(re.compile(r"/cari\?q=keripik&kabupaten=35\.\d\d$"))
    expect(desktop_page.get_by_role("checkbox", name=name)).to_be_checked()
    expect(desktop_page.get_by_role("group", name="Kecamatan")).to_be_visible()

    desktop_page.get_by_role("group", name="Kecamatan").get_by_role("checkbox").first.check()
    expect(desktop_page).to_have_url(re.compile("kecamatan="))
    # A kecamatan goes with its kabupaten.
    desktop_page.get_by_role("checkbox", name=name).uncheck()
    expect(desktop_page).to_have_url(re.compile(r"/cari\?q=keripik$"))


def test_a_price_band_is_sent_when_both_ends_are_written(desktop_page):
    desktop_page.goto("/cari?q=keripik")

    desktop_page.get_by_label("Harga dari").fill("15rb")
    desktop_page.keyboard.press("Tab")
    desktop_page.keyboard.type("10.000")
    desktop_page.keyboard.press("Enter")

    expect(desktop_page).to_have_url(re.compile(r"harga-min=15rb&harga-max=10.000$"))
    expect(desktop_page.get_by_label("Harga dari")).to_have_value("10.000")
    desktop_page.get_by_label("Harga sampai").fill("")
    desktop_page.keyboard.press("Tab")
    expect(desktop_page).to_have_url(re.compile(r"q=keripik&harga-min=10.000$"))


def test_the_order_is_sent_as_soon_as_it_is_chosen(phone_page):
    phone_page.goto("/cari?q=keripik")

    phone_page.get_by_label("Urutkan").select_option("Termurah")

    expect(phone_page).to_have_url(re.compile(r"/cari\?q=keripik&urut=termurah$"))


def test_the_keyboard_is_still_at_the_order_after_it_was_changed(desktop_page):
    desktop_page.goto("/cari?q=keripik")
    desktop_page.get_by_label("Urutkan").focus()

    desktop_page.keyboard.press("ArrowDown")

    expect(desktop_page).to_have_url(re.compile(r"/cari\?q=keripik&urut=terbaru$"))
    expect(desktop_page.get_by_label("Urutkan")).to_be_focused()


def test_many_conditions_slide_in_their_row_and_not_the_page(phone_page):
    phone_page.goto("/cari?q=keripik&kabupaten=35.07&kabupaten=35.73&harga-max=50000&izin=pirt&izin=halal")

    expect(phone_page.locator(".chip--active")).to_have_count(5)
    assert phone_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_word_without_end_is_broken_into_lines(phone_page):
    phone_page.goto("/cari?q=" + "qwzxv" * 30)

    expect(phone_page.locator("h1")).to_have_text("Belum ada yang cocok")
    assert phone_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_open_tab_is_in_sight(new_page):
    page = new_page(**{**PHONE, "viewport": {"width": 320, "height": 640}})
    page.goto("/cari?jenis=desa")

    expect(page.get_by_role("link", name=re.compile(r"^Desa \d"))).to_be_in_viewport(ratio=1)


def test_the_position_is_asked_for_only_when_nearness_is_chosen(new_page):
    page = new_page(**PHONE, permissions=["geolocation"], geolocation=IN_TUBAN)
    page.goto("/cari?q=batik")

    page.get_by_label("Urutkan").select_option("Terdekat")

    expect(page).to_have_url(re.compile(r"\?q=batik&lat=-6\.90&lng=112\.05&urut=terdekat$"))
    expect(page.locator(".card__place").first).to_contain_text("km")
    page.get_by_label("Urutkan").select_option("Paling cocok")
    expect(page).to_have_url(re.compile(r"/cari\?q=batik$"))


def test_who_keeps_their_position_to_themselves_is_told_what_else_to_do(new_page):
    page = new_page(**PHONE, permissions=[])
    page.goto("/cari?q=batik")

    page.get_by_label("Urutkan").select_option("Terdekat")

    expect(page.get_by_role("status").filter(has_text="Posisi HP Anda tidak terbaca")).to_be_visible()
    expect(page.get_by_label("Urutkan")).to_have_value("")


def test_more_results_come_below_and_the_way_back_leads_to_where_one_was(phone_page):
    phone_page.goto("/cari?jenis=produk")
    cards = phone_page.locator(".card")
    expect(cards).to_have_count(24)

    phone_page.get_by_role("link", name="Muat lebih banyak").tap()
    expect(cards).to_have_count(48)
    expect(phone_page.locator(".pages__shown")).to_contain_text("Menampilkan 48 dari")
    expect(phone_page).to_have_url(re.compile(r"/cari\?jenis=produk&hal=2$"))
    expect(cards.nth(24).get_by_role("link")).to_be_focused()

    name = cards.nth(30).locator(".card__name").text_content()
    cards.nth(30).get_by_role("link").tap()
    expect(phone_page.locator("h1")).to_have_text(name)
    phone_page.go_back()
    expect(phone_page.get_by_role("link", name=name, exact=True).first).to_be_visible()


def test_when_something_else_comes_instead_of_more_the_link_leads_there(phone_page):
    phone_page.goto("/cari?jenis=produk")
    # As networks do that want one to sign in first.
    phone_page.route(
        "**/cari?*hal=2",
        lambda route: (
            route.fulfill(body="<h1>Wifi</h1>") if route.request.resource_type == "fetch" else route.continue_()
        ),
    )

    phone_page.get_by_role("link", name="Muat lebih banyak").tap()

    expect(phone_page.locator(".pages__shown")).to_contain_text("Menampilkan 25–48 dari")


@pytest.mark.parametrize("device", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_without_script_one_searches_narrows_and_sorts_with_buttons(new_page, device):
    page = new_page(**device, java_script_enabled=False)
    page.goto("/")
    field_of(page).fill("keripik")
    page.get_by_role("button", name="Cari").click()
    expect(page.locator("h1")).to_contain_text("keripik")

    if device is PHONE:
        page.get_by_role("link", name="Saring", exact=True).click()
    page.get_by_role("radio", name="Produk").check()
    page.get_by_label("Harga sampai").fill("25.000")
    page.get_by_role("button", name="Tampilkan").click()
    expect(page).to_have_url(re.compile(r"jenis=produk.*harga-max=25\.000"))
    expect(page.get_by_role("link", name="Hapus saringan Sampai Rp25.000")).to_be_visible()

    page.get_by_label("Urutkan").select_option("Termahal")
    page.get_by_role("button", name="Urutkan").click()
    expect(page).to_have_url(re.compile("urut=termahal"))
    expect(page.get_by_role("link", name="Hapus saringan Sampai Rp25.000")).to_be_visible()
    assert page.get_by_label("Urutkan").locator("option", has_text="Terdekat").count() == 0


def test_who_types_before_the_script_is_there_is_suggested_to_when_it_comes(phone_page):
    late: list[Route] = []
    phone_page.route("**/suggest*.js", lambda route: late.append(route))
    phone_page.goto("/", wait_until="commit")
    field_of(phone_page).press_sequentially("kerip")

    while not late:
        phone_page.wait_for_timeout(20)
    late[0].continue_()

    expect(options_of(phone_page).first).to_be_visible()
