"""Businesses: what their rows promise, and what they never keep."""

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from marketplace.foundation.database import db
from marketplace.umkm.models import Business, BusinessStatus
from tests.support.personas import a_business, a_product, a_village
from tests.support.places import MARGOREJO


def test_nothing_is_kept_that_must_never_be_public():
    columns = " ".join(column.name for column in Business.__table__.columns)

    for word in ("nik", "kk", "ktp", "bank", "rekening", "birth", "lahir"):
        assert word not in columns


def test_a_village_has_one_business_of_a_name():
    a_business(name="Tempe Sanan")

    with pytest.raises(IntegrityError):
        a_business(name="Tempe Sanan")


def test_two_villages_may_each_have_a_business_of_that_name():
    assert a_business(name="Tempe Sanan").id != a_business(a_village(MARGOREJO), name="Tempe Sanan").id


@pytest.mark.parametrize("name", ["", "ab", "x" * 81])
def test_a_name_has_three_to_eighty_letters(name):
    with pytest.raises(DatabaseError):
        a_business(name=name)


def test_an_archived_business_is_not_public():
    assert a_business().is_public
    assert not a_business(status=BusinessStatus.ARCHIVED).is_public


def test_the_address_of_a_business_is_made_of_its_name():
    assert a_business(name="Batik “Bu Uswatun” & Anak").slug == "batik-bu-uswatun-anak"


def test_a_business_with_products_cannot_be_deleted():
    business = a_product().business
    db.session.delete(business)

    with pytest.raises(IntegrityError):
        db.session.flush()
