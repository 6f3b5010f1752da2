"""Looking up people."""

import pytest

from marketplace.accounts.queries import people as queries
from marketplace.foundation.database import db
from tests.support.personas import a_person, an_administrator, an_officer_of
from tests.support.places import TUBAN
from tests.support.queries import query_budget


def test_a_person_is_found_by_their_number_alone():
    siti, _budi = a_person(), a_person(name="Budi")

    assert queries.find_user_by_phone(siti.phone) is siti
    assert queries.find_user_by_phone("+6281200000000") is None


def test_a_cookie_names_its_person():
    siti = a_person()

    assert queries.find_user_of_cookie(siti.get_id()) is siti


def test_an_older_cookie_names_nobody():
    siti = a_person()
    cookie = siti.get_id()
    siti.session_version += 1
    db.session.flush()

    assert queries.find_user_of_cookie(cookie) is None


@pytest.mark.parametrize("cookie", ["", "1", "1.", ".1", "x.1", "1.x", "-1.1", "0.1", "1.1.1", "²." + "1"])
def test_a_made_up_cookie_names_nobody(cookie):
    assert queries.find_user_of_cookie(cookie) is None


def test_the_offices_of_a_person_are_listed_with_their_kabupaten():
    bambang = an_officer_of(TUBAN)
    db.session.flush()

    with query_budget(2):
        (appointment,) = queries.list_appointments(bambang)
        assert appointment.regency.name == "Kabupaten Tuban"


def test_an_administrator_has_an_office_without_a_kabupaten():
    (appointment,) = queries.list_appointments(an_administrator())

    assert appointment.regency is None
