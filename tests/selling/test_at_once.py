"""Two who write at one moment, each in a transaction of their own: one is refused in words, and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotAllowed
from marketplace.foundation.transactions import committed
from marketplace.selling.errors import VillageMissing
from marketplace.selling.models import ProposedChange
from marketplace.selling.services.businesses import ensure_business
from marketplace.selling.services.editing import edit_listing
from marketplace.selling.services.leaving import erase_account
from marketplace.umkm.errors import BusinessNameTaken
from marketplace.umkm.models import Business
from marketplace.umkm.services import change_business
from tests.support.personas import a_business, a_person, a_product
from tests.support.places import KEDUNGREJO, plant_places

pytestmark = pytest.mark.both_databases


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace in which Siti has two businesses, a product that waits and one that is shown."""
    with fresh_marketplace.app_context(), committed():
        plant_places()
        siti = a_person()
        shop = a_business(owner_id=siti.id, name="Dapur Sanan")
        a_business(owner_id=siti.id, name="Dapur Kerek")
        a_product(shop, name="Keripik yang menunggu", status=ListingStatus.WAITING, published_at=None)
        a_product(shop, name="Keripik yang tayang")
    return fresh_marketplace


def outcome_of_the_second(market: Flask, first: Callable[[], object], second: Callable[[], object]) -> object:
    """Let the second begin before the first commits; return what came of it, or its refusal."""

    def try_second() -> object:
        with market.app_context(), committed():
            return second()

    with ThreadPoolExecutor(1) as another, market.app_context():
        with committed():
            first()
            tried = another.submit(try_second)
            with pytest.raises(TimeoutError):
                tried.result(timeout=0.5)
        try:
            return tried.result(timeout=5)
        except (Conflict, BusinessNameTaken, NotAllowed, VillageMissing) as refusal:
            return refusal


def editing(name: str, version: int, **values) -> Callable[[], object]:
    def edit() -> bool:
        siti = db.session.scalars(select(User)).one()
        listing = db.session.scalars(select(Product).where(Product.name == name)).one()
        return edit_listing(siti, listing, str(version), {"unit": "kg", **values}, None, clock.now())

    return edit


def renaming(name: str, new_name: str) -> Callable[[], object]:
    def rename() -> None:
        siti = db.session.scalars(select(User)).one()
        business = db.session.scalars(select(Business).where(Business.name == name)).one()
        change_business(siti, business, 1, {"name": new_name})

    return rename


def test_of_two_who_edit_what_waits_the_second_is_refused(market):
    name = "Keripik yang menunggu"

    refusal = outcome_of_the_second(market, editing(name, 1, price=20_000), editing(name, 1, price=30_000))

    assert isinstance(refusal, Conflict)
    with market.app_context():
        assert db.session.scalar(select(Product.price).where(Product.name == name)) == 20_000


def test_of_two_who_edit_what_is_shown_one_edit_is_open(market):
    name = "Keripik yang tayang"

    outcome = outcome_of_the_second(market, editing(name, 1, price=20_000), editing(name, 1, price=30_000))

    # Where the second could only begin after the first had ended, its edit goes on from the first one's.
    assert outcome is True or isinstance(outcome, Conflict)
    with market.app_context():
        change = db.session.scalars(select(ProposedChange)).one()
        assert change.values["price"] == (30_000 if outcome is True else 20_000)


def test_of_two_businesses_that_take_one_name_at_once_the_second_is_told(market):
    refusal = outcome_of_the_second(
        market, renaming("Dapur Sanan", "Dapur Bersama"), renaming("Dapur Kerek", "Dapur Bersama")
    )

    assert isinstance(refusal, BusinessNameTaken)


def test_who_leaves_while_they_send_their_first_product_leaves_no_business_behind(market):
    with market.app_context(), committed():
        joko_id = a_person("Joko", village_code=KEDUNGREJO).id

    def joko() -> User:
        return db.session.get_one(User, joko_id)

    refusal = outcome_of_the_second(
        market,
        lambda: erase_account(joko(), joko(), clock.now()),
        lambda: ensure_business(joko(), clock.now()),
    )

    assert isinstance(refusal, NotAllowed | VillageMissing)
    with market.app_context():
        assert db.session.scalars(select(Business).where(Business.owner_id == joko_id)).all() == []


def test_who_edits_while_they_leave_finds_the_listing_put_away(market):
    name = "Keripik yang menunggu"

    def leave() -> None:
        siti = db.session.scalars(select(User)).one()
        erase_account(siti, siti, clock.now())

    refusal = outcome_of_the_second(market, editing(name, 1, price=30_000), leave)

    assert refusal is None
    with market.app_context():
        product = db.session.scalars(select(Product).where(Product.name == name)).one()
        assert (product.price, product.status) == (30_000, ListingStatus.ARCHIVED)
