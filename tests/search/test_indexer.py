"""The index follows what is committed, in whatever order, by whomever, and however often."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, func, select, update

from marketplace.catalogue.models.categories import Category
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.services.outbox import note_changed_categories, note_changes
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.outbox import Change
from marketplace.foundation.transactions import committed
from marketplace.search.background import Background, Keeper, keeper_of
from marketplace.search.index import changes
from marketplace.search.index.building import reason_to_rebuild, rebuild
from marketplace.search.index.state import read_state, write_state
from marketplace.search.indexer import Indexer
from tests.search.indexes import (
    SAME,
    change,
    differences,
    folder_of,
    ids_found,
    plant_products,
    publish_product,
    store_of,
)
from tests.support.repository import ROOT

on_both_databases = pytest.mark.both_databases

PATIENCE = 20


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace with three products, all of them in its index."""
    plant_products(fresh_marketplace)
    with fresh_marketplace.app_context():
        rebuild(fresh_marketplace.extensions["search"])
    return fresh_marketplace


@pytest.fixture
def catch_up(market: Flask):
    """Lets the index catch up with what is committed and returns how many rows of the outbox that took."""
    indexer = Indexer(store_of(market))

    def work() -> int:
        with market.app_context():
            return indexer.catch_up()

    yield work
    indexer.close()


def count_named(app: Flask, token: str) -> int:
    """Return how many documents have this word in their names or around them."""
    searcher = store_of(app).reader().searcher
    return sum(searcher.doc_freq(field, token) for field in ("name", "context"))


@on_both_databases
def test_a_listing_is_found_once_it_is_published(market, catch_up):
    with market.app_context(), committed():
        waiting = publish_product(status=ListingStatus.WAITING, published_at=None)
    assert catch_up() == 1
    assert ids_found(market) == [1, 2, 3]

    change(market, waiting, status=ListingStatus.PUBLISHED, published_at=clock.now())
    assert catch_up() == 1

    assert ids_found(market) == [1, 2, 3, waiting]
    assert differences(market) == SAME


@on_both_databases
def test_what_is_archived_leaves_the_index(market, catch_up):
    change(market, 2, status=ListingStatus.ARCHIVED)
    catch_up()

    assert ids_found(market) == [1, 3]


def test_a_change_takes_the_place_of_what_was_there(market, catch_up):
    change(market, 2, name="Gerabah Bojonegoro")
    catch_up()

    assert ids_found(market) == [1, 2, 3]
    assert differences(market) == SAME


def test_what_was_rolled_back_changes_nothing(market, catch_up):
    with market.app_context():
        publish_product()
        db.session.rollback()

    assert catch_up() == 0
    assert ids_found(market) == [1, 2, 3]


def test_a_category_that_is_renamed_is_found_by_its_new_name(market, catch_up):
    assert count_named(market, "gerabah") == 0
    with market.app_context(), committed():
        category = db.session.scalars(select(Category).where(Category.slug == "camilan")).one()
        category.name = "Gerabah"
        note_changed_categories([category.id])

    catch_up()

    assert count_named(market, "gerabah") == 3


def test_applying_rows_again_does_no_harm(market):
    beginning = read_state(folder_of(market))
    change(market, 1, name="Keripik tempe sagu")
    change(market, 2, status=ListingStatus.ARCHIVED)
    indexer = Indexer(store_of(market))
    with market.app_context():
        assert indexer.catch_up() == 2
    indexer.close()

    # As after a process that was killed between committing the index and keeping its state.
    write_state(folder_of(market), beginning)
    keeper = Keeper(market, lambda _seconds: False)
    keeper.look()
    keeper.close()

    assert differences(market) == SAME


def test_many_rows_come_in_batches(market, catch_up, monkeypatch):
    monkeypatch.setattr("marketplace.search.indexer.ROWS_AT_ONCE", 7)
    with market.app_context(), committed():
        for _ in range(20):
            publish_product()

    assert catch_up() == 20
    assert differences(market) == SAME


def test_the_indexer_goes_on_in_a_new_generation(market, catch_up):
    change(market, 1, name="Keripik tempe sagu")
    catch_up()
    with market.app_context():
        rebuild(store_of(market))
    change(market, 2, name="Keripik tempe daun")

    assert catch_up() == 1
    assert differences(market) == SAME


@on_both_databases
def test_a_change_during_the_building_is_applied_to_the_new_index(market, catch_up):
    def change_meanwhile(items, label, total):
        items = list(items)
        worker = threading.Thread(target=change, args=(market, 1), kwargs={"status": ListingStatus.ARCHIVED})
        worker.start()
        worker.join(PATIENCE)
        return items

    with market.app_context():
        rebuild(store_of(market), change_meanwhile)
    assert ids_found(market) == [1, 2, 3]

    assert catch_up() == 1
    assert ids_found(market) == [2, 3]


class OpenTransaction:
    """Somebody who publishes a product and does not commit until told to."""

    def __init__(self, app: Flask):
        self.app = app
        self.has_noted, self.may_commit = threading.Event(), threading.Event()
        self.thread = threading.Thread(target=self._publish)

    def __enter__(self) -> "OpenTransaction":
        self.thread.start()
        assert self.has_noted.wait(PATIENCE)
        return self

    def __exit__(self, *_fault) -> None:
        self.commit()

    def commit(self) -> None:
        self.may_commit.set()
        self.thread.join(PATIENCE)

    def _publish(self) -> None:
        with self.app.app_context(), committed():
            self.listing = publish_product()
            self.has_noted.set()
            assert self.may_commit.wait(PATIENCE)


