"""What others ask for things of one category: the newest, each place an index of its own."""

from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, select

from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation.database import db

listings, products = Listing.__table__, Product.__table__
PLACE_COLUMNS = {8: listings.c.district_code, 5: listings.c.regency_code}


class Priced(NamedTuple):
    """A public product with its price in whole rupiah."""

    name: str
    price: int
    unit: str


def list_prices(category_id: int, place_code: str | None, number: int) -> list[Priced]:
    """Return the newest products of a category in a kecamatan or kabupaten, or in the whole province: so many at most."""
    rows = db.session.execute(
        _newest(len(place_code) if place_code else 0),
        {"category_id": category_id, "status": ListingStatus.PUBLISHED, "place_code": place_code, "number": number},
    )
    return [Priced(*row) for row in rows]


@cache
def _newest(level: int) -> Select:
    conditions = [listings.c.category_id == bindparam("category_id"), listings.c.status == bindparam("status")]
    if level:
        conditions.append(PLACE_COLUMNS[level] == bindparam("place_code"))
    return (
        select(listings.c.name, products.c.price, products.c.unit)
        .join(products, products.c.id == listings.c.id)
        .where(*conditions, products.c.price.is_not(None))
        .order_by(listings.c.published_at.desc(), listings.c.id.desc())
        .limit(bindparam("number"))
    )
