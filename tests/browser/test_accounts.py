"""Getting an account on a phone, staying signed in, and signing in with a fingerprint, in a real browser."""

import itertools
import os
import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browsers import PHONE, LiveServer, serve, visit
from tools import chromium

WIDTH = "document.documentElement.scrollWidth"
PASSWORD = "keripik tempe malang"
PAGES_OF_AN_ACCOUNT = ["/akun", "/akun/sandi", "/akun/perangkat", "/akun/kunci", "/akun/desa"]
SENSOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

_numbers = itertools.count(1)


def new_number() -> str:
    return f"0857-1111-{next(_numbers):04}"


def register(page: Page, phone: str, name: str = "Siti Aminah") -> None:
    page.goto("/daftar")
    page.get_by_label("Nama Anda").fill(name)
    page.get_by_label("Nomor WhatsApp").fill(phone)
    page.get_by_role("combobox", name="Desa atau kelurahan").fill("kedungrejo kerek")
    page.get_by_role("option", name="Desa Kedungrejo").click()
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Daftar").click()
    page.wait_for_url(re.compile("/jual"))


def test_a_person_registers_on_a_phone_and_finds_their_village_while_typing(phone_page):
    register(phone_page, new_number())

    phone_page.goto("/akun")
    expect(phone_page.get_by_role("link", name="Warga Desa Kedungrejo")).to_be_visible()


def test_what_is_typed_as_a_password_is_shown_to_whoever_asks_and_sent_hidden(phone_page):
    phone_page.goto("/masuk")
    password = phone_page.locator("[name=password]")
    phone_page.get_by_label("Lihat yang diketik").check()
    expect(password).to_have_attribute("type", "text")

    phone_page.get_by_label("Lihat yang diketik").uncheck()
    expect(password).to_have_attribute("type", "password")

    phone_page.get_by_label("Lihat yang diketik").check()
    phone_page.evaluate(
        "document.querySelector('main form').addEventListener('submit', (event) => event.preventDefault())"
    )
    phone_page.locator("[name=phone]").fill("0812")
    password.fill(PASSWORD)
    password.press("Enter")
    expect(password).to_have_attribute("type", "password")


def test_a_village_is_chosen_with_the_keyboard_alone(desktop_page):
    desktop_page.goto("/daftar")
    field = desktop_page.get_by_role("combobox", name="Desa atau kelurahan")
    field.press_sequentially("purwantoro blim")
    expect(desktop_page.get_by_role("option")).to_have_count(1)
    field.press("ArrowDown")
    field.press("Enter")

    expect(field).to_have_value("Kelurahan Purwantoro, Kecamatan Blimbing, Kota Malang")
    assert desktop_page.locator("input[type=hidden][name=village]").input_value() == "35.73.01.1007"


def test_where_one_stands_names_the_village(new_page):
    page = new_page(**PHONE, geolocation={"latitude": -6.86, "longitude": 111.88}, permissions=["geolocation"])
    page.goto("/daftar")
    page.get_by_role("button", name="Pakai lokasi saya").click()
    page.get_by_role("option", name="Desa Kedungrejo Kecamatan Kerek").click()

    assert page.locator("input[type=hidden][name=village]").input_value() == "35.23.08.2009"


def test_words_without_a_choice_come_back_as_choices(phone_page):
    phone_page.goto("/daftar")
    phone_page.get_by_label("Nama Anda").fill("Budi")
    phone_page.get_by_label("Nomor WhatsApp").fill(new_number())
    phone_page.get_by_role("combobox").fill("kedungrejo kerek")
    phone_page.get_by_label("Kata sandi").fill(PASSWORD)
    phone_page.get_by_label("Kata sandi").press("Enter")
    phone_page.get_by_role("radio", name=re.compile("Kerek")).check()
    phone_page.get_by_label("Kata sandi").fill(PASSWORD)
    phone_page.get_by_role("button", name="Daftar").click()

    phone_page.wait_for_url(re.compile("/jual"))


def test_a_person_registers_without_scripts(new_page):
    page = new_page(**PHONE, java_script_enabled=False)
    page.goto("/daftar")
    page.get_by_label("Nama Anda").fill("Budi")
    page.get_by_label("Nomor WhatsApp").fill(new_number())
    page.get_by_label("Desa atau kelurahan").fill("kedungrejo kerek")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Daftar").click()
    page.get_by_role("radio", name=re.compile("Kerek")).check()
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Daftar").click()

    page.wait_for_url(re.compile("/jual"))


