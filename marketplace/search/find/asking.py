"""From what was typed to what is looked up: all of the words first, then as many as there are."""

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from tantivy import Query

from marketplace.search import ranking
from marketplace.search.find.engine import Engine
from marketplace.search.find.matching import (
    all_of,
    any_of,
    everything,
    exact_query,
    narrowed,
    place_query,
    unit_query,
    with_whole_phrase,
)
from marketplace.search.find.understanding import Understood, Unit


class Asked(NamedTuple):
    """What is looked up for the words of a search.

    `words` is the query for all of them, or for what comes near when nothing `is_complete`; `nearly` what comes near
    besides a few complete answers. `left_out` are the words that nothing has.
    """

    words: Query
    units: tuple[Unit, ...]
    corrected: str | None = None
    nearly: Query | None = None
    left_out: tuple[str, ...] = ()
    is_complete: bool = True


def ask(engine: Engine, text: str, exactly: bool, conditions: Sequence[Query]) -> Asked | None:
    """Return what to look up, or None when nothing has any of the words."""
    if exactly:
        understood = engine.understanding.read_exactly(text)
        query = all_of(map(exact_query, understood.units)) if understood.units else everything()
        return Asked(query, understood.units)
    understood = engine.understanding.read(text)
    if not understood.units:
        return Asked(everything(), (), understood.shown) if not text.strip() else None
    return _complete(engine, understood, conditions) or _without_unknown_words(engine, understood, conditions)


def _complete(engine: Engine, understood: Understood, conditions: Sequence[Query]) -> Asked | None:
    units = understood.units
    if all(unit.places and not unit.is_thing for unit in units):
        query = all_of(map(place_query, units))
        return Asked(query, units, understood.shown) if _count(engine, query, conditions) else None
    query = with_whole_phrase(all_of(map(unit_query, units)), units)
    count = _count(engine, query, conditions)
    if not count:
        return None
    has_several = len(units) > 1 or units[0].parts
    nearly = _some_of(engine, units) if count < ranking.FEW and has_several else None
    return Asked(query, units, understood.shown, nearly)


def _without_unknown_words(engine: Engine, understood: Understood, conditions: Sequence[Query]) -> Asked | None:
    """Leave out what no listing has anywhere; then ask for what has some of the rest."""
    units = tuple(unit for unit in understood.units if _count(engine, unit_query(unit), ()))
    if not units:
        return None
    left_out = tuple(" ".join(unit.typed) for unit in understood.units if unit not in units)
    if left_out and (asked := _complete(engine, understood._replace(units=units), conditions)):
        return asked._replace(left_out=left_out)
    return Asked(_some_of(engine, units), units, understood.shown, left_out=left_out, is_complete=len(units) == 1)


def _some_of(engine: Engine, units: Sequence[Unit]) -> Query:
    """Ask for whatever has some of it; the more, the rarer and the nearer to a name the better."""
    parts = [part for unit in units for part in (unit.parts or (unit,))]
    weighted = [Query.boost_query(query, _rarity(engine, query)) for query in map(unit_query, parts)]
    return with_whole_phrase(any_of(weighted), parts)


def _rarity(engine: Engine, query: Query) -> float:
    """Return the weight of a unit among others that need not all be met: a rare word says more than a common one."""
    listings = engine.searcher.num_docs + 2
    met = _count(engine, query, ()) + 1
    return ranking.COMMON_UNIT + ranking.RARE_UNIT * log(listings / met) / log(listings)


def _count(engine: Engine, query: Query, conditions: Sequence[Query]) -> int:
    return engine.searcher.search(narrowed(query, conditions), 1).count
