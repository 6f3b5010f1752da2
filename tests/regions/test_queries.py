"""Looking up places."""

import pytest

from marketplace.foundation.database import db
from marketplace.regions import queries
from marketplace.regions.errors import NoSuchPlace
from marketplace.regions.models import Regency
from tests.support.personas import a_village
from tests.support.places import KEDUNGREJO, KEREK, PURWANTORO, TUBAN
from tests.support.queries import query_budget


def test_a_village_is_found_with_the_way_to_it_in_one_question():
    db.session.expunge_all()
    with query_budget(1):
        village = queries.get_village(KEDUNGREJO)

        assert (village.title, village.url) == ("Desa Kedungrejo", "/desa/35.23.08.2009")
        assert (village.district.code, village.district.name) == (KEREK, "Kerek")
        assert (village.regency.code, village.regency.name, village.regency.short_name) == (
            TUBAN,
            "Kabupaten Tuban",
            "Tuban",
        )


def test_a_village_is_called_as_an_administrator_corrected_it():
    village = a_village(PURWANTORO)
    village.corrected_name, village.district.corrected_name = "Purwantara", "Blimbing Kota"
    db.session.flush()

    found = queries.get_village(PURWANTORO)

    assert (found.title, found.district.name) == ("Kelurahan Purwantara", "Blimbing Kota")


def test_a_village_that_is_no_longer_named_keeps_its_page():
    a_village().is_current = False
    db.session.flush()

    assert queries.get_village(KEDUNGREJO).name == "Kedungrejo"


def test_all_38_kabupaten_and_kota_stand_in_the_order_of_their_codes():
    codes = [regency.code for regency in queries.list_regencies()]

    assert len(codes) == 38
    assert codes == sorted(codes)


def test_a_kabupaten_that_is_no_longer_named_leaves_the_list():
    db.session.get_one(Regency, TUBAN).is_current = False
    db.session.flush()

    assert TUBAN not in [regency.code for regency in queries.list_regencies()]


def test_a_kecamatan_is_found_with_its_kabupaten():
    db.session.expunge_all()
    with query_budget(1):
        assert queries.get_district(KEREK).regency.name == "Kabupaten Tuban"


@pytest.mark.parametrize("code", ["", "35", "35.99", "35.23.99", "35.23.08.9999", "tuban", "35.23.08.2009 ", "'; --"])
def test_a_code_that_no_place_has_is_refused(code):
    for get in (queries.get_regency, queries.get_district, queries.get_village):
        with pytest.raises(NoSuchPlace):
            get(code)


def test_a_place_answers_only_to_the_code_of_its_own_level():
    with pytest.raises(NoSuchPlace):
        queries.get_district(TUBAN)
    with pytest.raises(NoSuchPlace):
        queries.get_village(KEREK)
