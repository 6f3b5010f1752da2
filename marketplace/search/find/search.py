"""What somebody asks for, and what is found: values between the pages and the engine."""

from dataclasses import dataclass, field
from enum import StrEnum

from marketplace.catalogue.cards import Card
from marketplace.catalogue.models.categories import ListingKind

RESULTS_SHOWN = 24


class Order(StrEnum):
    """What stands first."""

    BEST = "cocok"
    NEWEST = "terbaru"
    CHEAPEST = "termurah"
    DEAREST = "termahal"
    NEAREST = "terdekat"


@dataclass(frozen=True)
class Search:
    """Words and conditions, all of which hold together; of several values of one condition any will do.

    `categories` are slugs of leaves or groups; places are Kemendagri codes; prices are whole rupiah; `legality` holds
    "pirt" and "halal"; `position` is latitude and longitude in degrees. With `by_village` the villages are listed that
    have what matches, instead of the listings.
    """

    text: str = ""
    kind: ListingKind | None = None
    categories: tuple[str, ...] = ()
    regencies: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    lowest_price: int | None = None
    highest_price: int | None = None
    open_now: bool = False
    legality: tuple[str, ...] = ()
    order: Order = Order.BEST
    position: tuple[float, float] | None = None
    exactly_as_typed: bool = False
    by_village: bool = False
    offset: int = 0
    limit: int = RESULTS_SHOWN


@dataclass(frozen=True)
class Facet:
    """One value that results can be narrowed to: `value` as the address writes it, `count` what that would leave."""

    value: str
    label: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class Facets:
    """The values of each condition; counts reflect the other conditions, not the values chosen of the same.

    `districts` is filled when one kabupaten is chosen, `villages` when one kecamatan is; `villages_total` is how many
    villages have what matches, None where that would take too long to tell.
    """

    kinds: list[Facet] = field(default_factory=list)
    categories: list[Facet] = field(default_factory=list)
    regencies: list[Facet] = field(default_factory=list)
    districts: list[Facet] = field(default_factory=list)
    villages: list[Facet] = field(default_factory=list)
    legality: list[Facet] = field(default_factory=list)
    villages_total: int | None = None


@dataclass(frozen=True)
class PlaceFound:
    """A place that the words name; `level` is "kabupaten", "kecamatan" or "desa"."""

    level: str
    code: str
    name: str
    where: str
    url: str
    dye: str | None


@dataclass(frozen=True)
class KimFound:
    """A KIM that the words name."""

    name: str
    url: str
    where: str
    village_code: str
    dye: str | None


@dataclass(frozen=True)
class VillageFound:
    """A village that has what matches, and how many listings of that."""

    code: str
    name: str
    where: str
    url: str
    dye: str | None
    count: int


@dataclass(frozen=True)
class Found:
    """What a search found.

    `total` counts the listings that match, or the villages where these were asked for; `cards` or `villages` are those of
    this page. Behind a few that match, `nearly` are listings that have some of the words and are not counted.
    `corrected` are the words searched instead of `typed`; `left_out` the words that nothing has and that were dropped;
    `is_partial` says that nothing has all the words and that what comes near is shown. While the index is being built
    `is_ready` is False and nothing is found.
    """

    typed: str
    total: int = 0
    cards: list[Card] = field(default_factory=list)
    nearly: list[Card] = field(default_factory=list)
    villages: list[VillageFound] = field(default_factory=list)
    facets: Facets = field(default_factory=Facets)
    corrected: str | None = None
    left_out: tuple[str, ...] = ()
    is_partial: bool = False
    places: list[PlaceFound] = field(default_factory=list)
    kims: list[KimFound] = field(default_factory=list)
    is_ready: bool = True
