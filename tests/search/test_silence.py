"""What nobody has said anything about for long stands behind its equals, and is where it was when they speak again."""

from datetime import datetime, timedelta

import pytest
from flask import Flask

from marketplace.catalogue.models.listings import Listing
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.outbox import Change, Subject
from marketplace.foundation.transactions import committed
from marketplace.search.find.engine import keep_engine
from marketplace.search.find.listings import find_listings
from marketplace.search.find.search import Search
from marketplace.search.index.building import rebuild
from marketplace.search.index.quality import quality_of
from marketplace.search.index.sources import read_public
from marketplace.search.index.store import current_store
from marketplace.selling.services.silence import note_silence
from tests.support.personas import BEGINNING, a_business, a_person, a_product, an_attraction
from tests.support.places import plant_places

pytestmark = pytest.mark.both_databases


def days_ago(days: float) -> datetime:
    return clock.now() - timedelta(days=days)


def marks_of(listing: Listing) -> int:
    return next(read_public([listing.id])).marks_of_silence


@pytest.mark.parametrize(("days", "marks"), [(0, 0), (59.9, 0), (60.1, 1), (89.9, 1), (90.1, 2), (200, 2)])
def test_the_index_knows_how_long_a_seller_has_been_silent(app, days, marks):
    shop = a_business(owner_id=a_person().id)

    assert marks_of(a_product(shop, confirmed_at=days_ago(days))) == marks
    assert marks_of(a_product(shop, confirmed_at=None, updated_at=days_ago(days))) == marks


def test_where_nobody_can_be_asked_nobody_is_silent(app):
    assert marks_of(a_product(a_business(), updated_at=days_ago(100))) == 0
    assert marks_of(an_attraction(updated_at=days_ago(100))) == 0
    assert marks_of(an_attraction(posted_by_id=a_person().id, updated_at=days_ago(100))) == 2


def test_silence_costs_more_with_time_and_less_than_being_sold_out():
    qualities = [quality_of(False, True, clock.now(), marks) for marks in (0, 1, 2)]

    assert qualities == sorted(qualities, reverse=True)
    assert len(set(qualities)) == 3
    assert quality_of(True, True, clock.now()) < qualities[-1]


def test_a_listing_is_noted_on_the_day_it_passes_a_mark(app):
    shop = a_business(owner_id=a_person().id)
    at = clock.now()
    listings = {days: a_product(shop, confirmed_at=at - timedelta(days=days)) for days in (59, 60.5, 70, 90.5, 100)}
    a_product(a_business(), updated_at=at - timedelta(days=60.5))
    db.session.query(Change).delete()

    number = note_silence(CONSOLE, since=at - timedelta(days=1), at=at)

    noted = {change.key for change in db.session.query(Change) if change.subject is Subject.LISTING}
    assert noted == {str(listings[60.5].id), str(listings[90.5].id)}
    assert number == 2
    # Who was away for long, or sweeps for the first time, catches up.
    assert note_silence(CONSOLE, since=at - timedelta(days=20), at=at) == 4
    assert note_silence(CONSOLE, since=None, at=at) == 4


def test_a_seller_does_not_sweep(app):
    with pytest.raises(NotAllowed):
        note_silence(a_person(), None, clock.now())


def test_of_two_alike_the_silent_one_stands_behind_until_its_seller_speaks(fresh_marketplace: Flask):
    with fresh_marketplace.app_context():
        with committed():
            plant_places()
            shop = a_business(owner_id=a_person().id)
            # Years older, which is enough to stand behind its equal.
            older = BEGINNING - timedelta(days=1_000)
            a_product(shop, name="Bakiak Jati", published_at=older, confirmed_at=clock.now())
            silent = a_product(shop, name="Bakiak Jati", confirmed_at=days_ago(61))
            silent_id = silent.id

        assert found_first(fresh_marketplace) != silent_id

        with committed():
            db.session.get_one(Listing, silent_id).confirmed_at = clock.now()
        assert found_first(fresh_marketplace) == silent_id


def found_first(app: Flask) -> int:
    rebuild(current_store())
    keep_engine(app)
    found = find_listings(Search("bakiak jati")).cards
    assert len(found) == 2
    return found[0].id
