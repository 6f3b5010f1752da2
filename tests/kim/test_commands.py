"""Offices from the command line."""

import pytest
from sqlalchemy import select

from marketplace.accounts.models import AccountEvent
from marketplace.foundation.database import db
from marketplace.kim import policy
from tests.support.personas import a_kim, a_person, a_village
from tests.support.places import KEDUNGREJO, MARGOREJO, TUBAN

SITI = "0812-3456-7890"


@pytest.fixture
def appoint(app):
    """Run the command and return what it said."""
    return lambda *words: app.test_cli_runner().invoke(args=["accounts", "appoint", *words]).output


def test_a_coordinator_is_appointed_and_looks_after_their_village_alone(appoint):
    siti, kim = a_person(phone="+6281234567890"), a_kim()

    assert appoint(SITI, "koordinator", "--kim", kim.slug) == "Siti Aminah sekarang koordinator.\n"
    assert policy.coordinates_village(siti, KEDUNGREJO)
    assert not policy.coordinates_village(siti, a_village(MARGOREJO).code)
    assert db.session.scalars(select(AccountEvent.note)).all() == [f"koordinator {kim.slug}"]


def test_an_officers_appointment_is_noted(appoint):
    a_person(phone="+6281234567890")
    appoint(SITI, "petugas", "--regency", TUBAN)

    assert db.session.scalars(select(AccountEvent.note)).all() == [f"petugas {TUBAN}"]


def test_an_operator_reads_why_a_coordinator_is_not_appointed(appoint):
    a_person(phone="+6281234567890")
    kim = a_kim()
    appoint(SITI, "koordinator", "--kim", kim.slug)

    assert "sudah memegang jabatan itu" in appoint(SITI, "koordinator", "--kim", kim.slug)
    assert "belum terdaftar" in appoint(SITI, "koordinator", "--kim", "kim-lain")
    assert "perlu --kim" in appoint(SITI, "koordinator")
