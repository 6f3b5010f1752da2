"""The addresses of searches: what the query of an address asks for, and the address that asks for it.

A page forgives: what cannot be read in an address is left out, so that a link that was cut or typed still finds.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from marketplace.catalogue.models.categories import ListingKind
from marketplace.foundation.formatting import rupiah
from marketplace.search.find.search import RESULTS_SHOWN, Facet, Facets, Order, Search

PATH = "/cari"
LONGEST_TEXT = 200
MOST_VALUES = 20
MOST_PAGES = 100
# More than anything costs, and what every database holds in a whole number.
HIGHEST_PRICE = 2_000_000_000
# A position within a kilometre says what is near, and less about who asks.
POSITION_DIGITS = 2

BY_VILLAGE = "desa"
LEGALITY = {"pirt", "halal"}
ORDER_LABELS = {
    Order.BEST: "Paling cocok",
    Order.NEWEST: "Terbaru",
    Order.CHEAPEST: "Termurah",
    Order.DEAREST: "Termahal",
    Order.NEAREST: "Terdekat",
}
SLUG = re.compile(r"[a-z0-9-]{1,60}")
REGENCY, DISTRICT, VILLAGE = (
    re.compile(r"\d{2}" + rest, re.ASCII) for rest in (r"\.\d{2}", r"\.\d{2}\.\d{2}", r"\.\d{2}\.\d{2}\.\d{4}")
)
AMOUNT = re.compile(r"(?:rp)?([0-9][0-9.]{0,14})(rb|ribu|jt|juta)?")
THOUSANDS = {None: 1, "rb": 1_000, "ribu": 1_000, "jt": 1_000_000, "juta": 1_000_000}


PRICE_BANDS = (("Sampai 25 rb", None, 25_000), ("Sampai 50 rb", None, 50_000), ("Di atas 50 rb", 50_000, None))


class KindChoice(NamedTuple):
    """A tab: its value in the address, and how many things lie behind it, None where nobody has counted."""

    value: str
    label: str
    count: int | None
    url: str
    is_current: bool


class PriceChoice(NamedTuple):
    """A price band to choose at once; None is an open end."""

    label: str
    lowest: int | None
    highest: int | None
    url: str
    is_current: bool


class ActiveFilter(NamedTuple):
    """A condition that is set, and the address of the search without it."""

    label: str
    url: str


def read_search(arguments: MultiDict[str, str]) -> Search:
    """Return what the query of an address asks for."""
    kind = arguments.get("jenis")
    order, position = _order_and_position(arguments)
    lowest, highest = sorted_prices(_price(arguments.get("harga-min")), _price(arguments.get("harga-max")))
    regencies, districts, villages = _nested_places(arguments)
    return Search(
        text=plain_text(arguments.get("q", "")),
        kind=ListingKind(kind) if kind in set(ListingKind) else None,
        by_village=kind == BY_VILLAGE,
        categories=_values(arguments, "kategori", SLUG.fullmatch),
        regencies=regencies,
        districts=districts,
        villages=villages,
        lowest_price=lowest,
        highest_price=highest,
        open_now=arguments.get("buka") == "1",
        legality=_values(arguments, "izin", LEGALITY.__contains__),
        order=order,
        position=position,
        exactly_as_typed=arguments.get("persis") == "1",
        offset=(_page(arguments.get("hal")) - 1) * RESULTS_SHOWN,
    )


def plain_text(text: str) -> str:
    """Return what was typed on one line, without characters that nobody sees."""
    visible = "".join(" " if unicodedata.category(letter)[0] == "C" else letter for letter in text[: 2 * LONGEST_TEXT])
    return " ".join(visible.split())[:LONGEST_TEXT].rstrip()


def sorted_prices(lowest: int | None, highest: int | None) -> tuple[int | None, int | None]:
    """Return the two ends of a price band in their order."""
    if lowest is not None and highest is not None and lowest > highest:
        return highest, lowest
    return lowest, highest


def address_of(search: Search, **changes) -> str:
    """Return the address of a search, with changes from its first page on; it names only what is set."""
    if changes:
        search = replace(search, **{"offset": 0, **changes})
    pairs = [(name, value) for name, value in _pairs(search) if value not in ("", None)]
    return f"{PATH}?{urlencode(pairs)}" if pairs else PATH


def canonical_of(search: Search) -> str:
    """Return the address under which the same results are known, however they are sorted and from wherever."""
    return address_of(search, order=Order.BEST, position=None, exactly_as_typed=False)


def page_of(search: Search) -> int:
    """Return which page of the results a search asks for, counted from 1."""
    return search.offset // search.limit + 1


def following_address(search: Search, total: int) -> str | None:
    """Return the address of the next page, None on the last one."""
    following = search.offset + search.limit
    if following >= total or page_of(search) >= MOST_PAGES:
        return None
    return address_of(search, offset=following)


def kind_choices(search: Search, facets: Facets) -> list[KindChoice]:
    """Return the tabs: everything, each kind, and the villages."""
    counts = {facet.value: facet.count for facet in facets.kinds}
    current = BY_VILLAGE if search.by_village else search.kind or ""
    tabs = [("", "Semua", sum(counts.values()), None)]
    tabs += [(kind.value, kind.value.capitalize(), counts.get(kind.value, 0), kind) for kind in ListingKind]
    tabs.append((BY_VILLAGE, "Desa", facets.villages_total, None))
    return [
        KindChoice(value, label, count, address_of(search, kind=kind, by_village=value == BY_VILLAGE), value == current)
        for value, label, count, kind in tabs
    ]


def active_filters(search: Search, facets: Facets) -> list[ActiveFilter]:
    """Return the conditions that are set, each with the address of the search without it."""
    chosen = [
        *_without(search, "categories", facets.categories),
        *_without(search, "regencies", facets.regencies),
        *_without(search, "districts", facets.districts, "Kecamatan "),
        *_without(search, "villages", facets.villages),
    ]
    if search.lowest_price is not None or search.highest_price is not None:
        chosen.append(ActiveFilter(_price_label(search), address_of(search, lowest_price=None, highest_price=None)))
    if search.open_now:
        chosen.append(ActiveFilter("Buka sekarang", address_of(search, open_now=False)))
    return [*chosen, *_without(search, "legality", facets.legality)]


def address_without_filters(search: Search) -> str:
    """Return the address of the same words with no condition but the kind."""
    return address_of(Search(text=search.text, kind=search.kind, by_village=search.by_village))


def order_choices(search: Search) -> list[tuple[str, str, bool]]:
    """Return value, label and whether it is chosen of each order that can be chosen: nearness needs a position."""
    return [
        (order.value, label, order is search.order)
        for order, label in ORDER_LABELS.items()
        if order is not Order.NEAREST or search.position
    ]


def price_choices(search: Search) -> list[PriceChoice]:
    """Return the price bands, each with the address that it leads to."""
    choices = []
    for label, lowest, highest in PRICE_BANDS:
        url = address_of(search, lowest_price=lowest, highest_price=highest)
        is_current = (search.lowest_price, search.highest_price) == (lowest, highest)
        choices.append(PriceChoice(label, lowest, highest, url, is_current))
    return choices


def _pairs(search: Search) -> Iterable[tuple[str, object]]:
    yield "q", search.text
    yield "jenis", BY_VILLAGE if search.by_village else search.kind
    for name, values in (
        ("kategori", search.categories),
        ("kabupaten", search.regencies),
        ("kecamatan", search.districts),
        ("desa", search.villages),
    ):
        for value in values:
            yield name, value
    yield "harga-min", search.lowest_price
    yield "harga-max", search.highest_price
    yield "buka", "1" if search.open_now else None
    for value in search.legality:
        yield "izin", value
    yield "urut", None if search.order is Order.BEST else search.order
    if search.position:
        yield "lat", search.position[0]
        yield "lng", search.position[1]
    yield "persis", "1" if search.exactly_as_typed else None
    yield "hal", page_of(search) if search.offset else None


def _values(arguments: MultiDict[str, str], name: str, is_known: Callable[[str], object]) -> tuple[str, ...]:
    """Return the different values of a parameter that can be right, the first few of them."""
    values = dict.fromkeys(value for value in arguments.getlist(name)[: 5 * MOST_VALUES] if is_known(value))
    return tuple(values)[:MOST_VALUES]


def _nested_places(arguments: MultiDict[str, str]) -> tuple[tuple[str, ...], ...]:
    """Return the places of each level: a level counts inside the one place of the level above that is chosen.

    A kecamatan that is named alone brings its kabupaten, as a village does, so that the page shows where one is.
    """
    villages = _values(arguments, "desa", VILLAGE.fullmatch)
    districts = _inside(_values(arguments, "kecamatan", DISTRICT.fullmatch), villages, length=8)
    regencies = _inside(_values(arguments, "kabupaten", REGENCY.fullmatch), districts, length=5)
    if len(regencies) == 1:
        districts = tuple(code for code in districts if code.startswith(regencies[0]))
    elif regencies:
        districts = ()
    if len(districts) == 1:
        villages = tuple(code for code in villages if code.startswith(districts[0]))
    elif regencies:
        villages = ()
    return regencies, districts, villages


def _inside(codes: tuple[str, ...], below: tuple[str, ...], length: int) -> tuple[str, ...]:
    parents = tuple(dict.fromkeys(code[:length] for code in below))
    return codes or (parents if len(parents) == 1 else ())


def _price(text: str | None) -> int | None:
    match = AMOUNT.fullmatch((text or "").replace(" ", "").lower())
    if match is None:
        return None
    amount = int(match[1].replace(".", "")) * THOUSANDS[match[2]]
    return amount if amount <= HIGHEST_PRICE else None


def _position(arguments: MultiDict[str, str]) -> tuple[float, float] | None:
    try:
        latitude, longitude = float(arguments.get("lat", "")), float(arguments.get("lng", ""))
    except ValueError:
        return None
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return round(latitude, POSITION_DIGITS), round(longitude, POSITION_DIGITS)
    return None


def _order_and_position(arguments: MultiDict[str, str]) -> tuple[Order, tuple[float, float] | None]:
    """Return the order, and the position only where the order needs it: it is nobody's business otherwise."""
    value = arguments.get("urut")
    position = _position(arguments) if value == Order.NEAREST else None
    is_usable = value in set(Order) and (value != Order.NEAREST or position is not None)
    return (Order(value) if is_usable else Order.BEST), position


def _page(text: str | None) -> int:
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) <= 6
    return min(max(int(text), 1), MOST_PAGES) if is_number else 1


def _without(search: Search, condition: str, facets: list[Facet], word: str = "") -> list[ActiveFilter]:
    labels = {facet.value: facet.label for facet in facets}
    values = getattr(search, condition)
    return [
        ActiveFilter(word + labels.get(value, value), address_of(search, **_rest(condition, values, value)))
        for value in values
    ]


def _rest(condition: str, values: tuple[str, ...], removed: str) -> dict:
    """Return the conditions that are left: what lies inside a removed place goes with it."""
    inner = {"regencies": {"districts": (), "villages": ()}, "districts": {"villages": ()}}.get(condition, {})
    return {condition: tuple(value for value in values if value != removed), **inner}


def _price_label(search: Search) -> str:
    if search.lowest_price is None:
        return f"Sampai {rupiah(search.highest_price)}"
    if search.highest_price is None:
        return f"Mulai {rupiah(search.lowest_price)}"
    return f"{rupiah(search.lowest_price)}–{rupiah(search.highest_price)}"
