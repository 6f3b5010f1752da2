"""The lists of public listings, each page one statement that an index serves."""

from collections.abc import Iterable, Sequence
from functools import cache
from math import cos, radians

from sqlalchemy import (
    BindParameter,
    Float,
    Row,
    Select,
    Subquery,
    bindparam,
    func,
    literal,
    select,
    tuple_,
    union,
    union_all,
)

from marketplace.catalogue.cards import Card, CardPhoto
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Availability, Product
from marketplace.catalogue.queries.listings import ListingDetails
from marketplace.foundation.database import db
from marketplace.foundation.distance import distance_in_kilometres
from marketplace.foundation.pagination import Cursor, Page, page_of
from marketplace.photos.models import Photo
from marketplace.regions.models import Regency, Village, short_regency_name

PAGE_SIZE = 24
# Of the kecamatan and of each kabupaten around, how many of the newest of a category are looked at for what is near.
SIMILAR_CANDIDATES = 6
SIZE = bindparam("size")
PLACE_COLUMNS = {5: "regency_code", 8: "district_code", 13: "village_code"}

listings, products, attractions = Listing.__table__, Product.__table__, Attraction.__table__
villages, regencies, categories = Village.__table__, Regency.__table__, Category.__table__
listing_photos, photos = ListingPhoto.__table__, Photo.__table__
# What a card takes from a row as it is, in the order of its fields.
CARD_COLUMNS = (
    listings.c.id,
    listings.c.kind,
    listings.c.name,
    products.c.price,
    products.c.unit,
    attractions.c.adult_ticket,
    attractions.c.opening_hours,
    listings.c.village_code,
    func.coalesce(villages.c.corrected_name, villages.c.decreed_name).label("village_name"),
    villages.c.dye,
    categories.c.icon,
    listings.c.is_example,
)


def list_newest(kind: ListingKind, after: Cursor | None = None, size: int = PAGE_SIZE) -> Page[Card]:
    """Return products or attractions of the whole province, newest first."""
    return _page(_newest_statement(("kind",), after is not None), {"kind": kind}, after, size)


def list_in_place(code: str, kind: ListingKind, after: Cursor | None = None, size: int = PAGE_SIZE) -> Page[Card]:
    """Return what a kabupaten, kecamatan or village offers of one kind, newest first."""
    column = PLACE_COLUMNS[len(code)]
    return _page(_newest_statement((column, "kind"), after is not None), {column: code, "kind": kind}, after, size)


def list_of_business(business_id: int, after: Cursor | None = None, size: int = PAGE_SIZE) -> Page[Card]:
    """Return what one business sells, newest first."""
    return _page(_newest_statement(("business_id",), after is not None), {"business_id": business_id}, after, size)


def list_in_categories(category_ids: Sequence[int], after: Cursor | None = None, size: int = PAGE_SIZE) -> Page[Card]:
    """Return what stands on any of these shelves, newest first.

    Each category is read through its own index and only the newest of each are merged, so that a group of six
    costs six short reads, however full it is.
    """
    if not category_ids:
        return Page([], None)
    statement = _merged_statement("category_id", len(category_ids), after is not None)
    parameters = {f"category_id_{index}": category_id for index, category_id in enumerate(category_ids)}
    return _page(statement, parameters, after, size)


def list_both_kinds(code: str, products: int, attractions: int) -> tuple[list[Card], list[Card]]:
    """Return the newest products and the newest attractions of a kabupaten, kecamatan or village."""
    rows = db.session.execute(
        _both_kinds_statement(PLACE_COLUMNS[len(code)]),
        {"code": code, "status": ListingStatus.PUBLISHED}
        | {"product": ListingKind.PRODUCT, "attraction": ListingKind.ATTRACTION}
        | {"products": products, "attractions": attractions},
    )
    cards = [_card(row) for row in rows]
    return (
        [card for card in cards if card.kind is ListingKind.PRODUCT],
        [card for card in cards if card.kind is ListingKind.ATTRACTION],
    )


def list_by_ids(ids: Sequence[int]) -> dict[int, Card]:
    """Return the public ones of these listings, by their ids."""
    if not ids:
        return {}
    rows = db.session.execute(_by_ids_statement(), {"ids": ids})
    return {row.id: _card(row) for row in rows if row.status is ListingStatus.PUBLISHED}


def list_around(details: ListingDetails, similar_size: int, village_size: int) -> tuple[list[Card], list[Card]]:
    """Return what is new, similar and near, with distances, and which products the village itself has besides."""
    listing, village = details.listing, details.village
    codes = village.regency.nearest_codes
    rows = db.session.execute(
        _around_statement(len(codes)),
        {"id": listing.id, "category_id": listing.category_id, "village_code": village.code}
        | {"district_code": village.district.code}
        | {"kind": ListingKind.PRODUCT, "status": ListingStatus.PUBLISHED, "size": SIMILAR_CANDIDATES}
        | {"latitude": village.latitude, "longitude": village.longitude, "shrinking": cos(radians(village.latitude))}
        | {"similar_size": similar_size, "village_size": village_size}
        | {f"regency_code_{index}": code for index, code in enumerate(codes)},
    ).all()
    similar = [
        _card(row, distance_in_kilometres(village.latitude, village.longitude, row.latitude, row.longitude))
        for row in rows
        if row.is_similar
    ]
    return sorted(similar, key=lambda card: (card.distance, -card.id)), [
        _card(row) for row in rows if not row.is_similar
    ]


