"""How often somebody may fail to sign in: counted so that one telephone's mistakes stop nobody else."""

import pytest

from tests.support.personas import PASSWORD, a_person
from tests.support.places import KEDUNGREJO

SITI = "0812-3456-7890"
WRONG = "salah"
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.9"

pytestmark = pytest.mark.usefixtures("siti")


@pytest.fixture
def siti():
    return a_person(phone="+6281234567890")


@pytest.fixture
def attempt(app):
    """Try to sign in with this number from this address; the form is opened once and sent again and again."""
    client = app.test_client()
    token = client.get("/masuk").tree.find(".//input[@name='csrf_token']").get("value")

    def attempt(phone: str = SITI, password: str = WRONG, address: str = HOME):
        form = {"csrf_token": token, "phone": phone, "password": password}
        return client.post("/masuk", data=form, environ_base={"REMOTE_ADDR": address})

    return attempt


@pytest.fixture
def fail_often(attempt):
    """Fail as often with a number as one may from one address."""

    def fail_often(address: str = HOME, phone: str = SITI) -> None:
        assert {attempt(phone, address=address).status_code for _ in range(10)} == {422}

    return fail_often


def test_after_ten_failures_in_five_minutes_a_person_waits(attempt, fail_often):
    fail_often()

    page = attempt(password=PASSWORD)

    assert page.status_code == 429
    assert "Nomor atau kata sandinya terlalu sering salah. Tunggu lima menit, lalu coba lagi." in page.words
    assert 0 < int(page.headers["Retry-After"]) <= 300


@pytest.mark.parametrize("phone", ["62 812 3456 7890", "+6281234567890"])
def test_another_typing_of_the_number_gives_no_new_tries(attempt, fail_often, phone):
    fail_often()

    assert attempt(phone).status_code == 429


def test_whether_a_number_has_an_account_is_not_told_by_the_count(attempt, fail_often):
    for phone in (SITI, "0813-9999-9999"):
        fail_often(phone=phone)
        assert attempt(phone).status_code == 429


def test_neighbours_behind_the_same_address_still_sign_in(attempt, fail_often):
    a_person(phone="+6281399998888")
    fail_often()

    assert attempt("0813-9999-8888", PASSWORD).status_code == 302


def test_signing_in_is_no_failure(attempt):
    assert {attempt(password=PASSWORD).status_code for _ in range(12)} == {302}
    assert attempt().status_code == 422


def test_looking_at_the_form_is_no_failure(client, attempt):
    for _ in range(12):
        client.get("/masuk")

    assert attempt(password=PASSWORD, address="127.0.0.1").status_code == 302


def test_a_person_elsewhere_is_not_stopped_by_a_few_failures_with_their_number(attempt, fail_often):
    fail_often()

    assert attempt(password=PASSWORD, address=ELSEWHERE).status_code == 302


def test_a_number_that_is_tried_from_everywhere_rests_for_an_hour(attempt, fail_often):
    for address in ("203.0.113.1", "203.0.113.2", "203.0.113.3"):
        fail_often(address)

    page = attempt(address=ELSEWHERE)

    assert page.status_code == 429
    assert "Masuk dengan nomor ini terlalu sering gagal. Tunggu satu jam, lalu coba lagi" in page.words
    assert 300 < int(page.headers["Retry-After"]) <= 3600


def test_whoever_tries_one_number_after_the_other_waits(attempt, fail_often):
    for number in range(10):
        fail_often(phone=f"0813-9999-000{number}")

    assert attempt("0813-9999-1111").status_code == 429
    assert attempt("0813-9999-1111", address=ELSEWHERE).status_code == 422


def test_a_household_does_not_change_its_address_by_counting_up(attempt, fail_often):
    fail_often("2001:db8:1:2::1")

    assert attempt(address="2001:db8:1:2::ffff").status_code == 429
    assert attempt(address="2001:db8:1:3::1").status_code == 422


def test_what_is_no_number_is_counted_for_each_visitor_alone(attempt, fail_often):
    fail_often(phone="siti")

    assert attempt("siti").status_code == 429
    assert attempt("siti", address=ELSEWHERE).status_code == 422


def test_a_hall_full_of_sellers_registers_within_the_hour(app):
    visitor = app.test_client()
    token = visitor.get("/daftar").tree.find(".//input[@name='csrf_token']").get("value")
    session = visitor.get_cookie("pasar_kim").value
    answers = set()
    for number in range(70):
        neighbour = app.test_client()
        neighbour.set_cookie("pasar_kim", session)
        form = {"name": "Siti", "phone": f"0813-9999-00{number:02}", "village": KEDUNGREJO, "password": PASSWORD}
        answers.add(neighbour.post("/daftar", data={"csrf_token": token, **form}).status_code)

    assert answers == {302}
