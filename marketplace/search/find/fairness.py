"""Turns: one seller never fills a page while others have as good a listing."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from marketplace.search import ranking
from marketplace.search.find.search import RESULTS_SHOWN


class Hit(NamedTuple):
    """A listing found: its id, its seller (whoever has none stands alone), its score."""

    id: int
    seller: int
    score: float


def take_turns(hits: Sequence[Hit]) -> list[Hit]:
    """Return the same hits, best first, so that of each page's equals no seller takes more than a few places."""
    if max(Counter(hit.seller for hit in hits).values(), default=0) <= ranking.OF_ONE_SELLER:
        return list(hits)
    waiting = list(hits)
    ordered: list[Hit] = []
    shown: Counter[int] = Counter()
    while waiting:
        if len(ordered) % RESULTS_SHOWN == 0:
            shown.clear()
        hit = waiting.pop(_next(waiting, shown))
        shown[hit.seller] += 1
        ordered.append(hit)
    return ordered


def _next(waiting: Sequence[Hit], shown: Counter[int]) -> int:
    good_enough = waiting[0].score * ranking.EQUALS
    for index, hit in enumerate(waiting):
        if hit.score < good_enough:
            break
        if shown[hit.seller] < ranking.OF_ONE_SELLER:
            return index
    return 0
