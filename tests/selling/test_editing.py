"""Changing what is sold, while the public sees what was approved."""

from datetime import date

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Availability, Delivery, Payment
from marketplace.foundation.database import db
from marketplace.selling.changes import from_json, to_json
from marketplace.selling.models import ChangeStatus, ProposedChange
from tests.support.personas import a_business, a_person, a_product

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]


@pytest.fixture
def shop(client):
    siti = a_person()
    client.sign_in(siti)
    return a_business(owner_id=siti.id)


def typed(product, **values) -> dict:
    kept = {"name": product.name, "price": "18000", "unit": "bungkus", "description": product.description}
    return {"version": product.version, **kept, **values}


def changes() -> list[ProposedChange]:
    return list(db.session.scalars(select(ProposedChange).execution_options(populate_existing=True)))


def test_the_live_version_stays_while_an_edit_waits(client, shop):
    product = a_product(shop)

    client.submit(f"/jual/{product.id}/ubah", **typed(product, name="Keripik tempe sagu"))

    db.session.refresh(product)
    assert (product.name, product.is_public) == ("Keripik tempe", True)
    assert [change.values for change in changes()] == [{"name": "Keripik tempe sagu"}]
    field = client.get(f"/jual/{product.id}/ubah").tree.find(".//input[@name='name']")
    assert field.get("value") == "Keripik tempe sagu"


def test_an_edit_that_returns_to_what_is_shown_is_withdrawn(client, shop):
    product = a_product(shop)
    client.submit(f"/jual/{product.id}/ubah", **typed(product, price="20000"))

    client.submit(f"/jual/{product.id}/ubah", **typed(product))

    assert [change.status for change in changes()] == [ChangeStatus.WITHDRAWN]


@pytest.mark.parametrize("before", [ListingStatus.DRAFT, ListingStatus.WAITING, ListingStatus.NEEDS_FIX])
def test_what_is_not_shown_changes_at_once_and_waits_for_the_kim(client, shop, before):
    product = a_product(shop, status=before, published_at=None, fix_reason="Harganya belum benar.")

    client.submit(f"/jual/{product.id}/ubah", **typed(product, price="20.000"))

    db.session.refresh(product)
    assert (product.price, product.status) == (20_000, ListingStatus.WAITING)
    assert product.submitted_at is not None


def test_a_seller_mends_from_the_desk(client, shop):
    a_product(shop, status=ListingStatus.NEEDS_FIX, published_at=None, fix_reason="Foto kedua masih buram.")

    page = client.get(client.get("/jual").links["Perbaiki sekarang: Keripik tempe"])

    assert "Foto kedua masih buram." in page.words


def test_two_who_edit_at_once_lose_nothing(client, shop):
    product = a_product(shop, status=ListingStatus.WAITING, published_at=None)
    before = typed(product)
    client.submit(f"/jual/{product.id}/ubah", **typed(product, price="20000"))

    page = client.submit(f"/jual/{product.id}/ubah", **{**before, "name": "Keripik manis"})

    assert page.status_code == 409
    assert page.tree.find(".//input[@name='name']").get("value") == "Keripik manis"
    db.session.refresh(product)
    assert (product.name, product.price) == ("Keripik tempe", 20_000)


@pytest.mark.parametrize("values", [{"name": " a "}, {"price": "mahal"}, {"unit": " "}])
def test_what_cannot_be_used_is_kept_and_explained(client, shop, values):
    product = a_product(shop)

    page = client.submit(f"/jual/{product.id}/ubah", **typed(product, **{"description": "Renyah", **values}))

    assert page.status_code == 422
    assert "Renyah" in page.words
    assert changes() == []


def test_other_people_s_goods_are_not_there_to_edit(client, shop):
    other = a_product(a_business(owner_id=a_person("Joko").id))

    assert client.get(f"/jual/{other.id}/ubah").status_code == 404


def test_an_edit_comes_out_of_the_database_as_it_went_in():
    values = {
        "name": "Keripik",
        "price": None,
        "availability": Availability.READY,
        "season": frozenset({1, 12}),
        "delivery": frozenset({Delivery.PICK_UP, Delivery.COURIER}),
        "payment": frozenset({Payment.CASH}),
        "pirt_expires_on": date(2027, 5, 1),
        "variants": (("Pedas", 20_000), ("Asin", 18_000)),
    }

    assert from_json(to_json(values)) == values
