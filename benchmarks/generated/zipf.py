"""Drawing as people use words: the second half as often as the first, the third a third as often, and so on."""

import operator
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def zipf(items: Sequence[Item], chance: random.Random) -> Callable[[], Item]:
    """Return a function that draws an item, by Zipf's law with exponent 1."""
    # Equal steps of the logarithm of the rank are equally likely: one power instead of a search in a table of sums.
    reach, draw = len(items) + 1, chance.random

    def drawn() -> Item:
        return items[int(reach ** draw()) - 1]

    return drawn


def sizes(mean: float, largest: int, chance: random.Random) -> Callable[[], int]:
    """Return a function that draws a size from 1 to `largest`, the larger the rarer, with this mean."""
    numbers = range(1, largest + 1)
    steep, flat = 4.0, 0.0
    while steep - flat > 0.001:
        middle = (steep + flat) / 2
        weights = [number**-middle for number in numbers]
        if sum(map(operator.mul, numbers, weights)) / sum(weights) > mean:
            flat = middle
        else:
            steep = middle
    pool = chance.choices(numbers, [number**-steep for number in numbers], k=20_000)
    return lambda: chance.choice(pool)