def only_where_several_write_at_once(app: Flask) -> None:
    with app.app_context():
        dialect = db.engine.dialect.name
    if dialect != "postgresql":
        pytest.xfail("on SQLite one transaction writes at a time")


@on_both_databases
def test_a_row_with_a_lower_id_that_is_committed_later_is_applied(market, catch_up):
    only_where_several_write_at_once(market)
    with OpenTransaction(market) as slow:
        change(market, 1, name="Keripik tempe sagu")
        assert catch_up() == 1
        assert len(read_state(folder_of(market)).gaps) == 1
        assert catch_up() == 0

        slow.commit()
        assert catch_up() == 1

    assert slow.listing in ids_found(market)
    assert read_state(folder_of(market)).gaps == ()
    assert differences(market) == SAME


@on_both_databases
def test_what_was_not_yet_committed_when_an_index_was_built_is_applied_later(market, catch_up):
    only_where_several_write_at_once(market)
    with OpenTransaction(market) as slow:
        change(market, 1, name="Keripik tempe sagu")
        with market.app_context():
            rebuild(store_of(market))
        assert catch_up() == 0

        slow.commit()
        assert catch_up() == 1

    assert differences(market) == SAME


def make_older(app: Flask, age: timedelta) -> None:
    """Let every row of the outbox be that old."""
    with app.app_context(), committed():
        db.session.execute(update(Change).values(noted_at=clock.now() - age))


@on_both_databases
def test_old_rows_are_removed_but_the_newest(market, catch_up):
    make_older(market, timedelta(days=8))
    with market.app_context(), committed():
        newest = db.session.scalar(select(func.max(Change.id)))
        changes.remove_old_changes(clock.now())

    with market.app_context():
        assert db.session.scalars(select(Change.id)).all() == [newest]
        assert reason_to_rebuild(store_of(market)) is None


def test_rows_of_a_week_are_kept_for_nodes_that_were_away(market):
    make_older(market, timedelta(days=6))
    with market.app_context(), committed():
        before = db.session.scalar(select(func.count(Change.id)))
        changes.remove_old_changes(clock.now())
        assert db.session.scalar(select(func.count(Change.id))) == before


@on_both_databases
def test_an_index_whose_rows_are_gone_is_built_anew(market):
    state = read_state(folder_of(market))
    away = timedelta(days=8).total_seconds()
    write_state(folder_of(market), replace(state, caught_up_at=state.caught_up_at - away))
    with market.app_context(), committed():
        for _ in range(3):
            publish_product()
        db.session.execute(delete(Change).where(Change.id < select(func.max(Change.id)).scalar_subquery()))

    keeper = Keeper(market, lambda _seconds: False)
    keeper.look()
    keeper.close()

    assert differences(market) == SAME


def test_an_index_of_a_database_that_was_put_back_is_built_anew(market):
    with market.app_context(), committed():
        db.session.execute(delete(Change))

    with market.app_context():
        assert reason_to_rebuild(store_of(market))


@on_both_databases
def test_of_two_keepers_one_works_and_the_other_takes_over(market):
    first, second = (Keeper(market, lambda _seconds: False) for _ in range(2))
    first.look()
    change(market, 1, status=ListingStatus.ARCHIVED)
    second.look()
    assert ids_found(market) == [1, 2, 3]

    first.close()
    second.look()
    second.close()

    assert ids_found(market) == [2, 3]


@on_both_databases
def test_a_published_listing_is_found_within_two_seconds(market):
    background = Background(market, keeps_index=True)
    background.start()
    try:
        with market.app_context(), committed():
            listing = publish_product()
        deadline = time.monotonic() + 2
        while listing not in ids_found(market) and time.monotonic() < deadline:
            time.sleep(0.05)
        assert listing in ids_found(market)
    finally:
        background.stop()


def test_a_fault_is_survived(market, caplog, monkeypatch):
    monkeypatch.setattr("marketplace.search.background.FIRST_PAUSE_OF_FAULTS", 0.0)
    pauses = []

    def must_end(seconds: float) -> bool:
        pauses.append(seconds)
        if len(pauses) == 2:
            monkeypatch.undo()
        return len(pauses) == 4

    def fail(self):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(Indexer, "catch_up", fail)
    change(market, 1, status=ListingStatus.ARCHIVED)

    Keeper(market, must_end).keep()

    assert "the disk is full" in caplog.text
    assert ids_found(market) == [2, 3]


def test_what_is_noted_and_gone_is_no_fault(market, catch_up):
    with market.app_context(), committed():
        note_changes([999_999])

    assert catch_up() == 1
    assert differences(market) == SAME


def test_following_applies_what_changes_until_it_is_told_to_stop(market):
    data_dir = market.extensions["settings"].data_dir
    command = [sys.executable, "-m", "flask", "--app", "marketplace", "search", "follow"]
    environment = {"PATH": os.environ["PATH"], "DATA_DIR": str(data_dir)}
    follower = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        change(market, 2, status=ListingStatus.ARCHIVED)
        deadline = time.monotonic() + PATIENCE
        while ids_found(market) != [1, 3] and time.monotonic() < deadline:
            time.sleep(0.05)
        assert ids_found(market) == [1, 3]
        assert keeper_of(store_of(market).folder).startswith(f"proses {follower.pid} ")
    finally:
        follower.send_signal(signal.SIGTERM)
        _, said = follower.communicate(timeout=PATIENCE)

    assert (follower.returncode, said) == (0, "")
    assert differences(market) == SAME
