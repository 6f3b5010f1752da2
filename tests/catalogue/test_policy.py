"""Who may add and change listings."""

from marketplace.catalogue.policy import may_add_listing, may_change_listing
from marketplace.foundation.access import CONSOLE, Visitor
from tests.support.personas import (
    a_business,
    a_coordinator_of,
    a_kim,
    a_person,
    a_product,
    a_village,
    an_administrator,
    an_attraction,
)
from tests.support.places import MARGOREJO
from tests.support.queries import query_budget


def test_a_seller_adds_and_changes_what_their_own_business_sells_in_its_village():
    siti = a_person()
    shop, other = a_business(owner_id=siti.id), a_business()

    assert may_add_listing(siti, shop, shop.village_code)
    assert may_change_listing(siti, a_product(shop))
    assert not may_add_listing(siti, shop, MARGOREJO)
    assert not may_add_listing(siti, other, other.village_code)
    assert not may_change_listing(siti, a_product(other))


def test_nobody_who_lives_in_a_village_adds_to_it_without_a_business():
    assert not may_add_listing(a_person(), None, a_village().code)


def test_a_coordinator_adds_and_changes_what_their_village_sells_and_shows():
    rini = a_coordinator_of(a_kim())
    shop, elsewhere = a_business(), a_business(a_village(MARGOREJO))

    assert may_add_listing(rini, shop, shop.village_code)
    assert may_add_listing(rini, None, shop.village_code)
    assert may_change_listing(rini, a_product(shop)) and may_change_listing(rini, an_attraction())
    assert not may_add_listing(rini, elsewhere, elsewhere.village_code)
    assert not may_add_listing(rini, elsewhere, shop.village_code)
    assert not may_add_listing(rini, None, MARGOREJO)
    assert not may_change_listing(rini, a_product(elsewhere))


def test_an_administrator_and_a_visitor_sell_nothing():
    shop = a_business()

    for nobody in (an_administrator(), Visitor()):
        assert not may_add_listing(nobody, shop, shop.village_code)
        assert not may_change_listing(nobody, a_product(shop))


def test_a_business_that_nobody_owns_is_not_that_of_whoever_has_no_account():
    shop = a_business(owner_id=None)

    assert not may_change_listing(Visitor(), a_product(shop))
    assert not may_change_listing(a_person(), an_attraction(posted_by_id=None))


def test_the_console_is_answered_without_a_query():
    product = a_product()
    shop = product.business

    with query_budget(0):
        assert may_add_listing(CONSOLE, shop, shop.village_code)
        assert may_change_listing(CONSOLE, product)
