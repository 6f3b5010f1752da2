"""From what was typed to what is looked up: all of the words first, then as many as there are."""

from collections.abc import Callable, Sequence
from functools import partial
from math import log
from typing import NamedTuple

from tantivy import Query

from marketplace.search import ranking
from marketplace.search.find.engine import Engine
from marketplace.search.find.facets import Counted
from marketplace.search.find.matching import (
    all_of,
    any_of,
    complete_match,
    complete_query,
    everything,
    exact_query,
    named_query,
    place_match,
    place_query,
    some_query,
    unit_match,
    unnamed_query,
    widest_tokens,
)
from marketplace.search.find.understanding import Understood, Unit
from marketplace.search.index.schema import NAME, TEXT
from marketplace.search.language.tokens import MEANING, ROOT

# In so many names a word is frequent; this share of them is as good as all.
FREQUENT, NEARLY_ALL = 5_000, 0.95
# Counts what matches a query, which is at most so much.
Counting = Callable[[Query, int], Counted]


class Asked(NamedTuple):
    """What is looked up for the words of a search.

    `words` scores what `match` tells to have all of the words, or what comes near when nothing `is_complete`: one list
    behind the other, each with its best first, made when it is needed. `nearly` is what comes near besides a few complete
    answers, `left_out` are the words that nothing has, and `counted` is what matches under the conditions of the search.
    """

    words: tuple[Callable[[], Query], ...]
    match: Query
    counted: Counted
    units: tuple[Unit, ...]
    corrected: str | None = None
    nearly: Query | None = None
    left_out: tuple[str, ...] = ()
    is_complete: bool = True


def ask(engine: Engine, text: str, exactly: bool, count: Counting) -> Asked | None:
    """Return what to look up, or None when nothing has any of the words; `count` counts what matches a query."""
    if exactly:
        understood = engine.understanding.read_exactly(text)
        if not understood.units and text.strip():
            return None
        query = all_of(map(exact_query, understood.units)) if understood.units else everything()
        return Asked((lambda: query,), query, count(query, engine.searcher.num_docs), understood.units)
    understood = engine.understanding.read(text)
    if not understood.units:
        if text.strip() and not understood.asks_for_all:
            return None
        return Asked((everything,), everything(), count(everything(), engine.searcher.num_docs), ())
    return (
        _complete(engine, understood, count)
        or _complete_for_the_doubtful(engine, text, understood, count)
        or _without_unknown_words(engine, understood, count)
    )


def _complete(engine: Engine, understood: Understood, count: Counting) -> Asked | None:
    units = tuple(_plainer(engine, unit) for unit in understood.units)
    are_places = all(unit.places and not unit.is_thing for unit in units)
    match = place_match(units) if are_places else complete_match(units)
    counted = count(match, min(_bound(engine, unit) for unit in units))
    if not counted.total:
        return None
    if are_places:
        return Asked((partial(place_query, units),), match, counted, units, understood.shown)
    if counted.total >= ranking.FEW:
        words = partial(named_query, units), partial(unnamed_query, units)
        return Asked(words, match, counted, units, understood.shown)
    has_several = len(units) > 1 or units[0].parts
    nearly = _some_of(engine, units) if has_several else None
    return Asked((partial(complete_query, units),), match, counted, units, understood.shown, nearly)


def _complete_for_the_doubtful(engine: Engine, text: str, understood: Understood, count: Counting) -> Asked | None:
    doubted = engine.understanding.read(text, doubts=True)
    return _complete(engine, doubted, count) if doubted != understood else None


def _without_unknown_words(engine: Engine, understood: Understood, count: Counting) -> Asked | None:
    """Leave out what no listing has anywhere; then ask for what has some of the rest."""
    # A term that nobody offers is still two words that somebody may.
    asked_for = [
        part for unit in understood.units for part in ((unit,) if _frequency(engine, unit) else unit.parts or (unit,))
    ]
    units = tuple(unit for unit in asked_for if _frequency(engine, unit))
    if not units:
        return None
    left_out = tuple(" ".join(unit.typed) for unit in asked_for if unit not in units)
    if understood.shown:
        understood = understood._replace(shown=" ".join(word for unit in units for word in unit.words))
    if left_out and (asked := _complete(engine, understood._replace(units=units), count)):
        return asked._replace(left_out=left_out)
    match = any_of(map(unit_match, _parts_of(units)))
    return Asked(
        (partial(_some_of, engine, units),),
        match,
        count(match, engine.searcher.num_docs),
        units,
        understood.shown,
        left_out=left_out,
        is_complete=len(units) == len(asked_for) == 1,
    )


def _some_of(engine: Engine, units: Sequence[Unit]) -> Query:
    """Ask for whatever has some of it; the more, the rarer and the nearer to a name the better."""
    parts = _parts_of(units)
    weights = [_rarity(engine, part) for part in parts]
    # What was typed first is what a thing is, the rest which one.
    weights[0] *= ranking.FIRST_UNIT
    return some_query(parts, weights)


def _parts_of(units: Sequence[Unit]) -> list[Unit]:
    return [part for unit in units for part in (unit.parts or (unit,))]


def _rarity(engine: Engine, unit: Unit) -> float:
    """Return the weight of a unit among others that need not all be met: a rare word says more than a common one."""
    listings = engine.searcher.num_docs + 2
    met = _frequency(engine, unit) + 1
    return ranking.COMMON_UNIT + ranking.RARE_UNIT * log(listings / met) / log(listings)


def _plainer(engine: Engine, unit: Unit) -> Unit:
    """Leave out of a frequent word what would be looked up in vain: the form and the root that nearly all of it have."""
    if len(unit.words) > 1 or unit.beginnings:
        return unit
    of_root = engine.searcher.doc_freq(NAME, ROOT + unit.roots[0])
    if of_root < FREQUENT:
        return unit
    of_word = engine.searcher.doc_freq(NAME, unit.words[0])
    of_meaning = sum(engine.searcher.doc_freq(NAME, MEANING + group) for group in unit.groups)
    return unit._replace(
        tells_words_apart=of_word < NEARLY_ALL * of_root, tells_roots_apart=of_root < NEARLY_ALL * of_meaning
    )


def _bound(engine: Engine, unit: Unit) -> int:
    """Return what the listings with the unit cannot exceed, told by the index without looking at any of them."""
    if unit.places or unit.parts:
        return engine.searcher.num_docs
    return sum(engine.searcher.doc_freq(TEXT, token) for token in widest_tokens(unit))


def _frequency(engine: Engine, unit: Unit) -> int:
    """Return how many listings have the unit, whatever else is asked."""
    counted = engine.searcher.aggregate(unit_match(unit), {"total": {"value_count": {"field": "id"}}})
    return int(counted["total"]["value"])
