"""How many results each further condition would leave."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NamedTuple

from tantivy import Query, Searcher

from marketplace.catalogue.models.categories import ListingKind
from marketplace.search.find.conditions import LEGALITY_FIELDS
from marketplace.search.find.directory import Directory
from marketplace.search.find.matching import narrowed
from marketplace.search.find.search import Facet, Facets, Search
from marketplace.search.index.documents import KIND_NUMBERS
from marketplace.search.index.schema import number_code

KIND_LABELS = {ListingKind.PRODUCT: "Produk", ListingKind.ATTRACTION: "Wisata"}
LEGALITY_LABELS = {"pirt": "PIRT", "halal": "Halal"}
# More than there are categories, kabupaten, kecamatan of a kabupaten or villages of a kecamatan.
MOST_VALUES = 100
FIELDS = {"kinds": "kind", "categories": "category", "regencies": "regency"}
TOTAL = {"total": {"value_count": {"field": "id"}}}
# Told apart one by one: an estimate would offer a village that is not there, or hide one that is.
VILLAGES_COUNTED_AMONG = 2_000
VILLAGES = {"villages_total": {"terms": {"field": "village", "size": VILLAGES_COUNTED_AMONG}}}
PLACE_FIELDS = {"districts": "district", "villages": "village"}


class Counted(NamedTuple):
    """How many listings match under all conditions, and the facets."""

    total: int
    facets: Facets


def count_matches(
    searcher: Searcher,
    words: Query,
    conditions: Mapping[str, Query],
    search: Search,
    directory: Directory,
    today: date,
    with_villages: bool = True,
) -> Counted:
    """Count what matches, and the values of every facet, each under the conditions of all others."""
    fields = FIELDS | _fields_of_places(search)
    # Villages are a tab beside the kinds: how many there are does not depend on the kind.
    villages = VILLAGES if with_villages else {}
    whole = TOTAL if "kinds" in conditions else TOTAL | villages
    together = [name for name in (*fields, "legality") if name not in conditions]
    counted = _count(searcher, words, conditions, together, fields, today, whole)
    for name in (*fields, "legality"):
        if name in conditions:
            others = {other: query for other, query in conditions.items() if other != name}
            counted |= _count(searcher, words, others, [name], fields, today, villages if name == "kinds" else {})
    facets = Facets(
        kinds=[
            Facet(kind.value, KIND_LABELS[kind], counted["kinds"].get(KIND_NUMBERS[kind], 0), search.kind is kind)
            for kind in ListingKind
        ],
        categories=_categories(counted["categories"], search, directory),
        regencies=_places(counted["regencies"], search.regencies, directory),
        districts=_places(counted["districts"], search.districts, directory) if "districts" in counted else [],
        villages=_places(counted["villages"], search.villages, directory) if "villages" in counted else [],
        legality=[
            Facet(kind, LEGALITY_LABELS[kind], counted["legality"].get(kind, 0), kind in search.legality)
            for kind in LEGALITY_FIELDS
        ],
        villages_total=counted.get("villages_total"),
    )
    return Counted(counted["total"], facets)


def count_by_village(searcher: Searcher, query: Query, most: int) -> list[tuple[str, int]]:
    """Return the villages with matching listings and how many each has, most first."""
    counted = searcher.aggregate(query, {"villages": {"terms": {"field": "village", "size": most}}})
    buckets = counted["villages"]["buckets"]
    found = [(number_code(int(bucket["key"])), bucket["doc_count"]) for bucket in buckets]
    return sorted(found, key=lambda village: (-village[1], village[0]))


def _fields_of_places(search: Search) -> dict[str, str]:
    """A kabupaten's kecamatan are offered once it is chosen, a kecamatan's villages likewise."""
    fields = {}
    if len(search.regencies) == 1:
        fields["districts"] = PLACE_FIELDS["districts"]
    if len(search.districts) == 1:
        fields["villages"] = PLACE_FIELDS["villages"]
    return fields


def _count(
    searcher: Searcher,
    words: Query,
    conditions: Mapping[str, Query],
    names: Iterable[str],
    fields: Mapping[str, str],
    today: date,
    besides: Mapping[str, dict],
) -> dict:
    asked = {name: {"terms": {"field": fields[name], "size": MOST_VALUES}} for name in names if name in fields}
    if "legality" in names:
        asked |= {
            kind: {"range": {"field": field, "ranges": [{"from": today.toordinal()}]}}
            for kind, field in LEGALITY_FIELDS.items()
        }
    asked |= besides
    answer = searcher.aggregate(narrowed(words, list(conditions.values())), asked)
    counted: dict = {name: _buckets(answer[name]) for name in names if name in fields}
    if "legality" in names:
        counted["legality"] = {
            kind: sum(bucket["doc_count"] for bucket in answer[kind]["buckets"] if "from" in bucket)
            for kind in LEGALITY_FIELDS
        }
    if "total" in besides:
        counted["total"] = int(answer["total"]["value"])
    if "villages_total" in besides:
        counted["villages_total"] = len(answer["villages_total"]["buckets"])
    return counted


def _buckets(answer: Mapping) -> dict[int, int]:
    return {int(bucket["key"]): bucket["doc_count"] for bucket in answer["buckets"]}


def _categories(counts: Mapping[int, int], search: Search, directory: Directory) -> list[Facet]:
    found = []
    for entry in directory.categories.values():
        count = sum(counts.get(leaf, 0) for leaf in entry.leaves)
        is_chosen = entry.slug in search.categories
        if is_chosen or (count and not entry.is_group):
            found.append(Facet(entry.slug, entry.name, count, is_chosen))
    return sorted(found, key=lambda facet: (not facet.is_chosen, -facet.count, facet.label))


def _places(counts: Mapping[int, int], chosen: Iterable[str], directory: Directory) -> list[Facet]:
    places = directory.gazetteer.places
    codes = {number_code(number): count for number, count in counts.items()}
    codes |= {code: codes.get(code, 0) for code in chosen if code in places}
    found = [Facet(code, places[code].name, count, code in chosen) for code, count in codes.items() if code in places]
    return sorted(found, key=lambda facet: (not facet.is_chosen, -facet.count, facet.label))
