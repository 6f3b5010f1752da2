"""Making accounts, giving offices, recognising people."""

import pytest

from marketplace.accounts.errors import AlreadyAppointed, OfficeWithoutPlace, PasswordRefused, PhoneTaken, SignInRefused
from marketplace.accounts.models import Office
from marketplace.accounts.services import people as services
from marketplace.accounts.services.people import appoint, create_account, recognise
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.phones import PhoneRefused
from marketplace.regions.errors import NoSuchPlace
from marketplace.regions.models import Regency
from tests.support.personas import PASSWORD, a_person, an_administrator
from tests.support.places import KEDUNGREJO, TUBAN


def test_the_console_makes_an_account_and_its_owner_signs_in_with_it():
    siti = create_account(CONSOLE, "Siti Aminah", "0812-3456-7890", "pisang goreng hangat", KEDUNGREJO)

    assert siti.phone == "+6281234567890"
    assert siti.village.name == "Kedungrejo"
    assert recognise("62 812 3456 7890", "pisang goreng hangat") is siti


def test_a_number_has_one_account_however_it_is_typed():
    create_account(CONSOLE, "Siti Aminah", "0812-3456-7890", PASSWORD)

    with pytest.raises(PhoneTaken):
        create_account(CONSOLE, "Budi", "+62 812 3456 7890", PASSWORD)


def test_an_account_needs_a_number_that_can_be_called():
    with pytest.raises(PhoneRefused):
        create_account(CONSOLE, "Siti Aminah", "0812", PASSWORD)


def test_nobody_but_the_console_makes_accounts_or_gives_offices():
    ratna = an_administrator()

    with pytest.raises(NotAllowed):
        create_account(ratna, "Siti Aminah", "0812-3456-7890", PASSWORD)
    with pytest.raises(NotAllowed):
        appoint(ratna, ratna, Office.ADMIN)


def test_the_console_appoints_an_officer_of_a_kabupaten():
    bambang = a_person("Bambang")

    appointment = appoint(CONSOLE, bambang, Office.OFFICER, db.session.get_one(Regency, TUBAN))

    assert bambang.appointments == [appointment]
    assert appointment.regency_code == TUBAN


@pytest.mark.parametrize("password", ["123456789", "x" * 201])
def test_a_password_that_is_guessed_or_cannot_be_typed_is_refused(password):
    with pytest.raises(PasswordRefused):
        create_account(CONSOLE, "Siti Aminah", "0812-3456-7890", password)


def test_nobody_lives_in_a_village_that_there_is_not():
    with pytest.raises(NoSuchPlace):
        create_account(CONSOLE, "Siti Aminah", "0812-3456-7890", PASSWORD, "99.99.99.9999")


def test_an_officer_needs_a_kabupaten_and_an_administrator_has_none():
    bambang = a_person("Bambang")

    with pytest.raises(OfficeWithoutPlace):
        appoint(CONSOLE, bambang, Office.OFFICER)
    with pytest.raises(OfficeWithoutPlace):
        appoint(CONSOLE, bambang, Office.ADMIN, db.session.get_one(Regency, TUBAN))


@pytest.mark.parametrize(("office", "code"), [(Office.OFFICER, TUBAN), (Office.ADMIN, None)])
def test_an_office_is_given_once(office, code):
    bambang = a_person("Bambang")
    regency = code and db.session.get_one(Regency, code)
    appoint(CONSOLE, bambang, office, regency)

    with pytest.raises(AlreadyAppointed):
        appoint(CONSOLE, bambang, office, regency)


def test_a_person_is_recognised_by_number_and_password():
    siti = a_person(phone="+6281234567890")

    assert recognise("0812 3456 7890", PASSWORD) is siti


@pytest.mark.parametrize(
    ("phone", "password"),
    [
        ("0812-3456-7890", "not this"),
        ("0812-3456-7890", PASSWORD.upper()),
        ("0812-3456-7890", PASSWORD + " "),
        ("0812-3456-7891", PASSWORD),
        ("not a number", PASSWORD),
    ],
)
def test_nobody_is_recognised_by_less(phone, password):
    a_person(phone="+6281234567890")

    with pytest.raises(SignInRefused):
        recognise(phone, password)


@pytest.mark.parametrize("phone", ["0812-3456-7891", "not a number"])
def test_a_number_without_an_account_takes_as_long_as_a_wrong_password(phone, monkeypatch):
    checked = []
    monkeypatch.setattr(services, "waste_the_time_of_a_check", checked.append)

    with pytest.raises(SignInRefused):
        recognise(phone, "some password")

    assert checked == ["some password"]
