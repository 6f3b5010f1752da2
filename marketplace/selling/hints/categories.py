"""Which shelves a product of a name may stand on: where what is called so stands already, and what shelves are called."""

from collections import Counter, defaultdict
from functools import cache

from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.queries.categories import list_leaves
from marketplace.catalogue.services.categories import category_aliases
from marketplace.search.find.listings import find_listings
from marketplace.search.find.search import Search
from marketplace.search.language.tokens import BROADER, tokens_of_name, tokens_of_repeated
from marketplace.selling.hints.names import LONGEST_NAME, thing_of

MOST_PROPOSED = 3
# A word that a name begins with says more of what a thing is than the rest; a broader one says less than an equal.
FIRST_WORD, BROADER_WORD = 3.0, 0.5
# What a shelf is called, against what it is described with.
CALLED_SO = 2.0
# Where nearly all that is called so stands, against what the words of a shelf promise.
LISTINGS_SAY = 2.0
# Below this share of the best, a shelf is not proposed.
LEAST_SHARE = 0.1


def list_categories(name: str) -> list[Category]:
    """Return the shelves for products that one of this name may stand on, the likeliest first, at most three."""
    leaves = {leaf.slug: leaf for leaf in list_leaves() if leaf.kind is ListingKind.PRODUCT}
    scores = _by_words(name[:LONGEST_NAME], leaves)
    for slug, share in _shares_of_listings(name).items():
        if slug in leaves:
            scores[slug] += LISTINGS_SAY * share
    best = max(scores.values(), default=0)
    likely = [slug for slug, score in scores.most_common(MOST_PROPOSED) if score >= LEAST_SHARE * best > 0]
    return [leaves[slug] for slug in likely]


def _by_words(name: str, leaves: dict[str, Category]) -> Counter[str]:
    """Score the shelves by the words that their names, descriptions and other names share with a name."""
    everything, first, _ = tokens_of_name(name)
    weights = dict.fromkeys(everything.split(), 1.0) | dict.fromkeys(first.split(), FIRST_WORD)
    called = {slug: _tokens(f"{leaf.name}, {_other_names().get(slug, '')}") for slug, leaf in leaves.items()}
    described = {slug: _tokens(leaf.description) for slug, leaf in leaves.items()}
    scores: Counter[str] = Counter()
    for token, weight in weights.items():
        plain = token.replace(BROADER, "#", 1) if token.startswith(BROADER) else token
        weight *= BROADER_WORD if plain != token else 1
        for on_shelf, counts in ((called, CALLED_SO), (described, 1)):
            having = [slug for slug, tokens in on_shelf.items() if plain in tokens]
            for slug in having:
                scores[slug] += counts * weight / len(having)
    total = scores.total() or 1
    return Counter({slug: score / total for slug, score in scores.items()})


def _shares_of_listings(name: str) -> dict[str, float]:
    """Return where public products of the same thing stand, each shelf with its share of them; none without an index."""
    found = find_listings(Search(text=thing_of(name), kind=ListingKind.PRODUCT, limit=1))
    counts = {facet.value: facet.count for facet in found.facets.categories if not found.is_partial}
    total = sum(counts.values()) or 1
    return {slug: count / total for slug, count in counts.items()}


def _tokens(text: str) -> frozenset[str]:
    return frozenset(tokens_of_repeated(text).split())


@cache
def _other_names() -> dict[str, str]:
    names: dict[str, list[str]] = defaultdict(list)
    for (kind, alias), slug in category_aliases().items():
        if kind is ListingKind.PRODUCT:
            names[slug].append(alias)
    return {slug: ", ".join(aliases) for slug, aliases in names.items()}
