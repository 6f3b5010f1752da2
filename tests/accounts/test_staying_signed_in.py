"""A browser that was closed opens its person's next session with a secret that works once."""

import re
from datetime import timedelta

import pytest
import time_machine
from flask_login.utils import encode_cookie
from sqlalchemy import select

from marketplace.accounts.models import AccountEvent, AccountEventKind, Device
from marketplace.accounts.sessions import COOKIE
from marketplace.foundation.database import db
from tests.support.personas import BEGINNING, PASSWORD, a_person
from tests.support.queries import query_budget

SITI = "0812-3456-7890"
PHONE = "Mozilla/5.0 (Linux; Android 14; SM-A055F) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36"

pytestmark = pytest.mark.both_databases


@pytest.fixture
def clock():
    """A clock that stands still until the test moves it."""
    with time_machine.travel(BEGINNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def siti(app, clock):
    return a_person(phone="+6281234567890")


@pytest.fixture
def phone(client, siti):
    """Siti's phone, on which she has signed in."""
    answer = client.post("/masuk", data=form_of(client), headers={"User-Agent": PHONE})
    assert answer.status_code == 302
    return client


def form_of(client) -> dict[str, str]:
    token = client.get("/masuk").tree.find(".//input[@name='csrf_token']").get("value")
    return {"csrf_token": token, "phone": SITI, "password": PASSWORD}


def cookie_of(client) -> str | None:
    cookie = client.get_cookie(COOKIE)
    return cookie and cookie.value


def reopen(client, cookie: str | None = None) -> None:
    """Close the browser and open it again, with the cookie of another moment if one is given."""
    client.delete_cookie("pasar_kim")
    if cookie is not None:
        client.set_cookie(COOKIE, cookie)


def is_signed_in(client) -> bool:
    return client.get("/akun").status_code == 200


def the_device() -> Device:
    return db.session.scalars(select(Device).execution_options(populate_existing=True)).one()


def kinds_of_events() -> list[AccountEventKind]:
    return list(db.session.scalars(select(AccountEvent.kind).order_by(AccountEvent.id)))


def test_who_signs_in_stays_signed_in_on_a_device_that_is_named_and_noted(phone):
    device = the_device()

    assert device.name == "Chrome di Android"
    assert device.ended_at is None
    assert kinds_of_events() == [AccountEventKind.SIGNED_IN]


def test_the_cookie_of_a_device_is_for_us_alone_and_lasts_a_year(client, siti):
    answer = client.post("/masuk", data=form_of(client))

    cookie = next(header for header in answer.headers.getlist("Set-Cookie") if header.startswith(COOKIE))
    assert {"HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=31536000"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_the_session_itself_ends_with_the_browser_and_the_library_keeps_nothing(client, siti):
    answer = client.post("/masuk", data=form_of(client))

    names = [header.partition("=")[0] for header in answer.headers.getlist("Set-Cookie")]
    assert sorted(names) == ["pasar_kim", COOKIE]
    assert not re.search(r"pasar_kim=[^;]*;.*(Expires|Max-Age)", "\n".join(answer.headers.getlist("Set-Cookie")[1:2]))


def test_nothing_in_the_database_opens_a_session(phone):
    device = the_device()

    assert device.secret_hash not in cookie_of(phone)
    assert len(device.secret_hash) == 64


def test_the_secret_changes_when_a_closed_browser_is_opened_again(phone, clock):
    before = cookie_of(phone)
    clock.shift(timedelta(hours=9))
    reopen(phone)

    assert is_signed_in(phone)
    assert cookie_of(phone) != before
    assert the_device().last_seen_at == BEGINNING + timedelta(hours=9)
    assert kinds_of_events() == [AccountEventKind.SIGNED_IN]


def test_an_open_session_costs_no_question_more_than_its_person(phone, clock):
    clock.shift(timedelta(hours=9))
    phone.get("/tentang")
    db.session.expunge_all()

    with query_budget(1):
        phone.get("/tentang")


def test_a_session_that_is_never_closed_shows_its_device_once_a_day(phone, clock):
    before = cookie_of(phone)
    clock.shift(timedelta(hours=25))

    assert is_signed_in(phone)
    assert cookie_of(phone) != before
    assert the_device().last_seen_at == BEGINNING + timedelta(hours=25)


@pytest.mark.parametrize("shown", [None, "1.geheim"])
def test_a_copy_of_the_session_alone_is_over_after_a_day(app, phone, clock, shown):
    copied = phone.get_cookie("pasar_kim").value
    thief = app.test_client()

    def steal():
        thief.set_cookie("pasar_kim", copied)
        if shown:
            thief.set_cookie(COOKIE, shown)
        return is_signed_in(thief)

    assert steal()
    clock.shift(timedelta(hours=25))

    assert not steal()
    assert is_signed_in(phone)


def test_a_device_that_nobody_used_for_a_year_is_over_whatever_its_cookie_says(app, phone, clock):
    kept = cookie_of(phone)
    clock.shift(timedelta(days=366))

    other = app.test_client()
    other.set_cookie(COOKIE, kept)
    assert not is_signed_in(other)
    assert cookie_of(other) is None


def test_an_answer_lost_on_a_weak_signal_signs_nobody_out(phone, clock):
    before = cookie_of(phone)
    for _ in range(3):
        clock.shift(timedelta(hours=1))
        reopen(phone, before)
        assert is_signed_in(phone)

    assert the_device().ended_at is None


def test_requests_that_leave_at_the_same_moment_all_arrive_signed_in(app, phone, clock):
    before = cookie_of(phone)
    clock.shift(timedelta(hours=1))
    reopen(phone)
    assert is_signed_in(phone)
    after = cookie_of(phone)

    for _ in range(4):
        parallel = app.test_client()
        parallel.set_cookie(COOKIE, before)
        assert is_signed_in(parallel)
        assert cookie_of(parallel) == before

    clock.shift(timedelta(hours=1))
    reopen(phone, after)
    assert is_signed_in(phone)


def test_a_copied_cookie_that_is_used_after_its_owner_ends_the_device_for_both(app, phone, clock):
    copied = cookie_of(phone)
    for _ in range(2):
        clock.shift(timedelta(hours=1))
        reopen(phone)
        assert is_signed_in(phone)

    thief = app.test_client()
    thief.set_cookie(COOKIE, copied)
    assert not is_signed_in(thief)
    assert cookie_of(thief) is None

    assert not is_signed_in(phone)
    reopen(phone)
    assert not is_signed_in(phone)
    assert kinds_of_events()[-1] is AccountEventKind.STOLEN_COOKIE


def test_a_thief_who_comes_first_is_found_out_when_the_owner_comes_back(app, phone, clock):
    thief = app.test_client()
    thief.set_cookie(COOKIE, cookie_of(phone))
    for _ in range(2):
        clock.shift(timedelta(hours=1))
        reopen(thief)
        assert is_signed_in(thief)

    reopen(phone)
    assert not is_signed_in(phone)
    assert not is_signed_in(thief)


def test_a_person_signs_in_again_after_a_theft(phone, clock):
    copied = cookie_of(phone)
    for _ in range(2):
        clock.shift(timedelta(hours=1))
        reopen(phone)
        phone.get("/akun")
    reopen(phone, copied)
    assert not is_signed_in(phone)

    phone.submit("/masuk", phone=SITI, password=PASSWORD)

    assert is_signed_in(phone)


@pytest.mark.parametrize(
    "made_up",
    [
        "",
        ".",
        "{id}",
        "{id}.",
        "{id}.geheim",
        "{id}." + "a" * 54,
        "{id}.{secret}x",
        "0{id}.{secret}",
        "-{id}.{secret}",
        "+{id}.{secret}",
        "99999999999999999999.{secret}",
        "9999999999.{secret}",
        "{other}.{secret}",
        "{id}." + "é" * 54,
        "a" * 3000,
    ],
)
def test_a_made_up_cookie_signs_nobody_in_and_nobody_out(phone, app, clock, made_up):
    device_id, _, secret = cookie_of(phone).partition(".")
    stranger = app.test_client()
    stranger.set_cookie(COOKIE, made_up.format(id=device_id, secret=secret, other=int(device_id) + 1))
    clock.shift(timedelta(hours=1))

    assert not is_signed_in(stranger)
    assert cookie_of(stranger) is None
    assert the_device().ended_at is None
    assert is_signed_in(phone)


def test_an_ended_device_is_signed_out_at_once_and_for_good(phone, clock):
    the_device().ended_at = BEGINNING

    assert not is_signed_in(phone)
    reopen(phone)
    assert not is_signed_in(phone)
    assert cookie_of(phone) is None


def test_signing_out_ends_the_device(app, phone):
    kept = cookie_of(phone)
    phone.submit("/keluar", on="/akun")

    assert cookie_of(phone) is None
    other = app.test_client()
    other.set_cookie(COOKIE, kept)
    assert not is_signed_in(other)
    assert kinds_of_events()[-1] is AccountEventKind.DEVICE_ENDED


def test_who_signs_in_twice_in_one_browser_has_one_device(phone):
    first = the_device().id
    phone.submit("/masuk", phone=SITI, password=PASSWORD)

    open_devices = db.session.scalars(select(Device).where(Device.ended_at.is_(None))).all()
    assert [device.id != first for device in open_devices] == [True]


def test_a_lost_telephone_is_signed_out_at_the_console(app, phone):
    app.test_cli_runner().invoke(args=["accounts", "end-sessions", SITI])

    assert not is_signed_in(phone)
    reopen(phone)
    assert not is_signed_in(phone)


def test_the_cookie_that_was_kept_before_devices_is_no_longer_believed(app, client, siti):
    with app.test_request_context():
        client.set_cookie("remember_token", encode_cookie(siti.get_id()))

    assert not is_signed_in(client)
    assert client.get_cookie("remember_token") is None


def test_a_page_that_is_sent_by_a_closed_browser_signs_its_person_in_and_is_shown_again(phone, clock):
    clock.shift(timedelta(hours=1))
    reopen(phone)

    page = phone.post("/keluar")

    assert page.status_code == 422
    assert is_signed_in(phone)
