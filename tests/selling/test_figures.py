"""What a seller reads on their desk about how often they were looked at."""

from datetime import timedelta

import pytest

from marketplace.catalogue.models.counts import ListingDayCount
from marketplace.foundation import clock
from marketplace.foundation.database import db
from tests.support.personas import a_business, a_person, a_product
from tests.support.queries import query_budget

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]


@pytest.fixture
def shop(client):
    siti = a_person()
    client.sign_in(siti)
    return a_business(owner_id=siti.id, name="Dapur Sanan")


def a_day(listing, days_ago: int, views: int, taps: int) -> None:
    day = clock.today() - timedelta(days=days_ago)
    db.session.add(ListingDayCount(listing_id=listing.id, day=day, views=views, whatsapp_taps=taps))
    db.session.flush()


def test_a_seller_reads_how_often_each_listing_was_looked_at_in_thirty_days(client, shop):
    pedas, gurih = a_product(shop, name="Keripik pedas"), a_product(shop, name="Keripik gurih")
    a_day(pedas, 0, 1_200, 5)
    a_day(pedas, 29, 12, 6)
    a_day(pedas, 30, 500, 50)
    a_day(gurih, 3, 96, 0)

    words = client.get("/jual").words

    assert "1.212 dilihat · 11 klik WhatsApp" in words
    assert "96 dilihat · 0 klik WhatsApp" in words


def test_a_seller_reads_what_the_shop_was_given_in_a_week(client, shop):
    for days_ago, views, taps in ((0, 300, 10), (6, 12, 7), (7, 90, 9)):
        a_day(a_product(shop), days_ago, views, taps)
    a_day(a_product(a_business()), 0, 1_000, 100)

    assert "Minggu ini 312 dilihat, 17 klik WhatsApp" in client.get("/jual").words


def test_where_nothing_was_counted_nothing_is_said(client, shop):
    a_product(shop)

    words = client.get("/jual").words

    assert "dilihat" not in words
    assert "klik" not in words


def test_the_figures_of_a_full_desk_are_read_with_its_rows(client, shop):
    for _ in range(24):
        a_day(a_product(shop, photos=2, confirmed_at=clock.now()), 1, 5, 1)

    with query_budget(8):
        client.get("/jual")


def test_the_privacy_page_says_what_is_counted(client):
    assert "Yang disimpan hanya jumlahnya, bukan siapa yang membuka" in client.get("/privasi").words
