"""An index is built beside the one in use, of what is public, and takes over at once."""

import threading
from datetime import date

import pytest
from flask import Flask

from marketplace.catalogue.models.attractions import Facility
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Availability, Variant
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.foundation.transactions import committed
from marketplace.kim.models import KimStatus
from marketplace.search.index.building import reason_to_rebuild, rebuild
from marketplace.search.index.documents import ListingToIndex
from marketplace.search.index.sources import read_public
from tests.search.indexes import SAME, differences, folder_of, ids_found, plant_products, publish_product, store_of
from tests.support.personas import a_business, a_category, a_kim, a_product, an_attraction
from tests.support.places import KEDUNGREJO
from tests.support.queries import query_budget

PATIENCE = 10
HOURS = "Senin-Minggu 08.00-16.00"


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace with three products and no index."""
    plant_products(fresh_marketplace)
    return fresh_marketplace


def build(app: Flask, *progress) -> int:
    with app.app_context():
        return rebuild(store_of(app), *progress)


def generations(app: Flask) -> list[str]:
    return sorted(path.name for path in folder_of(app).parent.iterdir() if path.is_dir())


@pytest.mark.both_databases
def test_what_is_public_is_indexed_and_nothing_else(market):
    with market.app_context(), committed():
        for status in (ListingStatus.DRAFT, ListingStatus.WAITING, ListingStatus.NEEDS_FIX, ListingStatus.ARCHIVED):
            publish_product(status=status)

    assert build(market) == 3
    assert ids_found(market) == [1, 2, 3]
    assert differences(market) == SAME


def test_an_empty_marketplace_has_an_empty_index(fresh_marketplace):
    assert build(fresh_marketplace) == 0
    assert ids_found(fresh_marketplace) == []


def test_searches_go_on_in_the_old_index_until_the_new_one_is_whole(market):
    build(market)
    in_use = folder_of(market)

    def look_in_between(items, label, total):
        for item in items:
            assert folder_of(market) == in_use
            assert ids_found(market) == [1, 2, 3]
            yield item

    build(market, look_in_between)

    assert folder_of(market) != in_use
    assert ids_found(market) == [1, 2, 3]


def test_the_generation_before_stays_and_older_ones_go(market):
    build(market)
    first = folder_of(market)
    build(market)
    second = folder_of(market)
    assert generations(market) == [first.name, second.name]

    build(market)

    assert generations(market) == [second.name, folder_of(market).name]


def test_what_a_building_that_was_killed_has_left_goes(market):
    build(market)
    (folder_of(market).parent / "99990101T000000000000").mkdir()

    build(market)

    assert len(generations(market)) == 2
    assert "99990101T000000000000" not in generations(market)


def test_a_building_that_fails_leaves_the_old_index_in_use(market):
    build(market)
    in_use = folder_of(market)

    def fail(items, label, total):
        yield next(iter(items))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(market, fail)

    assert folder_of(market) == in_use
    assert generations(market) == [in_use.name]


def test_of_two_who_build_at_once_the_second_waits(market):
    is_building, may_end = threading.Event(), threading.Event()

    def take_long(items, label, total):
        is_building.set()
        assert may_end.wait(PATIENCE)
        return items

    first = threading.Thread(target=build, args=(market, take_long))
    first.start()
    assert is_building.wait(PATIENCE)
    second = threading.Thread(target=build, args=(market,))
    second.start()
    second.join(0.3)
    assert second.is_alive()

    may_end.set()
    first.join(PATIENCE)
    second.join(PATIENCE)

    assert len(generations(market)) == 2
    assert ids_found(market) == [1, 2, 3]


def test_progress_is_told(market):
    told = []

    def tell(items, label, total):
        told.append((label, total))
        return items

    build(market, tell)

    assert told == [("Menyusun indeks", 3)]


def test_an_index_of_another_database_is_not_kept(market):
    build(market)
    state = folder_of(market) / "state.json"
    with market.app_context():
        assert reason_to_rebuild(store_of(market)) is None
        state.write_text(state.read_text().replace('"database": "', '"database": "another'))
        assert reason_to_rebuild(store_of(market)) == "it was made of another database"


@pytest.mark.both_databases
class TestWhatIsReadOfAListing:
    """The rows that documents are made of."""

    @pytest.fixture(autouse=True)
    def inside(self, app: Flask) -> None:
        """In an application whose writes are undone."""

    def read(self) -> list[ListingToIndex]:
        return list(read_public())

    def test_a_product(self):
        kim = a_kim(name="KIM Kedungrejo")
        business = a_business(name="Dapur Bu Sri", kim_id=kim.id)
        product = a_product(
            business,
            photos=2,
            name="Keripik tempe",
            price=18_000,
            description="Renyah.",
            ingredients="Kedelai, tepung",
            brand="Sari",
            availability=Availability.SOLD_OUT,
            pirt_number="2063523010001-28",
            pirt_expires_on=date(2028, 1, 1),
            variants=[Variant(position=0, name="Pedas", price=18_000), Variant(position=1, name="Asin", price=17_000)],
        )

        assert self.read() == [
            ListingToIndex(
                id=product.id,
                revision=product.version,
                kind=product.kind,
                name="Keripik tempe",
                description="Renyah.\nKedelai, tepung\nSari\nPedas\nAsin",
                category_id=product.category_id,
                category_words="Camilan Makanan camilan",
                village_code=KEDUNGREJO,
                business_id=business.id,
                business_name="Dapur Bu Sri",
                kim_name="KIM Kedungrejo",
                price=18_000,
                is_sold_out=True,
                has_photo=True,
                published_at=product.published_at,
                opening_hours=None,
                has_pirt=True,
                pirt_expires_on=date(2028, 1, 1),
                has_halal=False,
                halal_expires_on=None,
            )
        ]

    def test_an_attraction(self):
        an_attraction(
            summary="Air terjun hijau.",
            description="Datang pagi.",
            adult_ticket=10_000,
            opening_hours=parse_opening_hours(HOURS),
            facilities={Facility.TOILET, Facility.HOMESTAY},
            manager_name="Pokdarwis Nglirip",
            directions="Dari Alun-alun Batu 25 menit.",
            prohibitions="Dilarang berenang.",
        )

        (listing,) = self.read()
        assert listing.description == "Datang pagi.\nAir terjun hijau.\nPokdarwis Nglirip\nPenginapan warga Toilet"
        assert listing.opening_hours == parse_opening_hours(HOURS)
        assert (listing.price, listing.is_sold_out, listing.has_photo) == (10_000, False, False)
        assert (listing.business_id, listing.business_name, listing.kim_name) == (None, "", "")

    def test_a_kim_that_is_not_public_is_not_named(self):
        business = a_business(kim_id=a_kim(status=KimStatus.ARCHIVED).id)
        a_product(business)

        assert [listing.kim_name for listing in self.read()] == [""]

    def test_a_shelf_is_known_by_its_name_and_its_groups(self):
        a_product(category_id=a_category("makanan-ringan").id)

        (listing,) = self.read()
        assert listing.category_words == "Makanan ringan Makanan camilan"

    def test_many_are_read_in_batches_and_in_their_order(self, monkeypatch):
        monkeypatch.setattr("marketplace.search.index.sources.BATCH", 3)
        ids = [a_product().id for _ in range(7)]

        # The categories, three batches and the end, and the variants of each batch.
        with query_budget(1 + 4 + 3):
            assert [listing.id for listing in self.read()] == ids

    def test_some_are_read_by_their_ids(self):
        ids = [a_product().id for _ in range(4)]
        hidden = a_product(status=ListingStatus.DRAFT).id

        assert [listing.id for listing in read_public([ids[2], ids[0], hidden])] == [ids[0], ids[2]]
