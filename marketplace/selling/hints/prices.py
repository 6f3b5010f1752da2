"""What similar products cost nearby, and what they are counted in."""

from collections import Counter
from collections.abc import Sequence
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

    Where nowhere enough are called so, the prices are those of the category.
    """
    places = [village_code[:8], village_code[:5], None] if village_code else [None]
    samples = [(place, list_prices(category.id, place, SAMPLE)) for place in places]
    thing = thing_of(name)
    called = [(place, [row for row in sample if is_called(row.name, thing)]) for place, sample in samples]
    # A word that begins few names names nothing by itself: `Sanan` of `Sanan Keripik`.
    for label, found in ((thing, called), (category.name, samples)):
        for place, sample in found:
            if label and len(sample) >= LEAST_PRICES:
                return _hint(label, sample, NEARBY if place else IN_THE_PROVINCE)
    return PriceHint(None, _usual_unit(called[-1][1] or samples[-1][1]))


def _hint(label: str, sample: Sequence[Priced], where: str) -> PriceHint:
    unit = _usual_unit(sample)
    # A price for one kg and one for a package cannot be compared.
    prices = [row.price for row in sample if row.unit == unit]
    if len(prices) < LEAST_PRICES:
        return PriceHint(None, unit)
    fifths = quantiles(prices, n=5, method="inclusive")
    low, high = (max(ROUNDED_TO, round(amount / ROUNDED_TO) * ROUNDED_TO) for amount in (fifths[0], fifths[-1]))
    amounts = rupiah(low) if low == high else f"{rupiah(low)}–{rupiah(high)}"
    return PriceHint(PriceRange(low, high, f"{label.capitalize()} {where} biasanya {amounts}."), unit)


def _usual_unit(sample: Sequence[Priced]) -> str | None:
    return next((unit for unit, _ in Counter(row.unit for row in sample).most_common(1)), None)
