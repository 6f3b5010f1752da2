"""Signing in and out, and a person's own page."""

from urllib.parse import quote

import pytest

from marketplace.foundation.database import db
from tests.support.personas import PASSWORD, a_person, a_village, an_administrator, an_officer_of
from tests.support.places import KEDUNGREJO, TUBAN

NOT_MATCHED = "Nomor atau kata sandi belum cocok."


@pytest.fixture
def siti():
    return a_person(phone="+6281234567890")


def is_signed_in(client) -> bool:
    return client.get("/akun").status_code == 200


@pytest.mark.both_databases
def test_a_person_signs_in_with_any_typing_of_their_number(client, siti):
    answer = client.submit("/masuk", phone="62 812-3456-7890", password=PASSWORD)

    assert (answer.status_code, answer.location) == (302, "/akun")
    page = client.get("/akun")
    assert page.heading == "Siti Aminah"
    assert "0812-3456-7890" in page.words


@pytest.mark.parametrize(
    ("phone", "password"), [("0812-3456-7890", "salah"), ("0813-9999-9999", PASSWORD), ("bukan nomor", PASSWORD)]
)
def test_a_wrong_number_and_a_wrong_password_are_told_apart_by_nobody(client, siti, phone, password):
    page = client.submit("/masuk", phone=phone, password=password)

    assert page.status_code == 422
    assert NOT_MATCHED in page.words
    assert page.tree.find(".//input[@id='password']").get("aria-invalid") == "true"
    assert page.tree.find(".//input[@id='phone']").get("aria-invalid") is None
    assert not is_signed_in(client)


def test_a_refused_sign_in_keeps_the_number_and_forgets_the_password(client, siti):
    page = client.submit("/masuk", phone="0812-3456-7890", password="salah satu huruf")

    assert page.tree.find(".//input[@id='phone']").get("value") == "0812-3456-7890"
    assert "salah satu huruf" not in page.text


def test_an_empty_form_says_what_is_missing(client):
    page = client.submit("/masuk", phone="", password="")

    assert page.status_code == 422
    assert "Isi nomor WhatsApp Anda dulu." in page.words
    assert "Isi kata sandinya dulu." in page.words


def test_a_sign_in_that_comes_from_another_site_is_refused(client, siti):
    page = client.post("/masuk", data={"phone": "0812-3456-7890", "password": PASSWORD})

    assert page.status_code == 422
    assert "Halaman ini terlalu lama terbuka, jadi belum terkirim." in page.words
    assert not is_signed_in(client)


def test_who_must_sign_in_first_arrives_where_they_wanted_to_go(client, siti):
    answer = client.get("/akun")
    assert answer.location == "/masuk?next=%2Fakun"
    assert "Masuk dulu untuk membuka halaman itu." in client.get(answer.location).words

    wanted = "/desa/35.23.08.2009?x=1"
    answer = client.submit(f"/masuk?next={quote(wanted, safe='')}", phone="0812-3456-7890", password=PASSWORD)

    assert answer.location == wanted


@pytest.mark.parametrize(
    "wanted",
    [
        "https://jahat.example/akun",
        "//jahat.example",
        "///jahat.example",
        "/\\jahat.example",
        "\\\\jahat.example",
        "/\t/jahat.example",
        "/\n/jahat.example",
        " //jahat.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "jahat.example",
        "http:jahat.example",
        "//[",
        "/akun\r\nSet-Cookie: a=b",
        "/akun\n",
        "/\x7f",
        "",
    ],
)
def test_nobody_is_led_to_another_site_after_signing_in(client, siti, wanted):
    answer = client.submit(f"/masuk?next={quote(wanted, safe='')}", phone="0812-3456-7890", password=PASSWORD)

    assert (answer.status_code, answer.location) == (302, "/akun")


def test_raising_the_session_version_ends_every_sign_in(client, app, siti):
    elsewhere = app.test_client()
    for visitor in (client, elsewhere):
        visitor.submit("/masuk", phone="0812-3456-7890", password=PASSWORD)
        assert is_signed_in(visitor)

    siti.session_version += 1
    db.session.flush()

    assert not is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_a_person_stays_signed_in_when_the_browser_is_closed(client, siti):
    client.submit("/masuk", phone="0812-3456-7890", password=PASSWORD)
    client.delete_cookie("pasar_kim")

    assert is_signed_in(client)


def test_signing_out_leaves_no_way_back(client, siti):
    client.submit("/masuk", phone="0812-3456-7890", password=PASSWORD)

    answer = client.submit("/keluar", on="/akun")

    assert (answer.status_code, answer.location) == (302, "/")
    assert "Anda sudah keluar." in client.get("/").words
    assert not is_signed_in(client)


def test_who_signs_out_a_second_time_is_asked_to_sign_in(client):
    answer = client.post("/keluar")

    assert (answer.status_code, answer.location) == (303, "/masuk")


def test_another_site_cannot_sign_a_person_out(client, siti):
    client.sign_in(siti)

    page = client.post("/keluar")

    assert page.status_code == 422
    assert is_signed_in(client)


def test_a_link_cannot_sign_a_person_out(client, siti):
    client.sign_in(siti)

    assert client.get("/keluar").status_code == 405
    assert is_signed_in(client)


def test_the_account_page_is_for_people_with_an_account(client):
    answer = client.get("/akun")

    assert (answer.status_code, answer.location) == (302, "/masuk?next=%2Fakun")


def test_the_account_page_says_which_part_a_person_has(client):
    for person, words in (
        (a_person(village=a_village()), "Warga Desa Kedungrejo"),
        (an_officer_of(TUBAN), "Petugas Dinas Kominfo Kabupaten Tuban"),
        (an_administrator(), "Admin provinsi"),
        (a_person(), "Belum ada peran yang dicatat."),
    ):
        client.sign_in(person)
        assert words in client.get("/akun").words


def test_the_menu_leads_to_the_account_once_signed_in(client, siti):
    assert client.get(f"/desa/{KEDUNGREJO}").links["Masuk"] == "/masuk"

    client.sign_in(siti)

    links = client.get(f"/desa/{KEDUNGREJO}").links
    assert links["Saya"] == "/akun"
    assert "Masuk" not in links


def test_what_a_signed_in_person_sees_is_kept_by_their_browser_alone(client, siti):
    client.sign_in(siti)

    for path in ("/akun", "/", f"/desa/{KEDUNGREJO}"):
        assert client.get(path).headers["Cache-Control"] == "private, no-cache"


def test_search_engines_keep_away_from_doors_and_accounts(client, siti):
    assert client.get("/masuk").meta("robots") == "noindex"
    client.sign_in(siti)
    assert client.get("/akun").meta("robots") == "noindex"
