"""How much is where: counted anew from what is public."""

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.counts import CategoryCount, PlaceCount
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.queries.places import PROVINCE, count_place
from marketplace.catalogue.services.counts import recount
from marketplace.foundation.database import db
from marketplace.kim.models import KimStatus
from tests.support.personas import a_business, a_category, a_kim, a_product, a_village, an_attraction
from tests.support.places import BLIMBING, KEDUNGREJO, KEREK, KOTA_MALANG, MARGOREJO, PURWANTORO, TUBAN

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]


def figures(code: str) -> tuple[int, int, int, int]:
    count = count_place(code)
    return count.products, count.attractions, count.villages, count.villages_with_kim


def count_category(slug: str) -> int | None:
    category = a_category(slug)
    return db.session.scalar(select(CategoryCount.listings).where(CategoryCount.category_id == category.id))


def test_every_place_counts_what_lies_in_it():
    a_product()
    a_product()
    an_attraction()
    a_product(a_business(a_village(MARGOREJO)))
    an_attraction(a_village(PURWANTORO))
    a_kim()

    recount()

    assert figures(KEDUNGREJO) == (2, 1, 1, 1)
    assert figures(MARGOREJO) == (1, 0, 1, 0)
    assert figures(KEREK) == figures(TUBAN) == (3, 1, 2, 1)
    assert figures(PURWANTORO) == figures(BLIMBING) == figures(KOTA_MALANG) == (0, 1, 1, 0)
    assert figures(PROVINCE) == (3, 2, 3, 1)


def test_a_place_where_nothing_is_has_nothing():
    recount()

    assert figures(KEDUNGREJO) == figures(PROVINCE) == (0, 0, 0, 0)
    assert db.session.scalars(select(PlaceCount)).all() == []


@pytest.mark.parametrize("status", [status for status in ListingStatus if status is not ListingStatus.PUBLISHED])
def test_only_what_is_public_counts(status):
    a_product(status=status)
    recount()

    assert figures(TUBAN) == (0, 0, 0, 0)
    assert count_category("camilan") is None


def test_a_kim_that_only_applies_or_is_archived_does_not_count():
    a_kim(status=KimStatus.APPLYING)
    a_kim(status=KimStatus.ARCHIVED)
    recount()

    assert figures(KEDUNGREJO) == (0, 0, 0, 0)


def test_two_kim_in_one_village_make_one_village_with_a_kim():
    a_kim()
    a_kim()
    recount()

    assert figures(TUBAN) == (0, 0, 0, 1)


def test_a_kim_of_a_kecamatan_gives_no_village_a_kim_of_its_own():
    a_kim(village_code=None)
    recount()

    assert figures(KEREK) == (0, 0, 0, 0)


def test_a_group_counts_what_stands_on_all_its_shelves():
    a_product(category_id=a_category("camilan").id)
    a_product(category_id=a_category("kue").id)
    a_product(category_id=a_category("kopi", group="minuman").id)
    an_attraction()
    recount()

    assert [count_category(slug) for slug in ("camilan", "kue", "makanan-camilan", "kopi", "minuman")] == [
        1,
        1,
        2,
        1,
        1,
    ]
    assert (
        db.session.scalar(
            select(CategoryCount.listings).where(
                CategoryCount.category_id == a_category("air-terjun", ListingKind.ATTRACTION).id
            )
        )
        == 1
    )


def test_counting_twice_gives_the_same_and_what_is_gone_is_gone():
    product = a_product()
    a_kim()
    recount()
    recount()
    assert figures(TUBAN) == (1, 0, 1, 1)

    product.status = ListingStatus.ARCHIVED
    db.session.flush()
    recount()
    db.session.expire_all()

    assert figures(TUBAN) == (0, 0, 0, 1)
    assert count_category("camilan") is None