def _page(statement: Select, parameters: dict, after: Cursor | None, size: int) -> Page[Card]:
    parameters |= {"status": ListingStatus.PUBLISHED, "size": size + 1}
    if after is not None:
        parameters |= {"after_moment": after.moment, "after_id": after.id}
    page = page_of(db.session.execute(statement, parameters).all(), size)
    return Page([_card(row) for row in page.items], page.following)


@cache
def _newest_statement(columns: tuple[str, ...], continues: bool) -> Select:
    conditions = [listings.c[name] == bindparam(name) for name in columns]
    return _cards_chosen_by(_newest(conditions, continues).subquery("chosen"))


@cache
def _merged_statement(column: str, number: int, continues: bool) -> Select:
    parts = [
        select(_newest([listings.c[column] == bindparam(f"{column}_{index}")], continues).subquery())
        for index in range(number)
    ]
    merged = union_all(*parts).subquery()
    newest = select(merged).order_by(merged.c.published_at.desc(), merged.c.id.desc()).limit(SIZE)
    return _cards_chosen_by(newest.subquery("chosen"))


@cache
def _by_ids_statement() -> Select:
    # The status is looked at afterwards: asked for here, its index would be walked instead of the ids.
    chosen = select(listings.c.id, listings.c.published_at).where(listings.c.id.in_(bindparam("ids", expanding=True)))
    return _cards_chosen_by(chosen.subquery("chosen")).add_columns(listings.c.status)


@cache
def _both_kinds_statement(column: str) -> Select:
    parts = [
        _newest([listings.c[column] == bindparam("code"), listings.c.kind == bindparam(kind)], size=bindparam(size))
        for kind, size in (("product", "products"), ("attraction", "attractions"))
    ]
    return _cards_chosen_by(union_all(*(select(part.subquery()) for part in parts)).subquery("chosen"))


@cache
def _around_statement(number: int) -> Select:
    this = listings.c.id == bindparam("id")
    in_category = listings.c.category_id == bindparam("category_id")
    in_district = [in_category, listings.c.district_code == bindparam("district_code"), ~this]
    in_regencies = [
        [in_category, listings.c.regency_code == bindparam(f"regency_code_{index}"), ~this] for index in range(number)
    ]
    # What is new in the kecamatan may be new in its kabupaten too: a union keeps one of each.
    candidates = union(
        *(select(_newest(conditions).subquery()) for conditions in (in_district, *in_regencies))
    ).subquery()
    # Degrees on a plane are near enough to tell which villages are nearest; kilometres are worked out afterwards.
    north = villages.c.latitude - bindparam("latitude", type_=Float)
    east = (villages.c.longitude - bindparam("longitude", type_=Float)) * bindparam("shrinking", type_=Float)
    nearest = (
        select(candidates.c.id, candidates.c.published_at, literal(1).label("is_similar"))
        .join(listings, listings.c.id == candidates.c.id)
        .join(villages, villages.c.code == listings.c.village_code)
        .order_by(north * north + east * east, candidates.c.id.desc())
        .limit(bindparam("similar_size"))
        .cte("nearest")
    )
    in_village = [
        listings.c.village_code == bindparam("village_code"),
        listings.c.kind == bindparam("kind"),
        ~this,
        listings.c.id.not_in(select(nearest.c.id)),
    ]
    neighbours = _newest(in_village, size=bindparam("village_size")).subquery()
    chosen = union_all(select(nearest), select(neighbours, literal(0).label("is_similar"))).subquery("chosen")
    return _cards_chosen_by(chosen).add_columns(chosen.c.is_similar, villages.c.latitude, villages.c.longitude)


def _newest(conditions: Iterable, continues: bool = False, size: BindParameter = SIZE) -> Select:
    """Return ids and moments of the newest, from an index alone, before anything is joined to them."""
    statement = select(listings.c.id, listings.c.published_at).where(
        listings.c.status == bindparam("status"), *conditions
    )
    if continues:
        seen = tuple_(
            bindparam("after_moment", type_=listings.c.published_at.type),
            bindparam("after_id", type_=listings.c.id.type),
        )
        statement = statement.where(tuple_(listings.c.published_at, listings.c.id) < seen)
    return statement.order_by(listings.c.published_at.desc(), listings.c.id.desc()).limit(size)


def _cards_chosen_by(chosen: Subquery) -> Select:
    return (
        select(
            *CARD_COLUMNS,
            products.c.availability,
            func.coalesce(regencies.c.corrected_name, regencies.c.decreed_name).label("regency_name"),
            listing_photos.c.alt_text,
            photos.c.digest,
            photos.c.width,
            photos.c.height,
            photos.c.color,
            listings.c.published_at,
        )
        .select_from(chosen)
        .join(listings, listings.c.id == chosen.c.id)
        .join(villages, villages.c.code == listings.c.village_code)
        .join(regencies, regencies.c.code == listings.c.regency_code)
        .join(categories, categories.c.id == listings.c.category_id)
        .outerjoin(products, products.c.id == listings.c.id)
        .outerjoin(attractions, attractions.c.id == listings.c.id)
        .outerjoin(listing_photos, (listing_photos.c.listing_id == listings.c.id) & (listing_photos.c.position == 0))
        .outerjoin(photos, photos.c.id == listing_photos.c.photo_id)
        .order_by(chosen.c.published_at.desc(), chosen.c.id.desc())
    )


def _card(row: Row, distance: float | None = None) -> Card:
    photo = CardPhoto(row.digest, row.width, row.height, row.color, row.alt_text or row.name) if row.digest else None
    return Card(
        *row[: len(CARD_COLUMNS)],
        regency_name=short_regency_name(row.regency_name),
        is_sold_out=row.availability is Availability.SOLD_OUT,
        photo=photo,
        distance=distance,
    )
