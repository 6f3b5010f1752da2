"""Getting an account by oneself, without telling anybody who has one."""

import pytest
from sqlalchemy import func, select

from marketplace.accounts.models import AccountEvent, AccountEventKind, Device, User
from marketplace.accounts.views import registration
from marketplace.foundation.database import db
from tests.support.personas import PASSWORD, a_person
from tests.support.places import KEDUNGREJO, MARGOREJO

SITI = "0812-3456-7890"
NOT_REGISTERED = "Pendaftaran belum berhasil. Kalau nomor ini sudah punya akun, masuk"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"


def typed(**values: str) -> dict[str, str]:
    return {"name": "Siti Aminah", "phone": SITI, "village": KEDUNGREJO, "password": PASSWORD, **values}


def the_person() -> User:
    return db.session.scalars(select(User)).one()


def count_people() -> int:
    return db.session.scalar(select(func.count(User.id)))


def is_signed_in(client) -> bool:
    return client.get("/akun").status_code == 200


@pytest.mark.both_databases
def test_a_person_registers_and_is_in(client):
    answer = client.submit("/daftar", **typed())

    assert (answer.status_code, answer.location) == (302, "/jual")
    siti = the_person()
    assert (siti.name, siti.phone, siti.village_code) == ("Siti Aminah", "+6281234567890", KEDUNGREJO)
    assert siti.password_hash.startswith("$argon2id$")
    assert is_signed_in(client)
    assert db.session.scalars(select(AccountEvent.kind).order_by(AccountEvent.id)).all() == [
        AccountEventKind.REGISTERED,
        AccountEventKind.SIGNED_IN,
    ]
    assert db.session.scalars(select(Device)).one().user_id == siti.id


@pytest.mark.parametrize("phone", ["62 812 3456 7890", "+62 812-3456-7890", "0812.3456.7890", "81234567890"])
def test_any_typing_of_the_number_is_accepted(client, phone):
    client.submit("/daftar", **typed(phone=phone))

    assert the_person().phone == "+6281234567890"


def test_who_registers_arrives_where_they_wanted_to_go(client):
    client_page = client.get("/masuk?next=%2Fjual%2Fbaru")
    assert client_page.links["Daftar"] == "/daftar?next=/jual/baru"

    assert client.submit("/daftar?next=%2Fjual%2Fbaru", **typed()).location == "/jual/baru"


def test_nobody_is_led_to_another_site_after_registering(client):
    assert client.submit("/daftar?next=%2F%2Fjahat.example", **typed()).location == "/jual"


def test_who_has_signed_in_has_an_account_already(client):
    client.sign_in(a_person())

    assert client.get("/daftar").location == "/jual"
    assert client.post("/daftar", data=typed()).location == "/jual"
    assert count_people() == 1


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Isi nama Anda dulu."),
        ("name", "S", "Tulis 2 sampai 80 huruf."),
        ("name", "x" * 81, "Tulis 2 sampai 80 huruf."),
        ("name", "0812", "Tulis nama dengan huruf."),
        ("name", "\x00\x01", "Isi nama Anda dulu."),
        ("phone", "", "Isi nomor WhatsApp Anda dulu."),
        ("phone", "0812", "Nomornya kurang panjang, coba periksa lagi."),
        ("phone", "bukan nomor", "Nomor WhatsApp belum benar."),
        ("phone", "9" * 31, "Tulis paling banyak 30 huruf."),
        ("password", "", "Isi kata sandinya dulu."),
        ("password", "123456789", "Kata sandi paling sedikit 10 huruf, paling banyak 200."),
        ("password", "x" * 201, "Kata sandi paling sedikit 10 huruf, paling banyak 200."),
        ("village", "", "Isi desa atau kelurahan Anda dulu."),
        ("village", "99.99.99.9999", "Desa itu tidak ada di daftar kami. Ketik namanya."),
        ("village", "qwxzvbn", "Belum ketemu. Periksa ejaannya, atau tulis juga kecamatannya."),
        ("village", "35.23.08.2009' OR 1=1", "Belum ketemu."),
        ("village", "٣٥.٢٣.٠٨.٢٠٠٩", "Belum ketemu."),
        ("village", "x" * 5000, "Belum ketemu."),
    ],
)
def test_what_cannot_be_used_is_said_and_the_rest_is_kept(client, field, value, sentence):
    page = client.submit("/daftar", **typed(**{field: value}))

    assert page.status_code == 422
    assert sentence in page.words
    assert count_people() == 0
    if field != "name":
        assert page.tree.find(".//input[@id='name']").get("value") == "Siti Aminah"
    assert PASSWORD not in page.text


