"""Two who act for one seller at one moment, each in a transaction of their own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.catalogue.models.categories import Category
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation import clock
from marketplace.foundation.access import Visitor
from marketplace.foundation.database import db, writing
from marketplace.foundation.errors import Refusal
from marketplace.foundation.transactions import committed
from marketplace.selling.errors import AlreadyAnswered
from marketplace.selling.models import Consent, ConsentAnswer
from marketplace.selling.services.behalf import post_for_seller
from marketplace.selling.services.consents import answer_consent, claim_business
from marketplace.umkm.models import Business
from tests.support.personas import a_category, a_coordinator_of, a_kim, a_person, a_photo
from tests.support.places import KEDUNGREJO, plant_places

pytestmark = pytest.mark.both_databases
NUMBER = "+6281234500001"


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace in which Kedungrejo's KIM has a coordinator."""
    with fresh_marketplace.app_context(), committed():
        plant_places()
        a_category("camilan")
        a_coordinator_of(a_kim())
        a_photo()
    return fresh_marketplace


def post(name: str = "Keripik tempe") -> Product:
    rini = db.session.scalars(select(User).where(User.name == "Rini Wulandari")).one()
    leaf = db.session.scalars(select(Category.id).where(Category.slug == "camilan")).one()
    values = {"name": name, "price": 18_000, "unit": "bungkus", "category_id": leaf, "village_code": KEDUNGREJO}
    seller = {"seller_name": "Sumiati", "seller_phone": NUMBER, "business_name": ""}
    return post_for_seller(rini, values | seller, [1], clock.now())


def at_once(market: Flask, *acts: Callable[[], object]) -> list[object]:
    """Let each act begin at the same moment; return what came of each, refusals too."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        start.wait()
        try:
            with market.app_context(), writing(), committed():
                return act()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


def test_of_a_yes_and_a_no_at_once_one_counts(market):
    with market.app_context(), committed():
        post()
    outcomes = at_once(
        market,
        lambda: answer_consent(Visitor(), 1, ConsentAnswer.YES, clock.now()).answer,
        lambda: answer_consent(Visitor(), 1, ConsentAnswer.NO, clock.now()).answer,
    )

    assert [isinstance(outcome, AlreadyAnswered) for outcome in outcomes].count(True) == 1
    with market.app_context():
        consent = db.session.get_one(Consent, 1)
        agreed = consent.answer is ConsentAnswer.YES
        assert consent.answer in outcomes
        assert consent.listing.awaits_consent is not agreed
        assert (consent.listing.status is ListingStatus.WAITING) is agreed


def test_two_who_post_for_one_seller_at_once_make_one_business(market):
    at_once(market, *(lambda name=name: post(name).id for name in ("Keripik tempe", "Keripik pisang", "Rengginang")))

    with market.app_context():
        assert db.session.scalar(select(func.count()).select_from(Business)) == 1
        assert db.session.scalar(select(func.count()).select_from(Product)) == 3


def test_a_business_that_is_claimed_twice_at_once_is_claimed_once(market):
    with market.app_context(), committed():
        post()
        a_person("Sumiati", phone=NUMBER)
        answer_consent(Visitor(), 1, ConsentAnswer.YES, clock.now())

    def claim() -> int:
        siti = db.session.scalars(select(User).where(User.phone == NUMBER)).one()
        return claim_business(siti, 1, clock.now()).claimed_by_id

    assert len(set(at_once(market, claim, claim))) == 1
    with market.app_context():
        assert db.session.scalars(select(Business)).one().owner.phone == NUMBER
