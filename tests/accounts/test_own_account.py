"""What people change about their own account: password, village, and where they stay signed in."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select

from marketplace.accounts.models import AccountEvent, AccountEventKind, Device
from marketplace.accounts.sessions import COOKIE
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.kim import people, services
from tests.support.personas import BEGINNING, PASSWORD, a_person, a_village, an_administrator
from tests.support.places import KEDUNGREJO, MARGOREJO

SITI, NEW = "0812-3456-7890", "jagung bakar pantai"
PHONE = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"}
OFFICE = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"}


@pytest.fixture
def siti(app):
    return a_person(phone="+6281234567890")


@pytest.fixture
def sign_in(app, siti):
    """Sign Siti in with another browser."""

    def sign_in(headers=PHONE, password=PASSWORD, phone=SITI):
        client = app.test_client()
        token = client.get("/masuk").tree.find(".//input[@name='csrf_token']").get("value")
        form = {"csrf_token": token, "phone": phone, "password": password}
        assert client.post("/masuk", data=form, headers=headers).status_code == 302
        return client

    return sign_in


@pytest.fixture
def phone(sign_in):
    return sign_in()


@pytest.fixture
def office(sign_in):
    return sign_in(OFFICE)


def is_signed_in(client, in_a_new_session: bool = False) -> bool:
    if in_a_new_session:
        client.delete_cookie("pasar_kim")
    return client.get("/akun").status_code == 200


def last_event() -> AccountEvent:
    return db.session.scalars(select(AccountEvent).order_by(AccountEvent.id.desc()).limit(1)).one()


@pytest.mark.both_databases
def test_a_new_password_signs_out_everywhere_but_here(phone, office, sign_in, siti):
    answer = phone.submit("/akun/sandi", old_password=PASSWORD, password=NEW)

    assert (answer.status_code, answer.location) == (303, "/akun")
    assert is_signed_in(phone) and is_signed_in(phone, in_a_new_session=True)
    assert not is_signed_in(office)
    assert not is_signed_in(office, in_a_new_session=True)
    assert is_signed_in(sign_in(password=NEW))
    kinds = db.session.scalars(select(AccountEvent.kind).where(AccountEvent.user_id == siti.id)).all()
    assert AccountEventKind.PASSWORD_CHANGED in kinds and AccountEventKind.DEVICE_ENDED in kinds


def test_who_does_not_know_the_password_changes_nothing(phone, office, siti):
    before = siti.password_hash

    page = phone.submit("/akun/sandi", old_password="salah", password=NEW)

    assert page.status_code == 422
    assert "Kata sandi sekarang belum cocok." in page.words
    assert page.tree.find(".//input[@id='old_password']").get("aria-invalid") == "true"
    db.session.refresh(siti)
    assert siti.password_hash == before
    assert is_signed_in(office)


@pytest.mark.parametrize("password", ["", "pendek", "x" * 201])
def test_a_new_password_is_as_long_as_any(phone, siti, password):
    before = siti.password_hash

    assert phone.submit("/akun/sandi", old_password=PASSWORD, password=password).status_code == 422
    db.session.refresh(siti)
    assert siti.password_hash == before


def test_whoever_finds_an_open_phone_does_not_try_passwords_for_long(phone):
    for _ in range(10):
        assert phone.submit("/akun/sandi", old_password="salah", password=NEW).status_code == 422

    page = phone.post("/akun/sandi", data={"old_password": PASSWORD, "password": NEW})
    assert page.status_code == 429
    assert "Kata sandi terlalu sering salah. Tunggu lima menit" in page.words


def test_ending_other_sign_ins_gives_no_new_tries(phone):
    for _ in range(10):
        phone.submit("/akun/sandi", old_password="salah", password=NEW)
    phone.submit("/akun/perangkat/keluar-lainnya", on="/akun/perangkat")

    assert phone.submit("/akun/sandi", old_password=PASSWORD, password=NEW).status_code == 429


def test_another_site_changes_nobodys_password(phone, siti):
    before = siti.password_hash

    assert phone.post("/akun/sandi", data={"old_password": PASSWORD, "password": NEW}).status_code == 422
    db.session.refresh(siti)
    assert siti.password_hash == before


def test_a_person_sees_where_they_stay_signed_in_this_phone_first(phone, sign_in):
    with time_machine.travel(BEGINNING + timedelta(days=400), tick=False):
        sign_in(OFFICE)

    page = phone.get("/akun/perangkat")

    names = [" ".join("".join(heading.itertext()).split()) for heading in page.tree.findall(".//li/div/h2")]
    assert names == ["Chrome di Android HP ini", "Firefox di Windows"]
    assert phone.get("/akun").links["HP dan komputer tempat Anda masuk"] == "/akun/perangkat"


def test_a_lost_phone_is_signed_out_from_another(phone, office):
    lost = phone.get_cookie(COOKIE).value.partition(".")[0]

    answer = office.submit(f"/akun/perangkat/{lost}/keluar", on="/akun/perangkat")

    assert (answer.status_code, answer.location) == (303, "/akun/perangkat")
    assert "Chrome di Android sudah keluar." in office.get("/akun/perangkat").words
    assert not is_signed_in(phone)
    assert not is_signed_in(phone, in_a_new_session=True)
    assert is_signed_in(office)
    assert (last_event().kind, last_event().note) == (AccountEventKind.DEVICE_ENDED, "Chrome di Android")


def test_ending_this_phone_is_signing_out(phone):
    here = phone.get_cookie(COOKIE).value.partition(".")[0]

    answer = phone.submit(f"/akun/perangkat/{here}/keluar", on="/akun/perangkat")

    assert answer.location == "/"
    assert phone.get_cookie(COOKIE) is None
    assert not is_signed_in(phone)


@pytest.mark.both_databases
def test_all_others_are_signed_out_with_one_tap(phone, office, sign_in):
    third = sign_in(OFFICE)

    phone.submit("/akun/perangkat/keluar-lainnya", on="/akun/perangkat")

    assert is_signed_in(phone) and is_signed_in(phone, in_a_new_session=True)
    for other in (office, third):
        assert not is_signed_in(other)
        assert not is_signed_in(other, in_a_new_session=True)


def test_the_devices_of_others_are_nobodys_business(phone, sign_in, siti):
    a_person(name="Budi", phone="+6281399998888")
    budi = sign_in(OFFICE, phone="0813-9999-8888")
    device_id = phone.get_cookie(COOKIE).value.partition(".")[0]

    assert "Chrome di Android" not in budi.get("/akun/perangkat").words
    for path in (f"/akun/perangkat/{device_id}/keluar", "/akun/perangkat/2147483647/keluar"):
        assert budi.submit(path, on="/akun/perangkat").status_code == 404
    assert is_signed_in(phone)


def test_a_device_is_not_ended_by_another_site_or_by_a_link(phone, office):
    device_id = office.get_cookie(COOKIE).value.partition(".")[0]

    for path in (f"/akun/perangkat/{device_id}/keluar", "/akun/perangkat/keluar-lainnya"):
        assert phone.post(path).status_code == 422
        assert phone.get(path).status_code in {404, 405}
    assert is_signed_in(office)


def test_a_device_that_was_ended_is_not_there_any_more(phone, office):
    device_id = office.get_cookie(COOKIE).value.partition(".")[0]
    phone.submit(f"/akun/perangkat/{device_id}/keluar", on="/akun/perangkat")

    assert phone.submit(f"/akun/perangkat/{device_id}/keluar", on="/akun/perangkat").status_code == 404


@pytest.mark.parametrize("path", ["/akun/sandi", "/akun/perangkat", "/akun/desa"])
def test_the_pages_of_an_account_are_for_its_owner(client, path):
    assert client.get(path).location.startswith("/masuk?next=")


def test_a_person_says_where_they_live(phone, siti):
    assert phone.get("/akun").links["Isi desa Anda"] == "/akun/desa"

    answer = phone.submit("/akun/desa", village=KEDUNGREJO)

    assert (answer.status_code, answer.location) == (303, "/akun")
    page = phone.get("/akun")
    assert "Desa Anda: Desa Kedungrejo." in page.words
    assert "Warga Desa Kedungrejo" in page.links
    assert "Sekarang: Desa Kedungrejo." in phone.get("/akun/desa").words


def test_a_person_who_moves_chooses_their_new_village_by_name(phone, siti):
    siti.village = a_village()
    page = phone.submit("/akun/desa", village="margorejo")

    assert page.status_code == 422
    assert [choice.get("value") for choice in page.tree.findall(".//input[@type='radio']")] == [MARGOREJO]
    phone.submit("/akun/desa", village=["margorejo", MARGOREJO])
    db.session.refresh(siti)
    assert siti.village_code == MARGOREJO


def test_a_way_back_in_through_the_coordinator_signs_out_everywhere_else(app, phone, siti):
    services.ask_recovery(SITI, clock.now())
    token = services.confirm_recovery(an_administrator(), people.find_open_recovery(siti, clock.now()), clock.now())
    back = app.test_client()

    back.submit(f"/masuk/baru/{token}", password=NEW)

    assert is_signed_in(back) and is_signed_in(back, in_a_new_session=True)
    assert not is_signed_in(phone)
    assert not is_signed_in(phone, in_a_new_session=True)
    open_devices = db.session.scalars(select(Device).where(Device.ended_at.is_(None))).all()
    assert len(open_devices) == 1
