"""What people seek and whether they find it, counted without knowing who."""

import threading
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, text

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.tally import Tally
from marketplace.foundation.transactions import committed
from marketplace.search import popular
from marketplace.search.models import SearchCount
from tests.support.queries import query_budget

pytestmark = pytest.mark.both_databases


@pytest.fixture
def counted(app):
    """Begin with nothing counted, whatever other tests have searched for."""
    popular.flush()
    db.session.execute(delete(SearchCount))
    popular.popular_words.forget()


def rows() -> list[tuple[str, int, int]]:
    return [
        (row.words, row.searches, row.without_results)
        for row in db.session.scalars(select(SearchCount).order_by(SearchCount.words))
    ]


def a_count(words: str, searches: int, without_results: int = 0, days_ago: int = 0) -> None:
    day = clock.today() - timedelta(days=days_ago)
    db.session.add(SearchCount(day=day, words=words, searches=searches, without_results=without_results))
    db.session.flush()


def test_searches_for_the_same_words_are_added_up(counted):
    popular.note("Keripik  Tempe", 12)
    popular.note(" keripik tempe", 0)
    popular.flush()
    popular.note("KERIPIK TEMPE", 3)
    popular.note("batik", 1)
    popular.flush()

    assert rows() == [("batik", 1, 0), ("keripik tempe", 3, 1)]


def test_a_search_itself_touches_no_database(counted):
    with query_budget(0):
        popular.note("keripik", 1)


def test_without_searches_there_is_nothing_to_write(counted):
    with query_budget(0):
        popular.flush()


@pytest.mark.parametrize(
    "words",
    [
        "",
        " \n\t ",
        "\x00",
        "081234567890",
        "pesanan 0812 3456",
        "3523081234560001",
        "siti@contoh.id",
        "@keripikbusiti",
        "https://contoh.id/keripik",
        "www.contoh.id",
        "instagram.com/keripik",
        "٠٨١٢٣٤٥",
        "x" * 61,
        "tolong carikan keripik " * 400,
    ],
)
def test_what_may_be_about_a_person_is_not_counted(counted, words):
    popular.note(words, 0)
    popular.flush()

    assert rows() == []


@pytest.mark.parametrize("words", ["batik 2026", "keripik 1500", "es krim 2 kg", "🌶️ sambal", "'; DROP TABLE--"])
def test_other_words_are_counted_as_they_are_typed(counted, words):
    popular.note(words, 1)
    popular.flush()

    assert [counted for counted, _, _ in rows()] == [popular.plain_words(words)]


def test_characters_that_nobody_sees_do_not_make_other_words(counted):
    popular.note("ke\u200bripik\x00 \u202etempe", 1)
    popular.note("ke ripik tempe", 1)
    popular.flush()

    assert rows() == [("ke ripik tempe", 2, 0)]


def test_nonsense_cannot_fill_the_database():
    tally = Tally(SearchCount.__table__, "words", ("searches", "without_results"), most_a_day=3)
    for words in ("a", "b", "c", "d", "a"):
        tally.add(clock.today(), words, 1, 0)

    assert [(row["words"], row["searches"]) for row in tally.take()] == [("a", 2), ("b", 1), ("c", 1)]
    tally.add(clock.today(), "e", 1, 0)
    assert tally.take() == []
    tally.add(clock.today() + timedelta(days=1), "e", 1, 0)
    assert len(tally.take()) == 1


def test_no_search_is_lost_between_many_threads(counted):
    def search_often():
        for _ in range(500):
            popular.note("keripik", 1)

    threads = [threading.Thread(target=search_often) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    popular.flush()

    assert rows() == [("keripik", 4000, 0)]


@contextmanager
def somebody_who_keeps_the_database_busy():
    """Hold what a writer needs, and let this process give up soon."""
    if db.engine.dialect.name == "postgresql":
        begin, be_impatient = "LOCK TABLE search_counts IN ACCESS EXCLUSIVE MODE", "SET lock_timeout = 100"
    else:
        begin, be_impatient = "SELECT 1", "PRAGMA busy_timeout = 100"
    with db.engine.connect() as patient, db.engine.connect() as impatient:
        impatient.execute(text(be_impatient))
        impatient.commit()
        patient.execute(text(begin))
        # The connection that is given back last is the one that is used next.
        impatient.close()
        yield


def test_a_busy_database_loses_no_search(fresh_marketplace):
    with fresh_marketplace.app_context():
        popular.flush()
        with committed():
            db.session.execute(delete(SearchCount))
        popular.note("keripik", 1)
        with somebody_who_keeps_the_database_busy():
            popular.flush()
            popular.note("keripik", 0)
        popular.flush()

        assert rows() == [("keripik", 2, 1)]


def test_what_was_counted_long_ago_is_let_go(counted):
    a_count("lebaran", 5, days_ago=popular.DAYS_KEPT + 1)
    a_count("keripik", 5, days_ago=popular.DAYS_KEPT)
    popular.note("batik", 1)
    popular.flush()

    assert [words for words, _, _ in rows()] == ["batik", "keripik"]


def test_popular_is_what_several_searches_found_of_late(counted):
    a_count("keripik tempe", 2, days_ago=3)
    a_count("keripik tempe", 2)
    a_count("batik", 9, without_results=2)
    a_count("kebab", 9, without_results=7)
    a_count("kerupuk", 2)
    a_count("kue lebaran", 50, days_ago=30)

    assert popular.list_popular(8) == ["batik", "keripik tempe"]
    assert popular.list_popular(1) == ["batik"]
    assert popular.list_popular(8, prefix=" Ke") == ["keripik tempe"]
    assert popular.list_popular(8, prefix="x") == []


def test_what_is_popular_is_read_once_a_minute(counted):
    a_count("keripik", 3)
    popular.list_popular(8)
    a_count("batik", 3)

    with query_budget(0):
        assert popular.list_popular(8) == ["keripik"]


def test_the_report_says_what_is_sought_and_what_is_sought_in_vain(counted):
    a_count("keripik", 5, days_ago=1)
    a_count("keripik", 2, without_results=1)
    a_count("pempek", 4, without_results=4)
    a_count("batik", 90, days_ago=7)

    assert popular.report(days=7, limit=10) == [("keripik", 7, 1), ("pempek", 4, 4)]
    assert popular.report(days=7, limit=1) == [("keripik", 7, 1)]
    assert popular.report(days=7, limit=10, only_in_vain=True) == [("pempek", 4, 4), ("keripik", 7, 1)]
    assert popular.report(days=8, limit=1) == [("batik", 90, 0)]
