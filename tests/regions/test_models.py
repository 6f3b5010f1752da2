"""Places: what their rows promise."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from marketplace.foundation.database import db
from marketplace.regions.models import Regency, Village, VillageKind, short_regency_name
from tests.support.personas import a_village
from tests.support.places import BLIMBING, KEREK, KOTA_MALANG, PURWANTORO, TUBAN


def a_new_village(**columns) -> Village:
    defaults = {
        "code": "35.23.08.2099",
        "decreed_name": "Sumberarum",
        "kind": VillageKind.RURAL,
        "district_code": KEREK,
        "regency_code": TUBAN,
        "latitude": -6.9,
        "longitude": 111.8,
    }
    village = Village(**{**defaults, **columns})
    db.session.add(village)
    db.session.flush()
    return village


def test_a_village_is_called_desa_or_kelurahan():
    assert a_village().title == "Desa Kedungrejo"
    assert a_village(PURWANTORO).title == "Kelurahan Purwantoro"


def test_a_corrected_name_is_shown_and_found():
    a_village().corrected_name = "Kedung Rejo"
    db.session.flush()

    assert a_village().title == "Desa Kedung Rejo"
    assert db.session.scalar(select(Village.code).where(Village.name == "Kedung Rejo")) == a_village().code
    assert db.session.scalar(select(Village.code).where(Village.name == "Kedungrejo")) is None


def test_malang_alone_means_the_kabupaten_around_the_city():
    assert short_regency_name("Kabupaten Malang") == "Malang"
    assert short_regency_name("Kota Malang") == "Kota Malang"
    assert db.session.get_one(Regency, TUBAN).short_name == "Tuban"


@pytest.mark.parametrize("misplaced", [{"district_code": BLIMBING}, {"regency_code": KOTA_MALANG}])
def test_a_village_lies_in_the_kecamatan_and_kabupaten_that_its_code_names(misplaced):
    with pytest.raises(IntegrityError):
        a_new_village(**misplaced)


def test_a_village_needs_a_kecamatan_that_exists():
    with pytest.raises(IntegrityError):
        a_new_village(code="35.23.99.2001", district_code="35.23.99")