def test_a_village_that_is_named_is_chosen_from_those_that_were_meant(client):
    page = client.submit("/daftar", **typed(village="kedungrjo kerek"))

    assert page.status_code == 422
    assert "Pilih desa Anda dari daftar ini. Kalau tidak ada, tulis juga kecamatannya." in page.words
    choices = page.tree.findall(".//input[@type='radio']")
    assert [choice.get("value") for choice in choices] == [KEDUNGREJO]
    assert "Desa Kedungrejo Kecamatan Kerek, Kabupaten Tuban" in page.words

    client.submit("/daftar", **typed(village=["kedungrjo kerek", KEDUNGREJO]))
    assert the_person().village_code == KEDUNGREJO


def test_other_words_beside_an_old_choice_ask_anew(client):
    page = client.submit("/daftar", **typed(village=["margorejo", KEDUNGREJO]))

    assert page.status_code == 422
    assert [choice.get("value") for choice in page.tree.findall(".//input[@type='radio']")] == [MARGOREJO]


def test_a_village_stays_chosen_when_something_else_is_refused(client):
    page = client.submit("/daftar", **typed(password="pendek"))

    village = page.tree.find(".//input[@id='village']")
    choice = page.tree.find(".//input[@type='radio']")
    assert village.get("value") == "Kedungrejo, Kerek, Tuban"
    assert (choice.get("value"), choice.get("checked") is not None) == (KEDUNGREJO, True)

    client.submit("/daftar", **typed(village=[village.get("value"), KEDUNGREJO]))
    assert the_person().village_code == KEDUNGREJO


def test_another_site_cannot_register_anybody(client):
    page = client.post("/daftar", data=typed())

    assert page.status_code == 422
    assert "Halaman ini terlalu lama terbuka, jadi belum terkirim." in page.words
    assert count_people() == 0


@pytest.mark.both_databases
def test_a_number_that_is_taken_gets_a_sentence_that_does_not_say_so(client):
    a_person(phone="+6281234567890")

    page = client.submit("/daftar", **typed(password="kata sandi lain"))

    assert page.status_code == 422
    assert NOT_REGISTERED in page.words
    # At no field: which of them is at fault is not said.
    assert not page.tree.findall(".//*[@aria-invalid]")
    assert count_people() == 1
    assert not is_signed_in(client)


def test_a_form_that_is_sent_twice_signs_in_the_second_time(client, app):
    client.submit("/daftar", **typed())

    again = app.test_client()
    assert again.submit("/daftar", **typed()).location == "/jual"

    assert is_signed_in(again)
    assert count_people() == 1


def test_registering_changes_nothing_about_an_account_that_there_is(client):
    siti = a_person(phone="+6281234567890")

    client.submit("/daftar", **typed(name="Orang Lain", village=MARGOREJO))

    db.session.refresh(siti)
    assert (siti.name, siti.village_code) == ("Siti Aminah", None)


def test_a_new_number_and_a_taken_one_both_cost_one_hash(client, monkeypatch):
    costly = []
    for name in ("hash_password", "is_password"):
        work = getattr(registration, name)
        monkeypatch.setattr(registration, name, lambda *words, work=work: costly.append(1) or work(*words))
    a_person(phone="+6281399998888")

    client.submit("/daftar", **typed(phone="0813-9999-8888", password="kata sandi lain"))
    assert len(costly) == 1
    client.submit("/daftar", **typed())
    assert len(costly) == 2


@pytest.fixture
def attempt(app):
    """Try to register with this form from this address."""
    client = app.test_client()
    token = client.get("/daftar").tree.find(".//input[@name='csrf_token']").get("value")

    def attempt(address: str = HOME, **values):
        form = {"csrf_token": token, **typed(**values)}
        return client.post("/daftar", data=form, environ_base={"REMOTE_ADDR": address})

    return attempt


def test_trying_passwords_for_one_number_ends_after_five_wherever_they_come_from(attempt):
    a_person(phone="+6281234567890")
    for number in range(5):
        assert attempt(f"203.0.113.{number}", password=f"kata sandi {number}").status_code == 422

    page = attempt(ELSEWHERE, password=PASSWORD)

    assert page.status_code == 429
    assert "Pendaftaran dengan nomor ini terlalu sering dicoba. Tunggu satu jam" in page.words


def test_asking_which_numbers_have_an_account_ends_after_twenty(attempt):
    for number in range(20):
        a_person(phone=f"+62813999900{number:02}")
        assert attempt(phone=f"0813-9999-00{number:02}", password="kata sandi lain").status_code == 422

    assert attempt(phone="0813-9999-9999").status_code == 429
    assert count_people() == 20


def test_a_slip_in_the_form_does_not_stop_a_person_for_an_hour(attempt):
    for _ in range(9):
        assert attempt(password="pendek").status_code == 422

    assert attempt().status_code == 302


def test_a_form_that_fails_all_the_time_waits_some_minutes(attempt):
    for _ in range(10):
        assert attempt(password="pendek").status_code == 422

    page = attempt()
    assert page.status_code == 429
    assert "Pendaftaran terlalu sering belum berhasil. Tunggu lima menit" in page.words


def test_the_invitation_to_sell_leads_to_the_form(client):
    assert client.get("/jual").links["Daftar"] == "/daftar?next=/jual"