def test_no_page_of_an_account_scrolls_sideways_on_a_small_phone(phone_page):
    register(phone_page, new_number(), name="Siti " + "Aminah" * 10)
    widths = {}
    for path in PAGES_OF_AN_ACCOUNT:
        assert phone_page.goto(path).ok
        widths[path] = phone_page.evaluate(WIDTH)

    assert widths == dict.fromkeys(PAGES_OF_AN_ACCOUNT, PHONE["viewport"]["width"])


@pytest.mark.parametrize("path", ["/daftar", "/masuk"])
def test_no_door_scrolls_sideways_on_a_small_phone(phone_page, path):
    phone_page.goto(path)

    assert phone_page.evaluate(WIDTH) <= 360


def test_who_closes_the_browser_is_still_signed_in_when_they_open_it_again(browser: Browser, live_server, tmp_path):
    options = {
        "executable_path": chromium.find(),
        "args": ["--no-sandbox"] if os.geteuid() == 0 else [],
        "base_url": live_server.url,
    }
    launch = browser.browser_type.launch_persistent_context
    with_window = launch(tmp_path, **options)
    register(with_window.new_page(), new_number())
    with_window.close()

    for _ in range(2):
        opened_again = launch(tmp_path, **options)
        page = opened_again.new_page()
        assert "pasar_kim" not in {cookie["name"] for cookie in opened_again.cookies()}
        page.goto("/akun")
        expect(page.get_by_role("heading", name="Siti Aminah")).to_be_visible()
        opened_again.close()


@pytest.fixture(scope="module")
def server_with_a_name(tmp_path_factory) -> Iterator[LiveServer]:
    """A marketplace without examples at an address for which browsers make passkeys."""
    with serve(tmp_path_factory.mktemp("named"), "localhost", EXAMPLE_DATA="0") as server:
        yield server


@pytest.fixture
def siti(browser: Browser, server_with_a_name: LiveServer) -> Iterator[Page]:
    """Siti's phone, signed in, with a sensor for fingerprints."""
    with visit(browser, server_with_a_name, **PHONE) as page:
        page.sensor = sensor_of(page)
        register(page, new_number())
        yield page


def sensor_of(page: Page) -> Callable[..., None]:
    """Give the phone a sensor for fingerprints, and return what tells it whether the finger is known."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": SENSOR})
    return lambda is_known: session.send(
        "WebAuthn.setUserVerified", {"authenticatorId": answer["authenticatorId"], "isUserVerified": is_known}
    )


def keep_a_fingerprint(page: Page) -> None:
    page.goto("/akun/kunci")
    page.get_by_label("Nama").fill("HP Siti")
    page.get_by_role("button", name="Simpan sidik jari HP ini").click()
    expect(page.get_by_text("Sidik jari tersimpan.")).to_be_visible()


def sign_out(page: Page) -> None:
    page.context.clear_cookies()
    page.goto("/masuk")


def test_a_fingerprint_signs_a_person_in(siti):
    keep_a_fingerprint(siti)
    sign_out(siti)
    siti.get_by_role("button", name="Masuk dengan sidik jari").click()

    siti.wait_for_url(re.compile("/akun"))
    expect(siti.get_by_role("heading", name="Siti Aminah")).to_be_visible()


def test_a_finger_that_is_not_known_to_the_phone_signs_nobody_in(siti):
    keep_a_fingerprint(siti)
    sign_out(siti)
    siti.sensor(False)
    siti.get_by_role("button", name="Masuk dengan sidik jari").click()

    expect(siti.get_by_text("Belum jadi masuk. Ketuk lagi, atau pakai kata sandi.")).to_be_visible()


def test_a_fingerprint_that_was_removed_is_refused_in_words(browser, server_with_a_name):
    # The browser tells its console about the refusal, which other tests take for a fault.
    context = browser.new_context(base_url=server_with_a_name.url, **PHONE)
    page = context.new_page()
    sensor_of(page)
    register(page, new_number())
    keep_a_fingerprint(page)
    page.get_by_role("button", name=re.compile("Hapus.*HP Siti")).click()
    expect(page.get_by_text("HP Siti dihapus.")).to_be_visible()
    sign_out(page)
    page.get_by_role("button", name="Masuk dengan sidik jari").click()

    expect(page.get_by_text("Sidik jari atau kunci layar belum diterima.")).to_be_visible()
    context.close()
