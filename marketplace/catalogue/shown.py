"""Published listings as their pages show them: every column of the row, as a plain tuple.

Loading a listing as an object that could be changed costs its page a seventh of its time, and nobody changes it there.
"""

from collections import namedtuple
from collections.abc import Sequence
from typing import Self

from sqlalchemy import Column, Row, Table

from marketplace.catalogue.models.attractions import Attraction, AttractionProperties
from marketplace.catalogue.models.listings import Listing, ListingProperties
from marketplace.catalogue.models.products import Product, ProductProperties

listings, products, attractions = Listing.__table__, Product.__table__, Attraction.__table__


def _columns_with(table: Table) -> Sequence[Column]:
    return [*listings.columns, *(column for column in table.columns if column.name != "id")]


def _names_with(table: Table) -> list[str]:
    return [column.name for column in _columns_with(table)]


class ShownListing(ListingProperties):
    """What both kinds share: `TABLE` holds the kind's own columns, `COLUMNS` are all that the tuple consists of."""

    __slots__ = ()

    TABLE: Table
    COLUMNS: Sequence[Column]

    @classmethod
    def from_row(cls, row: Row) -> Self:
        """Return the listing whose `COLUMNS` begin the row."""
        return cls._make(row[: len(cls.COLUMNS)])


class ShownProduct(ProductProperties, ShownListing, namedtuple("ProductRow", _names_with(products))):
    """A product's row to read: what `Product` has, without its relationships."""

    __slots__ = ()

    TABLE, COLUMNS = products, _columns_with(products)


class ShownAttraction(AttractionProperties, ShownListing, namedtuple("AttractionRow", _names_with(attractions))):
    """An attraction's row to read: what `Attraction` has, without its relationships."""

    __slots__ = ()

    TABLE, COLUMNS = attractions, _columns_with(attractions)
