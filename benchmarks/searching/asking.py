"""Asking the index and the service the same queries in turn, in the process that measures."""

import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tantivy import Query

from benchmarks.searching.index import open_marketplace
from benchmarks.searching.queries import Asked
from marketplace.foundation import clock
from marketplace.foundation.database import reading
from marketplace.search.find import listings
from marketplace.search.find.conditions import conditions_of
from marketplace.search.find.engine import current_engine
from marketplace.search.find.matching import complete_query, everything, narrowed
from marketplace.search.find.search import RESULTS_SHOWN
from marketplace.search.index.schema import WORD_FIELDS
from marketplace.search.index.store import current_store, open_index
from marketplace.search.language.words import split_words

ROUNDS = 5
# What a reader asks before anything is measured: files come into memory, words are remembered.
WARMING = 1


@dataclass
class Times:
    """Milliseconds of each answer, by the kind of query.

    `raw` is the engine alone: the words as typed in the same fields, the same conditions, the same number of hits and
    their count. `understood` is the engine alone, too, asked what the service has understood: spellings, forms and
    meanings of the words, in one query that is ready made. `service` is all that a search does but reading the rows that
    are shown, `with_rows` that, too.
    """

    raw: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    understood: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    service: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    with_rows: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    first_answer: float = 0.0


def ask(folder: Path, queries: Sequence[Asked], seconds: int) -> Times:
    """Return how long every query took, several times over, but no longer than so many seconds."""
    app = open_marketplace(folder)
    times = Times()
    with app.app_context(), reading():
        started = time.perf_counter()
        listings.find_listings(queries[0].search)
        times.first_answer = (time.perf_counter() - started) * 1000
        raw, service = _Raw(), _Service()
        deadline = time.monotonic() + seconds
        for number in range(WARMING + ROUNDS):
            for asked in queries:
                in_raw, understood = raw.milliseconds(asked), raw.milliseconds_understood(asked)
                with_rows, without = service.milliseconds(asked)
                if number >= WARMING:
                    times.raw[asked.kind].append(in_raw)
                    times.understood[asked.kind].append(understood)
                    times.with_rows[asked.kind].append(with_rows)
                    times.service[asked.kind].append(without)
            if time.monotonic() > deadline:
                break
    return Times(
        dict(times.raw), dict(times.understood), dict(times.service), dict(times.with_rows), times.first_answer
    )


class _Raw:
    """The engine as anybody would use it without a service around it."""

    def __init__(self) -> None:
        store = current_store()
        self.index = open_index(store.folder / store.current())
        self.searcher = self.index.searcher()
        self.engine = current_engine()

    def milliseconds(self, asked: Asked) -> float:
        search = asked.search
        started = time.perf_counter()
        words = " ".join(split_words(search.text))
        query = self.index.parse_query(words, list(WORD_FIELDS)) if words else everything()
        self.searcher.search(narrowed(query, self._conditions(asked)), RESULTS_SHOWN)
        return (time.perf_counter() - started) * 1000

    def milliseconds_understood(self, asked: Asked) -> float:
        """Return what the engine takes for all that the service looks up for the words, in one query."""
        units = self.engine.understanding.read(asked.search.text).units
        query = narrowed(complete_query(units) if units else everything(), self._conditions(asked))
        started = time.perf_counter()
        self.searcher.search(query, RESULTS_SHOWN)
        return (time.perf_counter() - started) * 1000

    def _conditions(self, asked: Asked) -> list[Query]:
        return list(conditions_of(asked.search, self.engine.directory, clock.now(), clock.today()).values())


class _Service:
    """The search service, and a stopwatch at the one place where it reads rows."""

    def __init__(self) -> None:
        self.reading = 0.0
        self._read = listings.list_by_ids
        listings.list_by_ids = self._read_against_the_clock

    def milliseconds(self, asked: Asked) -> tuple[float, float]:
        """Return what an answer takes with the rows that it shows, and without."""
        self.reading = 0.0
        started = time.perf_counter()
        listings.find_listings(asked.search)
        elapsed = (time.perf_counter() - started) * 1000
        return elapsed, elapsed - self.reading

    def _read_against_the_clock(self, ids: Sequence[int]) -> dict:
        started = time.perf_counter()
        rows = self._read(ids)
        self.reading += (time.perf_counter() - started) * 1000
        return rows
