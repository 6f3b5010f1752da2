"""A listing as every list shows it: a small value, not a row, because a page holds dozens."""

from typing import NamedTuple

from marketplace.catalogue.models.categories import ListingKind
from marketplace.foundation.formatting import plain_slug
from marketplace.foundation.opening_hours import OpeningHours
from marketplace.photos import addresses


class CardPhoto(NamedTuple):
    """A cover: its digest, the size of its master in pixels, its dominant colour and what it shows."""

    digest: str
    width: int
    height: int
    color: str
    alt: str

    @property
    def srcset(self) -> str:
        return addresses.srcset(self.digest, self.width)


class Card(NamedTuple):
    """What a list says of a product or an attraction.

    `price` in rupiah, None for "tanya harga"; `ticket` in rupiah, 0 is free, None unknown; `distance` in kilometres
    from the place that the page is about, where it is about one.
    """

    id: int
    kind: ListingKind
    name: str
    price: int | None
    unit: str | None
    ticket: int | None
    hours: OpeningHours | None
    village_code: str
    village_name: str
    dye: str | None
    icon: str
    is_example: bool
    regency_name: str
    is_sold_out: bool
    photo: CardPhoto | None
    distance: float | None = None

    @property
    def url(self) -> str:
        return listing_path(self.kind, self.id, self.name)

    @property
    def place(self) -> str:
        """`Purwantoro, Kota Malang`."""
        return f"{self.village_name}, {self.regency_name}"


def listing_path(kind: ListingKind, id: int, name: str) -> str:
    """Return the address of a listing's page, as its view's route spells it.

    Written here because building it through the router costs a list page more than its query.
    """
    return f"/{kind.value}/{id}-{plain_slug(name)}"
