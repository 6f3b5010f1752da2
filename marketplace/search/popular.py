"""What people seek and whether they find it: sums by day and words, with nothing in them about a person."""

import re
import sqlite3
import threading
import unicodedata
from datetime import date, timedelta
from itertools import islice
from typing import NamedTuple

import sqlalchemy.exc
from flask import current_app
from sqlalchemy import delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation import clock
from marketplace.foundation.database import db, is_busy_or_away
from marketplace.foundation.remembered import Remembered
from marketplace.foundation.transactions import committed
from marketplace.search.models import SearchCount

LONGEST_WORDS = 60
# Longer than the words can be with all spaces that a careless thumb adds.
LONGEST_MESSAGE = 200
# A year and a season: enough to compare this Lebaran with the last one.
DAYS_KEPT = 400
# Nobody can fill the database by searching for nonsense: a process learns no more different words than this a day.
MOST_WORDS_A_DAY = 5_000

DAYS_OF_THE_POPULAR = 30
# What fewer searches have found may be about one person, and is nothing that many want.
FEWEST_SEARCHES_THAT_FOUND = 3
NOT_READ = re.compile(r"[^a-z0-9'-]+")
MOST_POPULAR = 500
FRESH_SECONDS = 60

# Telephone numbers, NIK and accounts have more digits than prices in thousands and years.
MOST_DIGITS = 4
ADDRESS = re.compile(r"@|://|\bwww\.|\w\.[a-z]{2,}(?=[/\s]|$)")

counts = SearchCount.__table__


class SearchesOfWords(NamedTuple):
    """How often the same words were searched for, and how many of those searches found nothing."""

    words: str
    searches: int
    without_results: int


class Tally:
    """Sums in memory, which any thread may add to, until they are taken away."""

    def __init__(self):
        self._lock = threading.Lock()
        self._sums: dict[tuple[date, str], tuple[int, int]] = {}
        self._day: date | None = None
        self._words_of_day: set[str] = set()

    def add(self, day: date, words: str, searches: int, without_results: int) -> None:
        """Add to the sums of these words on this day, unless the day has seen too many different words."""
        with self._lock:
            if day != self._day:
                self._day, self._words_of_day = day, set()
            if words not in self._words_of_day and len(self._words_of_day) >= MOST_WORDS_A_DAY:
                return
            self._words_of_day.add(words)
            self._sum(day, words, searches, without_results)

    def take(self) -> list[dict]:
        """Return the sums as rows, in the order of their keys, and begin again."""
        with self._lock:
            sums, self._sums = self._sums, {}
        return [
            {"day": day, "words": words, "searches": searches, "without_results": without_results}
            for (day, words), (searches, without_results) in sorted(sums.items())
        ]

    def give_back(self, rows: list[dict]) -> None:
        """Add rows that were taken and are still to be written."""
        with self._lock:
            for row in rows:
                self._sum(**row)

    def _sum(self, day: date, words: str, searches: int, without_results: int) -> None:
        known, known_without = self._sums.get((day, words), (0, 0))
        self._sums[day, words] = known + searches, known_without + without_results


_tally = Tally()


def note(words: str, total: int) -> None:
    """Remember that somebody searched for these words and how many listings that found; touches memory alone.

    What could be about a person is left out: addresses, numbers as long as those of telephones and identity cards,
    and whole messages.
    """
    typed = unicodedata.normalize("NFKC", words[: LONGEST_MESSAGE + 1]).lower()
    if len(words) > LONGEST_MESSAGE or ADDRESS.search(typed) or sum(map(str.isdigit, typed)) > MOST_DIGITS:
        return
    words = plain_words(words)
    if not words or len(words) > LONGEST_WORDS:
        return
    _tally.add(clock.today(), words, searches=1, without_results=0 if total else 1)


def flush() -> None:
    """Write what was counted since the last time, in a transaction of its own.

    While the database is busy or away nothing is lost: the sums stay and are written the next time.
    """
    rows = _tally.take()
    if not rows:
        return
    try:
        with committed():
            _add(rows)
            db.session.execute(delete(counts).where(counts.c.day < clock.today() - timedelta(days=DAYS_KEPT)))
    except (sqlite3.OperationalError, sqlalchemy.exc.OperationalError, sqlalchemy.exc.TimeoutError) as error:
        _tally.give_back(rows)
        if not is_busy_or_away(error):
            raise
        current_app.logger.warning("searches are counted later: %s", getattr(error, "orig", error))


def list_popular(limit: int, prefix: str = "") -> list[str]:
    """Return what was searched for and found again and again of late and begins like this, the most frequent first."""
    beginning = plain_words(prefix)
    return list(islice((words for words in popular_words.get() if words.startswith(beginning)), limit))


def report(days: int, limit: int, only_in_vain: bool = False) -> list[SearchesOfWords]:
    """Return what was searched for most in these days, today included; or what was most often searched in vain."""
    searches, without_results = func.sum(counts.c.searches), func.sum(counts.c.without_results)
    statement = (
        select(counts.c.words, searches, without_results)
        .where(counts.c.day > clock.today() - timedelta(days=days))
        .group_by(counts.c.words)
        .order_by((without_results if only_in_vain else searches).desc(), counts.c.words)
        .limit(limit)
    )
    if only_in_vain:
        statement = statement.having(without_results > 0)
    return [SearchesOfWords(*row) for row in db.session.execute(statement)]


def plain_words(text: str) -> str:
    """Return a text as it is counted: lower case, single spaces, and only what search reads.

    Whatever else was typed beside it finds nothing, and must not stand on the front page because the rest did.
    """
    letters = unicodedata.normalize("NFKD", text).lower()
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(NOT_READ.sub(" ", plain).split())


def _add(rows: list[dict]) -> None:
    insert = (postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite).insert(counts)
    sums = {name: counts.c[name] + insert.excluded[name] for name in ("searches", "without_results")}
    # Rows come in one order from every process, so that none waits for another that waits for it.
    db.session.execute(insert.on_conflict_do_update(index_elements=[counts.c.day, counts.c.words], set_=sums), rows)


def _read_popular() -> list[str]:
    found = func.sum(counts.c.searches - counts.c.without_results)
    return list(
        db.session.scalars(
            select(counts.c.words)
            .where(counts.c.day > clock.today() - timedelta(days=DAYS_OF_THE_POPULAR))
            .group_by(counts.c.words)
            .having(found >= FEWEST_SEARCHES_THAT_FOUND)
            .order_by(found.desc(), counts.c.words)
            .limit(MOST_POPULAR)
        )
    )


popular_words = Remembered(_read_popular, FRESH_SECONDS)
