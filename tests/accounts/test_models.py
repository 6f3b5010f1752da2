"""People and their offices: what their rows promise."""

import pytest
from sqlalchemy.exc import IntegrityError

from marketplace.accounts.models import Appointment, Office
from marketplace.foundation.database import db
from tests.support.personas import BEGINNING, PASSWORD, a_person, an_officer_of
from tests.support.places import TUBAN


def refuse(row) -> None:
    """Assert that the database does not take this row."""
    db.session.add(row)
    with pytest.raises(IntegrityError):
        db.session.flush()


def test_two_people_cannot_have_the_same_number():
    siti = a_person()

    with pytest.raises(IntegrityError):
        a_person(name="Budi", phone=siti.phone)


def test_an_officer_belongs_to_a_kabupaten_and_an_administrator_to_none():
    siti = a_person()
    refuse(Appointment(user=siti, office=Office.OFFICER, appointed_at=BEGINNING))


def test_an_administrator_belongs_to_no_kabupaten():
    siti = a_person()
    refuse(Appointment(user=siti, office=Office.ADMIN, regency_code=TUBAN, appointed_at=BEGINNING))


def test_nobody_is_appointed_twice_to_the_same_office():
    bambang = an_officer_of(TUBAN)
    refuse(Appointment(user=bambang, office=Office.OFFICER, regency_code=TUBAN, appointed_at=BEGINNING))


def test_a_password_is_never_kept_as_it_was_typed():
    siti = a_person()

    assert siti.password_hash.startswith("$argon2id$")
    assert PASSWORD not in siti.password_hash


def test_the_cookie_of_a_person_changes_when_their_sign_ins_must_end():
    siti = a_person()
    before = siti.get_id()
    siti.session_version += 1

    assert siti.get_id() != before
