"""What a seller says of their business, and its holidays."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.formatting import tanggal
from marketplace.foundation.outbox import Change, Subject
from tests.support.personas import a_business, a_person, a_product

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def shop(client):
    siti = a_person()
    client.sign_in(siti)
    return a_business(owner_id=siti.id, name="Dapur Sanan", whatsapp="+6281234567890")


def typed(shop, **values) -> dict:
    return {
        "version": shop.version,
        "name": shop.name,
        "owner_name": "Siti Aminah",
        "whatsapp": "0812 3456 7890",
        **values,
    }


def test_a_seller_keeps_their_profile(client, shop):
    hours = "Senin-Jumat 07.00-17.00"
    nib = "1234567890123"

    client.submit("/jual/usaha", **typed(shop, whatsapp="812-9999-8888", opening_hours=hours, hamlet="Krajan", nib=nib))

    db.session.refresh(shop)
    assert (shop.whatsapp, shop.hamlet, shop.nib) == ("+6281299998888", "Krajan", nib)
    assert shop.opening_hours.rows()[0] == ("Senin–Jumat", "07.00–17.00")
    assert db.session.scalars(select(Change.key).where(Change.subject == Subject.BUSINESS)).all() == [str(shop.id)]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"whatsapp": "0812"}, "Nomornya kurang panjang"),
        ({"opening_hours": "pagi sekali"}, "tidak terbaca"),
        ({"name": "  "}, "Isi nama usahanya dulu."),
        ({"nib": "12"}, "NIB terdiri dari 13 angka."),
        ({"closed_from": "2026-12-24"}, "Isi hari pertama dan hari terakhir liburnya."),
        ({"closed_from": "2026-12-24", "closed_until": "2026-12-20"}, "tidak bisa sebelum hari pertamanya"),
    ],
)
def test_what_cannot_be_used_is_kept_and_explained(client, shop, values, sentence):
    page = client.submit("/jual/usaha", **typed(shop, description="Sejak 1990", **values))

    assert page.status_code == 422
    assert sentence in page.words
    assert "Sejak 1990" in page.words


def test_two_who_change_it_at_once_lose_nothing(client, shop):
    before = typed(shop)
    client.submit("/jual/usaha", **typed(shop, hamlet="Krajan"))

    page = client.submit("/jual/usaha", **{**before, "hamlet": "Sumber"})

    assert page.status_code == 409
    assert page.tree.find(".//input[@name='hamlet']").get("value") == "Sumber"
    db.session.refresh(shop)
    assert shop.hamlet == "Krajan"


def test_two_businesses_of_a_village_are_not_called_the_same(client, shop):
    a_business(name="Dapur Kerek")

    page = client.submit("/jual/usaha", **typed(shop, name="Dapur Kerek"))

    assert page.status_code == 422
    assert "Sudah ada usaha dengan nama ini" in page.words


def test_buyers_read_until_when_a_shop_is_closed(client, shop):
    product = a_product(shop)
    today = clock.today()
    until = today + timedelta(days=5)

    client.submit(
        "/jual/usaha",
        **typed(shop, closed_from=today.isoformat(), closed_until=until.isoformat(), closure_note="Hajatan"),
    )

    for path in (f"/produk/{product.id}-keripik-tempe", f"/usaha/{shop.id}-dapur-sanan"):
        assert f"Tutup sampai {tanggal(until)}. Hajatan" in client.get(path).words


def test_a_holiday_that_is_over_is_not_shown(client):
    today = clock.today()
    shop = a_business(name="Dapur Sanan", closed_from=today - timedelta(days=9), closed_until=today - timedelta(days=1))

    assert "Tutup sampai" not in client.get(f"/usaha/{shop.id}-dapur-sanan").words


def test_somebody_without_a_business_begins_with_a_product(client):
    client.sign_in(a_person())

    assert client.get("/jual/usaha").links["Cara berjualan"] == "/cara-jual"
