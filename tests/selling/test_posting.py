"""A product before the KIM, and the business in whose name it is sold."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.outbox import Change, Subject
from marketplace.selling.errors import VillageMissing
from marketplace.selling.policy.listings import may_tend
from marketplace.selling.services.businesses import ensure_business
from marketplace.selling.services.posting import post_own_product, post_product
from marketplace.umkm.models import BusinessStatus
from tests.support.personas import a_business, a_category, a_coordinator_of, a_kim, a_person, a_photo, a_product
from tests.support.places import KEDUNGREJO

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]

NOW = clock.now()


def a_seller(**columns):
    return a_person(**{"village_code": KEDUNGREJO, **columns})


def values(**changes) -> dict:
    return {"name": "Keripik tempe", "price": 18_000, "unit": "bungkus", "category_id": a_category().id, **changes}


def test_a_posted_product_waits_and_says_who_posted_it_and_when():
    siti = a_seller()
    cover, second = a_photo(), a_photo()

    product = post_own_product(siti, values(variants=(("Pedas", 20_000),)), [cover.id, second.id, cover.id], NOW)

    assert (product.status, product.is_public, product.published_at) == (ListingStatus.WAITING, False, None)
    assert product.submitted_at == product.confirmed_at == product.created_at == NOW
    assert (product.posted_by_id, product.business.owner_id) == (siti.id, siti.id)
    assert [use.photo for use in product.photos] == [cover, second]
    assert [(variant.name, variant.price) for variant in product.variants] == [("Pedas", 20_000)]
    assert product.is_example is False


def test_a_coordinator_posts_for_a_business_of_their_village_and_nobody_else_does():
    shop = a_business(owner_id=a_seller().id)
    rini = a_coordinator_of(a_kim())

    assert post_product(rini, shop, values(), [], NOW).posted_by_id == rini.id
    with pytest.raises(NotAllowed):
        post_product(a_seller(), shop, values(), [], NOW)


def test_the_business_has_the_name_the_number_and_the_kim_of_its_owner():
    kim, siti = a_kim(), a_seller(name="Siti Aminah")

    business = ensure_business(siti, NOW)

    assert (business.name, business.owner_name) == ("Siti Aminah", "Siti Aminah")
    assert (business.whatsapp, business.village_code, business.kim_id) == (siti.phone, KEDUNGREJO, kim.id)
    assert ensure_business(siti, NOW + timedelta(days=1)) is business


def test_a_village_with_two_kim_does_not_say_whose_the_business_is():
    a_kim(), a_kim()

    assert ensure_business(a_seller(), NOW).kim_id is None


def test_of_several_siti_in_one_village_each_has_a_business():
    people = [a_seller(phone=f"+62812{number}0001234") for number in range(3)]

    names = [ensure_business(person, NOW).name for person in people]

    assert names == ["Siti Aminah", "Siti Aminah 1234", "Siti Aminah 20001234"]


def test_a_name_that_is_too_short_or_too_long_for_a_business_is_fitted():
    assert ensure_business(a_seller(name="Ed"), NOW).name == "Usaha Ed"
    long = [ensure_business(a_seller(name="S" * 80), NOW).name for _ in range(2)]
    assert [len(name) for name in long] == [80, 80]


def test_a_closed_business_is_not_sold_in():
    siti = a_seller()
    closed = a_business(owner_id=siti.id, status=BusinessStatus.ARCHIVED)

    assert ensure_business(siti, NOW) is not closed


def test_whoever_has_not_said_where_they_live_and_the_console_have_none():
    with pytest.raises(VillageMissing, match="Akun"):
        ensure_business(a_person(), NOW)
    with pytest.raises(NotAllowed):
        ensure_business(CONSOLE, NOW)


def test_what_the_kim_sells_for_nobody_in_particular_is_tended_by_its_coordinators():
    rini, siti = a_coordinator_of(a_kim()), a_seller()
    unowned, owned = a_product(a_business()), a_product(a_business(owner_id=siti.id))

    assert may_tend(rini, unowned)
    assert not may_tend(siti, unowned)
    assert may_tend(siti, owned)
    assert not may_tend(rini, owned)
    assert may_tend(CONSOLE, owned) and may_tend(CONSOLE, unowned)


def test_search_hears_of_a_posted_product():
    product = post_own_product(a_seller(), values(), [], NOW)

    noted = db.session.scalars(select(Change.key).where(Change.subject == Subject.LISTING)).all()
    assert str(product.id) in noted
