"""KIM: what their rows promise."""

from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.database import db
from marketplace.kim.models import KimStatus
from marketplace.regions.emblem import Dye
from tests.support.personas import a_kim, a_village
from tests.support.places import BLIMBING, KEDUNGREJO, KEREK


def test_a_kim_of_a_village_is_called_after_it():
    kim = a_kim()

    assert kim.place_title == "Desa Kedungrejo"
    assert kim.place_code == KEDUNGREJO


def test_a_kim_may_belong_to_a_kecamatan():
    kim = a_kim(village_code=None)

    assert kim.place_title == "Kecamatan Kerek"
    assert kim.place_code == KEREK


def test_a_kim_wears_the_dye_that_it_chose_for_its_place():
    kim, of_kecamatan = a_kim(), a_kim(village_code=None)
    a_village().dye, a_village().district.dye = Dye.BANG, Dye.IJO
    db.session.flush()

    assert (kim.dye, of_kecamatan.dye) == (Dye.BANG, Dye.IJO)


def test_the_village_of_a_kim_lies_in_its_kecamatan():
    with pytest.raises(IntegrityError):
        a_kim(district_code=BLIMBING)


def test_an_active_kim_has_been_registered():
    with pytest.raises(IntegrityError):
        a_kim(registered_on=None)


def test_a_kim_that_only_applies_is_not_registered_yet():
    kim = a_kim(status=KimStatus.APPLYING, registered_on=None, registration_number=None)

    assert not kim.is_public


def test_a_decree_does_not_end_before_it_begins():
    with pytest.raises(IntegrityError):
        a_kim(decree_begins_on=date(2026, 1, 1), decree_ends_on=date(2025, 12, 31))


@pytest.mark.parametrize("column", ["slug", "registration_number", "site_address"])
def test_no_two_kim_share_an_address_or_a_number(column):
    a_kim(**{column: "sama"})

    with pytest.raises(IntegrityError):
        a_kim(**{column: "sama"})


def test_a_village_may_have_more_than_one_kim():
    assert a_kim(name="KIM Lor").village is a_kim(name="KIM Kidul").village


def test_the_number_of_a_kim_is_kept_as_the_authority_writes_it():
    assert a_kim(registration_number="00.7/KIM-Tbn/IX.2026 (b)").registration_number == "00.7/KIM-Tbn/IX.2026 (b)"


def test_a_kim_with_members_cannot_be_deleted():
    db.session.delete(a_kim())

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("address", ["https://kedungrejo.kim.id", "javascript:alert(1)", "kedungrejo.kim.id/x", "a b"])
def test_the_address_of_a_kims_site_is_a_host_name_alone(address):
    with pytest.raises(IntegrityError):
        a_kim(site_address=address)
