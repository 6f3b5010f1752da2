"""What similar products cost nearby, and what they are counted in."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from marketplace.catalogue.models.categories import Category
from marketplace.foundation.formatting import rupiah
from marketplace.selling.hints.names import is_called, thing_of
from marketplace.selling.queries.similar import Priced, list_prices

# However many there are, so many of the newest are looked at.
SAMPLE = 200
# Fewer prices are somebody's, not what is usual.
LEAST_PRICES = 5
ROUNDED_TO = 500
# Of a category, the share that says what it is counted in.
MOST = 0.6
NEARBY, IN_THE_PROVINCE = "di sekitar sini", "di Jawa Timur"


@dataclass(frozen=True)
class PriceRange:
    """Between what prices most lie, in whole rupiah, and the sentence that says so."""

    low: int
    high: int
    text: str


@dataclass(frozen=True)
class PriceHint:
    """The usual prices, None where too few are known, and the usual unit."""

    price: PriceRange | None
    unit: str | None


def hint_of_price(name: str, category: Category, village_code: str | None) -> PriceHint:
    """Return what products called like this cost: in the kecamatan, else the kabupaten, else the province.

    Where nowhere enough are called so, the name's first word counts, and at last the category alone.
    """
    places = [village_code[:8], village_code[:5], None] if village_code else [None]
    samples = [(place, list_prices(category.id, place, SAMPLE)) for place in places]
    thing = thing_of(name)
    labels = dict.fromkeys((thing, *thing.split()[:1]))
    called = {label: [(place, _called(sample, label)) for place, sample in samples] for label in labels}
    unit = _unit_of_those_called_so(called) or _unit_of_most(samples[-1][1])
    for label, found in (*called.items(), (category.name, samples)):
        for place, sample in found:
            # A price for one kg and one for a package cannot be compared.
            prices = [row.price for row in sample if row.unit == unit]
            if len(prices) >= LEAST_PRICES:
                return PriceHint(_range(label, prices, NEARBY if place else IN_THE_PROVINCE), unit)
    return PriceHint(None, unit)


def _called(sample: Sequence[Priced], label: str) -> list[Priced]:
    return [row for row in sample if is_called(row.name, label)]


def _range(label: str, prices: Sequence[int], where: str) -> PriceRange:
    fifths = quantiles(prices, n=5, method="inclusive")
    low, high = (max(ROUNDED_TO, round(amount / ROUNDED_TO) * ROUNDED_TO) for amount in (fifths[0], fifths[-1]))
    amounts = rupiah(low) if low == high else f"{rupiah(low)}–{rupiah(high)}"
    return PriceRange(low, high, f"{label.capitalize()} {where} biasanya {amounts}.")


def _unit_of_those_called_so(called: Mapping[str, Sequence[tuple[str | None, Sequence[Priced]]]]) -> str | None:
    """Return what the nearest that are called so are counted in."""
    nearest = (sample for found in called.values() for _, sample in found if sample)
    return next((_counted(sample)[0][0] for sample in nearest), None)


def _unit_of_most(sample: Sequence[Priced]) -> str | None:
    """Return what a whole category is counted in, where it nearly all is: a wrong unit is worse than none."""
    return next((unit for unit, count in _counted(sample) if count >= MOST * len(sample)), None)


def _counted(sample: Sequence[Priced]) -> list[tuple[str, int]]:
    return Counter(row.unit for row in sample).most_common(1)
