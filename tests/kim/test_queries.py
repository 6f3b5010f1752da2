"""Finding the KIM that looks after a place."""

from datetime import date

import pytest

from marketplace.foundation.database import db
from marketplace.kim import queries
from marketplace.kim.errors import NoSuchKim
from marketplace.kim.models import KimStatus
from marketplace.regions.queries import get_village
from tests.support.personas import a_kim, a_village
from tests.support.places import KEDUNGREJO, KEREK, MARGOREJO, PURWANTORO
from tests.support.queries import query_budget


def kim_of(village_code: str) -> list[queries.KimSummary]:
    return queries.list_kim_of_village(get_village(village_code))


def names(found) -> list[str]:
    return [kim.name for kim in found]


def test_the_eldest_kim_of_a_village_stands_first():
    a_kim(name="KIM Muda", registered_on=date(2026, 5, 1))
    a_kim(name="KIM Tua", registered_on=date(2024, 5, 1))

    assert names(kim_of(KEDUNGREJO)) == ["KIM Tua", "KIM Muda"]


def test_a_village_with_its_own_kim_is_not_looked_after_by_the_kecamatan():
    a_kim(name="KIM Kecamatan", village_code=None, registered_on=date(2020, 1, 1))
    a_kim(name="KIM Desa")

    assert names(kim_of(KEDUNGREJO)) == ["KIM Desa"]
    assert names(kim_of(MARGOREJO)) == ["KIM Kecamatan"]
    assert names(kim_of(PURWANTORO)) == []


@pytest.mark.parametrize("status", [KimStatus.APPLYING, KimStatus.ARCHIVED])
def test_a_kim_that_is_not_active_is_found_by_nobody(status):
    kim = a_kim(status=status)
    a_kim(status=status, village_code=None)

    assert kim_of(KEDUNGREJO) == []
    assert queries.list_kim_of_district(KEREK) == []
    with pytest.raises(NoSuchKim):
        queries.get_public_kim(kim.slug)


def test_a_kim_of_a_kecamatan_is_not_one_of_its_villages():
    a_kim(name="KIM Desa")
    a_kim(name="KIM Kecamatan", village_code=None)

    assert names(queries.list_kim_of_district(KEREK)) == ["KIM Kecamatan"]


def test_a_summary_says_what_the_row_says():
    a_village().dye = "bang"
    kim = a_kim(introduction="Merawat batik.", address="Balai desa", site_address="kedungrejo.kim.id")

    (summary,) = kim_of(KEDUNGREJO)

    for name in ("id", "slug", "name", "introduction", "registration_number", "site_address", "address", "whatsapp"):
        assert getattr(summary, name) == getattr(kim, name)
    assert (summary.dye, summary.place_code) == ("bang", kim.place_code)


def test_the_page_of_a_kim_needs_two_questions():
    slug = a_kim().slug
    db.session.expunge_all()
    with query_budget(2):
        kim = queries.get_public_kim(slug)
        assert kim.village.district.name == "Kerek"
        assert kim.district.regency.name == "Kabupaten Tuban"
        assert [member.name for member in kim.members] == ["Sulastri"]
