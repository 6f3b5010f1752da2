"""What people seek and whether they find it: sums by day and words, with nothing in them about a person."""

import re
import unicodedata
from datetime import timedelta
from itertools import islice
from typing import NamedTuple

from sqlalchemy import delete, func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.remembered import Remembered
from marketplace.foundation.tally import Row, Tally
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


_tally = Tally(counts, key="words", sums=("searches", "without_results"), most_a_day=MOST_WORDS_A_DAY)


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
    _tally.add(clock.today(), words, 1, 0 if total else 1)


def flush() -> None:
    """Write what was counted since the last time, in a transaction of its own; nothing is lost while that fails."""
    _tally.flush(_write)


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


def _write(rows: list[Row]) -> None:
    _tally.write(rows)
    db.session.execute(delete(counts).where(counts.c.day < clock.today() - timedelta(days=DAYS_KEPT)))


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
