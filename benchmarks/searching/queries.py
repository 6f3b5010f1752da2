"""What is asked: judged queries as people type them, and made-up ones of every kind of difficulty."""

import random
from itertools import islice
from typing import NamedTuple

from benchmarks.generated.listings import GeneratedListing, generate
from benchmarks.judged import read_judged_queries
from benchmarks.kept import PROJECT
from marketplace.catalogue.models.categories import ListingKind
from marketplace.search.find.search import Order, Search

JUDGED_SET = PROJECT / "tests" / "search" / "relevance.tsv"
# Listings that queries are about: the first ones, which a small index has as well as a large one.
ASKED_ABOUT = 2_000
SHORTEST_MISTYPED = 5


class Asked(NamedTuple):
    """A search and the kind of difficulty in it."""

    kind: str
    search: Search


def list_queries(of_each_kind: int, seed: int) -> list[Asked]:
    """Return so many queries of each kind, mixed; the same at every size."""
    chance = random.Random(seed)
    listings = list(islice(generate(ASKED_ABOUT, seed), ASKED_ABOUT))
    judged = [query.text for query in read_judged_queries(JUDGED_SET)]
    queries = [Asked("judged", Search(text)) for text in chance.sample(judged, min(of_each_kind, len(judged)))]
    for kind, make in KINDS.items():
        queries += [Asked(kind, make(listing, chance)) for listing in chance.sample(listings, of_each_kind)]
    chance.shuffle(queries)
    return queries


def beginnings(queries: list[Asked]) -> list[str]:
    """Return what stands in the box at one moment while each query is typed, letter after letter."""
    chance = random.Random(len(queries))
    texts = [query.search.text for query in queries if len(query.search.text) > 2]
    return [text[: chance.randint(2, len(text))] for text in texts]


def _one_word(listing: GeneratedListing, _chance: random.Random) -> Search:
    return Search(_words(listing)[0])


def _two_words(listing: GeneratedListing, _chance: random.Random) -> Search:
    return Search(" ".join(_words(listing)[:2]))


def _whole_name(listing: GeneratedListing, _chance: random.Random) -> Search:
    return Search(listing.name.lower())


def _with_a_place(listing: GeneratedListing, chance: random.Random) -> Search:
    place = chance.choice((listing.village.name, listing.village.regency_name)).lower()
    return Search(f"{_words(listing)[0]} {place}")


def _mistyped(listing: GeneratedListing, chance: random.Random) -> Search:
    words = _words(listing)[:2]
    at = max(range(len(words)), key=lambda index: len(words[index]))
    word = words[at]
    if len(word) >= SHORTEST_MISTYPED:
        place = chance.randrange(1, len(word) - 2)
        # Two neighbours swapped, or one letter missing.
        swapped = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        words[at] = chance.choice((swapped, word[:place] + word[place + 1 :]))
    return Search(" ".join(words))


def _begun(listing: GeneratedListing, chance: random.Random) -> Search:
    first, *_ = _words(listing)
    return Search(first[: chance.randint(3, 4)])


def _filtered(listing: GeneratedListing, chance: random.Random) -> Search:
    narrowed = chance.choice(
        (
            {"regencies": (listing.village.code[:5],)},
            {"kind": listing.kind},
            {"categories": (listing.category,)},
            {"kind": ListingKind.PRODUCT, "highest_price": 25_000, "order": Order.CHEAPEST},
            {"regencies": (listing.village.code[:5],), "lowest_price": 10_000},
        )
    )
    return Search(_words(listing)[0], **narrowed)


def _without_words(listing: GeneratedListing, chance: random.Random) -> Search:
    narrowed = chance.choice(
        (
            {},
            {"order": Order.NEWEST},
            {"regencies": (listing.village.code[:5],)},
            {"categories": (listing.category,)},
            {"kind": ListingKind.ATTRACTION, "open_now": True},
        )
    )
    return Search(**narrowed)


def _words(listing: GeneratedListing) -> list[str]:
    return listing.name.lower().split()


KINDS = {
    "one common word": _one_word,
    "two words": _two_words,
    "whole name": _whole_name,
    "with a place": _with_a_place,
    "mistyped": _mistyped,
    "only begun": _begun,
    "filtered": _filtered,
    "without words": _without_words,
}
