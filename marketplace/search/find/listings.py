"""Finding listings: what the page of results and the interface for programs both show."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from tantivy import Order as Direction
from tantivy import Query

from marketplace.catalogue.cards import Card
from marketplace.catalogue.queries.cards import list_by_ids
from marketplace.foundation import clock
from marketplace.foundation.distance import distance_in_kilometres
from marketplace.search import ranking
from marketplace.search.find.asking import Asked, ask
from marketplace.search.find.conditions import conditions_of
from marketplace.search.find.damage import answer_or_none
from marketplace.search.find.engine import Engine, current_engine
from marketplace.search.find.facets import VILLAGES_COUNTED_AMONG, Counted, count_by_village, count_matches
from marketplace.search.find.fairness import Hit, take_turns
from marketplace.search.find.gazetteer import Gazetteer
from marketplace.search.find.matching import narrowed, places_query
from marketplace.search.find.named import kims_named, places_named, village_found
from marketplace.search.find.search import Found, Order, Search, VillageFound
from marketplace.search.index.schema import QUALITY

SORTED_BY = {
    Order.NEWEST: ("published", Direction.Desc),
    Order.CHEAPEST: ("cheapest", Direction.Asc),
    Order.DEAREST: ("price", Direction.Desc),
}
# More than there are villages.
ALL_VILLAGES = 10_000


def find_listings(search: Search) -> Found:
    """Return the page of results that a search asks for, with what it can be narrowed to.

    Whatever is found is public now: an index may lag a moment behind, but a row is looked at before it is shown.
    """
    engine = current_engine()
    found = engine and answer_or_none(engine.reader, lambda: _find(engine, search, clock.now()))
    return found or Found(search.text, is_ready=False)


def _find(engine: Engine, search: Search, now: datetime) -> Found:
    conditions = conditions_of(search, engine.directory, now, clock.today())
    narrowing = list(conditions.values())

    def count(match: Query, most: int) -> Counted:
        with_villages = most <= VILLAGES_COUNTED_AMONG
        return count_matches(engine.searcher, match, conditions, search, engine.directory, clock.today(), with_villages)

    asked = ask(engine, search.text, search.exactly_as_typed, count)
    if asked is None:
        return Found(search.text, kims=kims_named(engine.directory, search.text))
    total, facets = asked.counted
    if search.by_village:
        total, villages = _villages(engine, narrowed(asked.match, narrowing), search)
        facets = replace(facets, villages_total=total)
        hits, nearly = [], []
    else:
        villages = []
        hits = _hits(engine, asked, narrowing, search)
        nearly = _nearly(engine, asked, narrowing, search, hits)
    cards = _cards([*hits, *nearly], search, now, engine.directory.gazetteer)
    return Found(
        typed=search.text,
        total=total,
        cards=[cards[hit.id] for hit in hits if hit.id in cards],
        nearly=[cards[hit.id] for hit in nearly if hit.id in cards],
        villages=villages,
        facets=facets,
        corrected=asked.corrected,
        left_out=asked.left_out,
        is_partial=not asked.is_complete,
        places=places_named(engine.directory, asked.units),
        kims=kims_named(engine.directory, search.text),
    )


def _villages(engine: Engine, query: Query, search: Search) -> tuple[int, list[VillageFound]]:
    """Return how many villages have what matches, and those of this page."""
    counted = count_by_village(engine.searcher, query, ALL_VILLAGES)
    known = [(code, count) for code, count in counted if code in engine.directory.gazetteer.places]
    shown = known[search.offset : search.offset + search.limit]
    return len(known), [village_found(engine.directory, code, count) for code, count in shown]


def _hits(engine: Engine, asked: Asked, conditions: Sequence[Query], search: Search) -> list[Hit]:
    match = narrowed(asked.match, conditions)
    if search.order is Order.NEAREST and search.position is not None:
        return _nearest(engine, match, search)
    if search.order in SORTED_BY:
        return _sorted(engine, match, search, *SORTED_BY[search.order])
    if not asked.units:
        return _sorted(engine, match, search, *SORTED_BY[Order.NEWEST])
    return _best(engine, asked, conditions, search)


def _best(engine: Engine, asked: Asked, conditions: Sequence[Query], search: Search) -> list[Hit]:
    """Return the hits of this page from lists that stand one behind the other."""
    hits: list[Hit] = []
    start, missing = search.offset, search.limit
    for words in asked.words:
        total, found = _turns(engine, narrowed(words(), conditions), start, missing)
        hits += found
        start, missing = max(0, start - total), missing - len(found)
        if not missing:
            break
    return hits


def _turns(engine: Engine, query: Query, start: int, limit: int) -> tuple[int, list[Hit]]:
    """Return how many match, and those of one page: turns are taken within blocks, so that no page repeats another."""
    first, last = start // ranking.BLOCK, (start + limit - 1) // ranking.BLOCK
    hits: list[Hit] = []
    total = 0
    for block in range(first, last + 1):
        total, found = _search(engine, query, ranking.BLOCK, block * ranking.BLOCK)
        hits += take_turns(found)
        if len(found) < ranking.BLOCK:
            break
    start -= first * ranking.BLOCK
    return total, hits[start : start + limit]


def _nearly(
    engine: Engine, asked: Asked, conditions: Sequence[Query], search: Search, hits: Sequence[Hit]
) -> list[Hit]:
    """Return what comes near, to be shown behind a few complete answers."""
    if asked.nearly is None or search.offset or search.order is not Order.BEST:
        return []
    _, near = _search(engine, narrowed(asked.nearly, conditions), len(hits) + ranking.NEARLY_SHOWN)
    shown = {hit.id for hit in hits}
    return [hit for hit in near if hit.id not in shown][: ranking.NEARLY_SHOWN]


def _sorted(engine: Engine, query: Query, search: Search, field: str, direction: Direction) -> list[Hit]:
    hits = engine.searcher.search(
        query, search.limit, count=False, offset=search.offset, order_by_field=field, order=direction
    ).hits
    ids = engine.searcher.fast_field_values("id", [address for _, address in hits])
    return [Hit(int(id), 0, 0.0) for id in ids]


def _nearest(engine: Engine, query: Query, search: Search) -> list[Hit]:
    """Read the listings of the nearest villages only, as many villages as the page needs."""
    places = engine.directory.gazetteer.places
    counted = [
        (code, count) for code, count in count_by_village(engine.searcher, query, ALL_VILLAGES) if code in places
    ]
    by_distance = sorted(
        counted, key=lambda village: (_distance(engine.directory.gazetteer, village[0], search), village)
    )
    passed = 0
    hits: list[Hit] = []
    for code, count in by_distance:
        if passed + count > search.offset and len(hits) < search.limit:
            in_village = narrowed(query, [places_query("village", [code])])
            skipped = max(0, search.offset - passed)
            hits += _search(engine, in_village, search.limit - len(hits), skipped)[1]
        passed += count
    return hits


def _search(engine: Engine, query: Query, limit: int, offset: int = 0) -> tuple[int, list[Hit]]:
    """Return how many match, and the best of them."""
    searcher = engine.searcher
    found = searcher.search(query, limit, offset=offset, weight_by_field=QUALITY)
    addresses = [address for _, address in found.hits]
    columns = (searcher.fast_field_values(field, addresses) for field in ("id", "business"))
    scores = (score for score, _ in found.hits)
    return found.count, [Hit(int(id), int(seller), score) for id, seller, score in zip(*columns, scores, strict=True)]


def _cards(hits: Sequence[Hit], search: Search, now: datetime, gazetteer: Gazetteer) -> dict[int, Card]:
    """Return what is public of the hits, by their ids."""
    cards = list_by_ids([hit.id for hit in hits])
    if search.open_now:
        # The index knows the half hour, the row the minute.
        cards = {id: card for id, card in cards.items() if card.hours and card.hours.is_open_at(now)}
    if search.position is None:
        return cards
    return {id: card._replace(distance=_distance(gazetteer, card.village_code, search)) for id, card in cards.items()}


def _distance(gazetteer: Gazetteer, code: str, search: Search) -> float:
    place = gazetteer.places[code]
    return distance_in_kilometres(*search.position, place.latitude, place.longitude)
