"""What a search is narrowed to besides its words, each condition by its name so that facets can leave out their own."""

from datetime import date, datetime

from tantivy import Query

from marketplace.search.find.directory import Directory
from marketplace.search.find.matching import any_of, numbers_query, places_query, range_query
from marketplace.search.find.search import Search
from marketplace.search.index.documents import KIND_NUMBERS
from marketplace.search.index.opening import slots_at
from marketplace.search.index.schema import OPEN

LEGALITY_FIELDS = {"pirt": "pirt_until", "halal": "halal_until"}


def conditions_of(search: Search, directory: Directory, now: datetime, today: date) -> dict[str, Query]:
    """Return the queries of the conditions that are set, by the facet that shows them."""
    conditions: dict[str, Query] = {}
    if search.kind is not None:
        conditions["kinds"] = numbers_query("kind", [KIND_NUMBERS[search.kind]])
    if search.categories:
        conditions["categories"] = numbers_query("category", directory.category_ids(search.categories))
    for facet, field, codes in (
        ("regencies", "regency", search.regencies),
        ("districts", "district", search.districts),
        ("villages", "village", search.villages),
    ):
        if codes:
            conditions[facet] = places_query(field, codes)
    if search.lowest_price is not None or search.highest_price is not None:
        conditions["price"] = range_query("price", search.lowest_price, search.highest_price)
    if search.open_now:
        conditions["open"] = numbers_query(OPEN, slots_at(now))
    if search.legality:
        valid = [valid_on(LEGALITY_FIELDS[kind], today) for kind in search.legality]
        conditions["legality"] = any_of(valid)
    return conditions


def valid_on(field: str, today: date) -> Query:
    """Match what has a certificate that has not expired."""
    return range_query(field, today.toordinal(), None)
