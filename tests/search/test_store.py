"""Searches read whatever was committed last, and never stumble over an index that is missing, foreign or damaged."""

import pytest
from flask import Flask

from marketplace.search.background import Keeper
from marketplace.search.index.building import rebuild
from marketplace.search.index.integrity import IndexDamaged, refuse_damaged
from marketplace.search.index.store import BETWEEN_LOOKS, Store
from marketplace.search.indexer import Indexer
from tests.search.indexes import (
    DAMAGES,
    SAME,
    change,
    differences,
    flip_a_byte,
    folder_of,
    ids_found,
    plant_products,
    put_instead,
    store_of,
)

by_damage = pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES.keys())


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace with three products, all of them in its index."""
    plant_products(fresh_marketplace)
    with fresh_marketplace.app_context():
        rebuild(fresh_marketplace.extensions["search"])
    return fresh_marketplace


@pytest.fixture
def keeper(market: Flask):
    """Whoever keeps the index of that marketplace."""
    keeper = Keeper(market, lambda _seconds: False)
    yield keeper
    keeper.close()


def look_again(store: Store) -> None:
    """Let the store look at its files the next time, however soon that is."""
    store._looked_at -= BETWEEN_LOOKS


def test_before_the_first_index_there_is_no_reader(fresh_marketplace):
    assert fresh_marketplace.extensions["search"].reader() is None


def test_a_reader_has_its_stamp_until_something_is_committed(market):
    store = store_of(market)
    before = store.reader()
    look_again(store)
    assert store.reader() is before

    change(market, 1, name="Keripik tempe sagu")
    with market.app_context():
        indexer = Indexer(store)
        indexer.catch_up()
        indexer.close()
    look_again(store)

    assert store.reader().stamp != before.stamp


def test_a_new_generation_is_read_as_soon_as_it_is_in_use(market):
    store = store_of(market)
    before = store.reader()

    with market.app_context():
        rebuild(store)

    assert store.reader().stamp != before.stamp
    # Whoever still has the old one may go on with it.
    assert before.searcher.num_docs == 3


@by_damage
def test_what_cannot_be_used_is_no_reader_and_is_built_anew_while_pages_are_shown(market, keeper, damage):
    damage(folder_of(market))

    assert store_of(market).reader() is None
    assert market.test_client().get("/").status_code == 200

    keeper.look()
    assert ids_found(market) == [1, 2, 3]
    assert differences(market) == SAME


@by_damage
def test_a_process_that_has_read_the_index_notices_the_new_one(market, keeper, damage):
    store = store_of(market)
    before = store.reader()
    damage(folder_of(market))
    look_again(store)
    store.reader()

    keeper.look()
    look_again(store)

    assert store.reader().stamp[0] != before.stamp[0]


def test_a_byte_that_is_not_what_was_written_is_found_when_the_keeper_begins(market, keeper):
    flip_a_byte(folder_of(market))
    damaged = folder_of(market)

    keeper.look()

    assert folder_of(market) != damaged
    refuse_damaged(folder_of(market), reads_everything=True)


def test_a_byte_that_is_not_what_was_written_is_found_when_a_search_has_failed(market, keeper):
    keeper.look()
    store = store_of(market)
    reader = store.reader()
    damaged = folder_of(market)
    flip_a_byte(damaged)

    store.report_damage(reader)
    assert store.reader() is None

    keeper.look()
    assert folder_of(market) != damaged
    assert store_of(market).reader() is not None


def test_a_search_that_fails_in_a_whole_index_has_nobody_build_another(market, keeper):
    store = store_of(market)
    store.report_damage(store.reader())
    in_use = folder_of(market)

    keeper.look()

    assert folder_of(market) == in_use
    assert store.reader() is not None


def test_a_complaint_about_an_older_generation_is_late(market):
    store = store_of(market)
    old = store.reader()
    flip_a_byte(folder_of(market))
    with market.app_context():
        rebuild(store)

    store.report_damage(old)

    assert store.reader() is not None
    assert not store.is_reported_damaged()


@pytest.mark.parametrize("suffix", ["fast", "fieldnorm", "idx", "pos", "store", "term"])
def test_every_file_is_looked_at(market, suffix):
    for path in folder_of(market).glob(f"*.{suffix}"):
        put_instead(path, path.read_bytes()[:-1])

    with pytest.raises(IndexDamaged, match=suffix):
        refuse_damaged(folder_of(market))
