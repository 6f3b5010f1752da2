"""What the server does by itself once a day, in one process of all."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.catalogue.models.counts import ListingDayCount
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.foundation import clock
from marketplace.foundation.daily import DayWork, Work
from marketplace.foundation.database import db
from marketplace.foundation.outbox import Change
from marketplace.foundation.transactions import committed
from marketplace.selling import daily
from marketplace.selling.daily import WORKS, DailyRounds, do_what_is_due
from tests.support.personas import a_business, a_person, a_product
from tests.support.places import plant_places

pytestmark = pytest.mark.both_databases

EVENING = datetime(2026, 11, 25, 21, 0, tzinfo=clock.WIB)
NAMES = [work.name for work in WORKS]


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace with one listing that is true, one asked about, and one that nobody answers for."""
    with fresh_marketplace.app_context(), committed():
        plant_places()
        shop = a_business(owner_id=a_person().id)
        for days in (1, 61, 121):
            a_product(shop, name=f"Keripik {days} hari", confirmed_at=EVENING - timedelta(days=days))
        db.session.query(Change).delete()
    return fresh_marketplace


def names(app: Flask, status: ListingStatus) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Listing.name).where(Listing.status == status).order_by(Listing.id)))


def test_what_nobody_answers_for_is_put_away_and_search_is_told_of_the_silent(market):
    assert do_what_is_due(market, EVENING) == NAMES

    assert names(market, ListingStatus.ARCHIVED) == ["Keripik 121 hari"]
    with market.app_context():
        noted = {int(change.key) for change in db.session.scalars(select(Change))}
        told = db.session.scalars(select(Listing.name).where(Listing.id.in_(noted)).order_by(Listing.id)).all()
    assert told == ["Keripik 61 hari", "Keripik 121 hari"]


def test_counts_of_long_ago_are_let_go(market):
    with market.app_context(), committed():
        listing_id = db.session.scalars(select(Listing.id)).first()
        for days in (10, 500):
            day = EVENING.date() - timedelta(days=days)
            db.session.add(ListingDayCount(listing_id=listing_id, day=day, views=days, whatsapp_taps=0))

    do_what_is_due(market, EVENING)

    with market.app_context():
        assert db.session.scalars(select(ListingDayCount.views)).all() == [10]


def test_a_server_that_starts_again_does_not_repeat_it(market):
    do_what_is_due(market, EVENING)

    assert do_what_is_due(market, EVENING + timedelta(hours=2, minutes=59)) == []
    # Midnight in East Java.
    assert do_what_is_due(market, EVENING + timedelta(hours=3)) == NAMES


def test_an_operator_has_it_done_where_no_server_runs(market):
    runner = market.test_cli_runner()

    assert "Selesai: tak-dijawab, diam" in runner.invoke(args=["selling", "daily"]).output
    assert "Hari ini sudah dikerjakan." in runner.invoke(args=["selling", "daily"]).output


def test_of_several_processes_one_does_it(market, monkeypatch):
    begun = []
    works = tuple(Work(work.name, lambda since, at, name=work.name: begun.append(name) or 0) for work in WORKS)
    monkeypatch.setattr(daily, "WORKS", works)

    with ThreadPoolExecutor(4) as processes:
        done = list(processes.map(lambda _: do_what_is_due(market, EVENING), range(4)))

    assert sorted(begun) == sorted(NAMES)
    assert sorted(name for names in done for name in names) == sorted(NAMES)


def test_what_fails_is_logged_undone_and_tried_again_while_the_rest_is_done(market, monkeypatch, caplog):
    def fail(_since, _at):
        db.session.add(DayWork(name="half", done_at=EVENING))
        db.session.flush()
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(daily, "WORKS", (Work("first", fail), *WORKS))

    assert do_what_is_due(market, EVENING) == NAMES
    assert "the day's work first was not done" in caplog.text
    with market.app_context():
        assert {"first", "half"}.isdisjoint(db.session.scalars(select(DayWork.name)))

    monkeypatch.setattr(daily, "WORKS", (Work("first", lambda since, at: 0), *WORKS))
    assert do_what_is_due(market, EVENING) == ["first"]


def test_the_second_day_knows_when_the_first_was(market, monkeypatch):
    seen = []
    monkeypatch.setattr(daily, "WORKS", (Work("first", lambda since, at: seen.append(since) or 0),))

    do_what_is_due(market, EVENING)
    do_what_is_due(market, EVENING + timedelta(days=1))

    assert seen == [None, EVENING]


def test_what_is_much_is_done_in_several_transactions(market, monkeypatch):
    left = [3, 2, 0]
    monkeypatch.setattr(daily, "WORKS", (Work("much", lambda since, at: left.pop(0), in_batches=True),))

    assert do_what_is_due(market, EVENING) == ["much"]
    assert left == []


def test_a_process_that_serves_walks_its_rounds_and_ends_when_told(market, monkeypatch):
    monkeypatch.setattr(daily, "BEFORE_THE_FIRST_LOOK", 0.0)
    monkeypatch.setattr(daily, "BETWEEN_LOOKS", 0.05)
    rounds = DailyRounds(market)

    rounds.start()
    with market.app_context():
        deadline = clock.now() + timedelta(seconds=20)
        while len(db.session.scalars(select(DayWork.name)).all()) < len(WORKS) and clock.now() < deadline:
            db.session.rollback()
        assert set(db.session.scalars(select(DayWork.name))) == set(NAMES)
        db.session.rollback()
    rounds.stop()

    assert not rounds._thread.is_alive()
