"""One listing with all that its page says."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from sqlalchemy import Select, bindparam, exists, select

from marketplace.catalogue.cards import CardPhoto
from marketplace.catalogue.models.categories import Category
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Variant
from marketplace.catalogue.shown import ShownAttraction, ShownProduct
from marketplace.foundation.database import Rupiah, db
from marketplace.foundation.errors import NotFound
from marketplace.kim import queries as kim
from marketplace.kim.queries import KimSummary
from marketplace.photos.models import Photo
from marketplace.regions.places import VillageName, village_of, with_village
from marketplace.umkm import queries as umkm
from marketplace.umkm.models import Business, BusinessStatus
from marketplace.umkm.queries import BusinessSummary

listings, categories, businesses = Listing.__table__, Category.__table__, Business.__table__
listing_photos, photos, variants = ListingPhoto.__table__, Photo.__table__, Variant.__table__

Kind = TypeVar("Kind", ShownProduct, ShownAttraction)


@dataclass(frozen=True, slots=True)
class CategoryName:
    """The shelf of a listing, as its page names it."""

    id: int
    slug: str
    name: str
    icon: str

    @property
    def url(self) -> str:
        return f"/kategori/{self.slug}"


@dataclass(frozen=True, slots=True)
class VariantPrice:
    """A size, taste or colour with a price of its own."""

    name: str
    price: Rupiah


@dataclass(frozen=True)
class ListingDetails(Generic[Kind]):
    """A public listing with what its page says around it, all of it small values to read."""

    listing: Kind
    village: VillageName
    category: CategoryName
    business: BusinessSummary | None
    kim: KimSummary | None
    photos: Sequence[CardPhoto]
    variants: Sequence[VariantPrice]


def get_public_product(product_id: int) -> ListingDetails[ShownProduct]:
    """Return a published product, or refuse."""
    return _get_public(ShownProduct, product_id)


def get_public_attraction(attraction_id: int) -> ListingDetails[ShownAttraction]:
    """Return a published attraction, or refuse."""
    return _get_public(ShownAttraction, attraction_id)


def _get_public(shown: type[Kind], listing_id: int) -> ListingDetails[Kind]:
    row = db.session.execute(
        _statement_of_one(shown), {"id": listing_id, "status": ListingStatus.PUBLISHED}
    ).one_or_none()
    if row is None:
        raise NotFound
    listing, village = shown.from_row(row), village_of(row)
    return ListingDetails(
        listing=listing,
        village=village,
        category=CategoryName(listing.category_id, row.category_slug, row.category_name, row.category_icon),
        business=umkm.summary_of(row),
        kim=kim.summary_of(row, village),
        photos=_list_photos(listing),
        variants=_list_variants(listing_id) if row.has_variants else (),
    )


def _list_photos(listing: Kind) -> tuple[CardPhoto, ...]:
    rows = db.session.execute(_statement_of_photos(), {"id": listing.id}).all()
    return tuple(
        CardPhoto(row.digest, row.width, row.height, row.color, row.alt_text or f"{listing.name}, foto {number}")
        for number, row in enumerate(rows, start=1)
    )


def _list_variants(product_id: int) -> tuple[VariantPrice, ...]:
    statement = select(variants.c.name, variants.c.price).where(variants.c.product_id == product_id)
    return tuple(VariantPrice(*row) for row in db.session.execute(statement.order_by(variants.c.position)))


@cache
def _statement_of_one(shown: type) -> Select:
    statement = select(
        *shown.COLUMNS,
        categories.c.slug.label("category_slug"),
        categories.c.name.label("category_name"),
        categories.c.icon.label("category_icon"),
        *umkm.SUMMARY_COLUMNS,
        exists().where(variants.c.product_id == listings.c.id).label("has_variants"),
    ).select_from(listings.join(shown.TABLE, shown.TABLE.c.id == listings.c.id))
    statement = (
        with_village(statement, listings.c.village_code)
        .join(categories, categories.c.id == listings.c.category_id)
        .outerjoin(
            businesses,
            (businesses.c.id == listings.c.business_id) & (businesses.c.status == BusinessStatus.ACTIVE),
        )
    )
    return kim.with_kim(statement, listings.c.village_code, listings.c.district_code, businesses.c.kim_id).where(
        listings.c.id == bindparam("id"), listings.c.status == bindparam("status")
    )


@cache
def _statement_of_photos() -> Select:
    return (
        select(photos.c.digest, photos.c.width, photos.c.height, photos.c.color, listing_photos.c.alt_text)
        .join(photos, photos.c.id == listing_photos.c.photo_id)
        .where(listing_photos.c.listing_id == bindparam("id"))
        .order_by(listing_photos.c.position)
    )
