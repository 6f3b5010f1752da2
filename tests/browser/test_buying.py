"""A buyer goes from the map to an order: with a thumb, without script, with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.walking import press_tab, region_on_map, tab_to, tap_region, written_message
from tests.support.browsers import PHONE

CITIES = ("Kota Batu", "Kota Blitar", "Kota Kediri", "Kota Madiun", "Kota Malang", "Kota Mojokerto", "Kota Pasuruan")
BESIDE = """region => {
  const box = region.firstElementChild.getBoundingClientRect()
  return { x: box.right + 3, y: box.y + box.height / 2 }
}"""


def test_a_buyer_with_a_phone_goes_from_the_map_to_an_order(phone_page, live_server):
    phone_page.goto("/")
    tap_region(phone_page, "Kabupaten Tuban")
    row = phone_page.locator(".map__row")
    expect(row).to_contain_text("Kabupaten Tuban")
    expect(region_on_map(phone_page, "Kabupaten Tuban").locator("path")).to_have_class(re.compile("is-selected"))
    row.tap()
    expect(phone_page).to_have_url(re.compile("/wilayah/35.23$"))

    # The phone shows nine kecamatan, and the others when they are asked for; opening one closes the one before.
    expect(phone_page.locator(".district__name:visible")).to_have_count(9)
    phone_page.get_by_text("Semua 20 kecamatan").tap()
    phone_page.locator("summary", has_text="Semanding").tap()
    expect(phone_page.locator("details[open]")).to_have_count(1)
    phone_page.get_by_role("link", name="Bektiharjo", exact=True).tap()
    expect(phone_page.locator("h1")).to_have_text("Desa Bektiharjo")

    phone_page.get_by_role("link", name="Tenun Gedog Lurik").tap()
    expect(phone_page.locator("h1")).to_have_text("Tenun Gedog Lurik")
    _order_three(phone_page)
    expect(phone_page.locator("output")).to_have_text("Rp450.000")
    order = phone_page.locator(".bar").get_by_role("link", name="Pesan lewat WhatsApp")
    expect(order).to_be_in_viewport()
    path = phone_page.evaluate("location.pathname")
    assert written_message(order)[1:] == [
        "saya mau pesan Tenun Gedog Lurik (Rp150.000 / lembar) dari Desa Bektiharjo, Tuban.",
        "Jumlah: 3 lembar, subtotal Rp450.000",
        f"{live_server.url}{path}",
    ]


def test_a_tap_beside_a_small_city_selects_it(phone_page):
    phone_page.goto("/")

    for city in CITIES:
        point = region_on_map(phone_page, city).evaluate(BESIDE)
        phone_page.touchscreen.tap(point["x"], point["y"])
        expect(phone_page.locator("[data-row-name]")).to_have_text(city)

    assert phone_page.locator(".is-selected").count() == 1
    expect(phone_page).to_have_url(re.compile("/$"))


def test_a_buyer_orders_the_flavour_that_they_chose(phone_page):
    phone_page.goto("/desa/35.03.09.2006")
    phone_page.get_by_role("link", name="Yoghurt Susu Bendungan").tap()
    phone_page.get_by_label("Pilihan", exact=True).select_option("Manggis")
    phone_page.get_by_label("Jumlah").fill("12")

    line = "Jumlah: 12 botol, pilihan Manggis, subtotal Rp96.000"
    assert line in written_message(phone_page.locator(".bar [data-order]"))


def test_nobody_orders_less_than_the_seller_sends(phone_page):
    phone_page.goto("/desa/35.23.15.2009")
    phone_page.get_by_role("link", name="Ampo").tap()
    amount = phone_page.get_by_label("Jumlah")

    expect(amount).to_have_value("5")
    expect(phone_page.get_by_role("button", name="Kurangi")).to_be_disabled()
    for typed in ("2", "0", ""):
        amount.fill(typed)
        amount.blur()
        expect(amount).to_have_value("5")
    assert "Jumlah: 5 bungkus, subtotal Rp40.000" in written_message(phone_page.locator(".bar [data-order]"))


def test_a_buyer_without_script_walks_the_same_way(new_page, live_server):
    page = new_page(**PHONE, java_script_enabled=False)
    page.goto("/")
    tap_region(page, "Kabupaten Tuban")
    expect(page).to_have_url(re.compile("/wilayah/35.23$"))
    page.get_by_text("Semua 20 kecamatan").tap()
    page.locator("summary", has_text="Semanding").tap()
    page.get_by_role("link", name="Bektiharjo", exact=True).tap()
    page.get_by_role("link", name="Tenun Gedog Lurik").tap()

    assert written_message(page.locator(".bar [data-order]"))[1:] == [
        "saya mau pesan Tenun Gedog Lurik (Rp150.000 / lembar) dari Desa Bektiharjo, Tuban.",
        "Jumlah: 1 lembar",
        page.url,
    ]
    # What only a script could move is not there to be tried in vain.
    expect(page.locator(".quantity, [data-copy]").filter(visible=True)).to_have_count(0)


@pytest.mark.parametrize("kind", ["home", "village", "product"])
def test_the_first_thing_that_a_keyboard_reaches_skips_to_the_content(desktop_page, addresses, kind):
    desktop_page.goto(addresses[kind])

    assert press_tab(desktop_page) == "Langsung ke isi"
    desktop_page.keyboard.press("Enter")
    press_tab(desktop_page)
    assert desktop_page.evaluate("document.activeElement.closest('main') !== null")


def test_a_keyboard_passes_the_home_page_in_the_order_of_reading(desktop_page):
    desktop_page.goto("/")
    passed = [press_tab(desktop_page).split("\n")[0] for _ in range(26)]

    ways = ["Langsung ke isi", "Pasar KIM", "Produk", "Wisata", "Desa & KIM", "Masuk", "Jual produk"]
    # The field itself has no words of its own.
    search = ["", "Cari", *desktop_page.locator(".hero__words > a").all_inner_texts()]
    selected = desktop_page.locator("[data-row-name]").text_content()
    groups = desktop_page.locator(".categories__link").all_inner_texts()
    first_card, *_ = desktop_page.locator(".card__link").all_inner_texts()
    assert passed[:-1] == [*ways, *search, selected, "pilih dari daftar", *groups, "Lihat semua", first_card]


def test_a_buyer_with_the_keyboard_alone_goes_from_the_map_to_an_order(desktop_page):
    desktop_page.goto("/")
    tab_to(desktop_page, "pilih dari daftar")
    desktop_page.keyboard.press("Enter")
    expect(desktop_page.locator("h1")).to_have_text("Desa dan KIM Jawa Timur")
    tab_to(desktop_page, "Tuban")
    desktop_page.keyboard.press("Enter")
    expect(desktop_page.locator("h1")).to_have_text("Kabupaten Tuban")

    tab_to(desktop_page, "Semanding")
    desktop_page.keyboard.press("Enter")
    tab_to(desktop_page, "Bektiharjo")
    desktop_page.keyboard.press("Enter")
    expect(desktop_page.locator("h1")).to_have_text("Desa Bektiharjo")
    tab_to(desktop_page, "Tenun Gedog Lurik")
    desktop_page.keyboard.press("Enter")
    expect(desktop_page.locator("h1")).to_have_text("Tenun Gedog Lurik")

    tab_to(desktop_page, "Tambah")
    desktop_page.keyboard.press("Enter")
    desktop_page.keyboard.press("Space")
    tab_to(desktop_page, "Pesan lewat WhatsApp")
    assert "Jumlah: 3 lembar, subtotal Rp450.000" in written_message(desktop_page.locator(":focus"))


def test_the_row_below_the_map_leads_a_keyboard_to_its_region(desktop_page):
    desktop_page.goto("/")
    name = desktop_page.locator("[data-row-name]").text_content()
    tab_to(desktop_page, name)
    desktop_page.keyboard.press("Enter")

    expect(desktop_page.locator("h1")).to_have_text(name)


def _order_three(page: Page) -> None:
    more = page.get_by_role("button", name="Tambah")
    more.tap()
    more.tap()
    expect(page.get_by_label("Jumlah")).to_have_value("3")
