"""Finding businesses."""

import pytest

from marketplace.foundation.database import db
from marketplace.umkm import queries
from marketplace.umkm.errors import NoSuchBusiness
from marketplace.umkm.models import BusinessStatus
from tests.support.personas import a_business, a_kim, a_village
from tests.support.places import KEDUNGREJO, MARGOREJO
from tests.support.queries import query_budget


def test_the_businesses_of_a_village_stand_in_the_order_of_their_names():
    for name in ("Tempe Sanan", "Batik Gedog", "Kopi Wonosalam"):
        a_business(name=name)
    a_business(a_village(MARGOREJO), name="Anyaman Margorejo")
    a_business(name="Arsip", status=BusinessStatus.ARCHIVED)

    names = [business.name for business in queries.list_businesses_of_village(KEDUNGREJO, 12)]

    assert names == ["Batik Gedog", "Kopi Wonosalam", "Tempe Sanan"]
    assert len(queries.list_businesses_of_village(KEDUNGREJO, 2)) == 2


def test_a_summary_leads_to_the_page_of_its_business():
    business = a_business(name="Tempe Sanan", hamlet="Dusun Krajan", nib="1234567890123")

    (summary,) = queries.list_businesses_of_village(KEDUNGREJO, 12)

    assert summary.url == f"/usaha/{business.id}-tempe-sanan"
    for name in ("id", "name", "owner_name", "hamlet", "whatsapp", "nib", "kim_id", "slug"):
        assert getattr(summary, name) == getattr(business, name)


def test_an_archived_business_is_found_by_nobody():
    business = a_business(status=BusinessStatus.ARCHIVED)

    with pytest.raises(NoSuchBusiness):
        queries.get_public_business(business.id)
    with pytest.raises(NoSuchBusiness):
        queries.get_public_business(business.id + 1000)


def test_a_business_is_found_with_its_place_and_its_kim_in_one_question():
    id = a_business(kim_id=a_kim(name="KIM Kedung Makmur").id).id
    db.session.expunge_all()
    with query_budget(1):
        business = queries.get_public_business(id)
        assert business.village.district.name == "Kerek"
        assert business.village.regency.name == "Kabupaten Tuban"
        assert business.kim.name == "KIM Kedung Makmur"
