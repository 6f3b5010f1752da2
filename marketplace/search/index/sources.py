"""Public listings as the index needs them: plain rows, a batch at a time, straight from the tables."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from sqlalchemy import Row, Select, String, exists, func, select, type_coerce

from marketplace.catalogue.facts import FACILITY_WORDS
from marketplace.catalogue.models.attractions import Attraction, Facility
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Availability, Product, Variant
from marketplace.catalogue.queries.silence import marks_passed
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.opening_hours import OpeningHours, OpeningHoursType
from marketplace.kim.models import Kim, KimStatus
from marketplace.search.index.documents import ListingToIndex
from marketplace.umkm.models import Business

BATCH = 2_000
# SQLite counts every id of a list as a parameter.
IDS_AT_ONCE = 500

listings, products, attractions, variants, listing_photos, businesses, kims, categories = (
    model.__table__ for model in (Listing, Product, Attraction, Variant, ListingPhoto, Business, Kim, Category)
)
# Read as text: of a million rows few differ, and making objects of each would take longer than indexing it.
opening_hours = type_coerce(attractions.c.opening_hours, String).label("opening_hours")
facilities = type_coerce(attractions.c.facilities, String).label("facilities")
kind = type_coerce(listings.c.kind, String).label("kind")
status = type_coerce(listings.c.status, String).label("status")
availability = type_coerce(products.c.availability, String).label("availability")
# What people can read of a listing and would look for it by. Not how to get there and what is forbidden: these name
# other places, and what one does not find.
TEXTS = (
    listings.c.description,
    products.c.ingredients,
    products.c.net_content,
    products.c.brand,
    attractions.c.summary,
    attractions.c.manager_name,
    attractions.c.ticket_note,
    attractions.c.last_kilometre,
)


def read_public(ids: Sequence[int] | None = None) -> Iterator[ListingToIndex]:
    """Yield the public listings among these, or all of them, by id."""
    shelves = _words_of_categories()
    if ids is None:
        yield from _read_all(shelves)
        return
    for start in range(0, len(ids), IDS_AT_ONCE):
        condition = listings.c.id.in_(ids[start : start + IDS_AT_ONCE])
        yield from _listings(db.session.execute(_statement().where(condition)).all(), shelves)


def count_public() -> int:
    """Return how many documents a complete index has."""
    return db.session.scalar(
        select(func.count()).select_from(listings).where(listings.c.status == ListingStatus.PUBLISHED)
    )


def read_revisions(after: int, until: int | None) -> dict[int, int]:
    """Return the revisions of the public listings whose ids lie above `after` and are at most `until`, by id."""
    statement = select(listings.c.id, listings.c.version, status).where(listings.c.id > after)
    if until is not None:
        statement = statement.where(listings.c.id <= until)
    return {row.id: row.version for row in db.session.execute(statement) if row.status == ListingStatus.PUBLISHED}


def highest_id() -> int:
    """Return the highest id of all listings, 0 when there are none."""
    return db.session.scalar(select(func.max(listings.c.id))) or 0


def _read_all(shelves: dict[int, str]) -> Iterator[ListingToIndex]:
    last_id = 0
    while rows := db.session.execute(_statement().where(listings.c.id > last_id).limit(BATCH)).all():
        yield from _listings(rows, shelves)
        last_id = rows[-1].id


def _statement() -> Select:
    """Select listings by id. Which of them are public is told by their rows: a condition on the status would have SQLite
    gather and sort all public listings for each batch."""
    has_photo = exists().where(listing_photos.c.listing_id == listings.c.id, listing_photos.c.position == 0)
    return (
        select(
            listings.c.id,
            listings.c.version,
            status,
            kind,
            listings.c.name,
            listings.c.category_id,
            listings.c.village_code,
            listings.c.business_id,
            listings.c.published_at,
            businesses.c.name.label("business_name"),
            kims.c.name.label("kim_name"),
            products.c.price,
            availability,
            products.c.pirt_number,
            products.c.pirt_expires_on,
            products.c.halal_number,
            products.c.halal_expires_on,
            attractions.c.adult_ticket,
            opening_hours,
            facilities,
            has_photo.label("has_photo"),
            marks_passed(clock.now()).label("marks_of_silence"),
            *TEXTS,
        )
        .outerjoin(products, products.c.id == listings.c.id)
        .outerjoin(attractions, attractions.c.id == listings.c.id)
        .outerjoin(businesses, businesses.c.id == listings.c.business_id)
        .outerjoin(kims, (kims.c.id == businesses.c.kim_id) & (kims.c.status == KimStatus.ACTIVE))
        .order_by(listings.c.id)
    )


def _listings(rows: Sequence[Row], shelves: dict[int, str]) -> Iterator[ListingToIndex]:
    rows = [row for row in rows if row.status == ListingStatus.PUBLISHED]
    names_of_variants = _names_of_variants(row.id for row in rows if row.kind == ListingKind.PRODUCT)
    for row in rows:
        is_product = row.kind == ListingKind.PRODUCT
        # The texts stand last.
        texts = [*row[-len(TEXTS) :], *names_of_variants.get(row.id, ())]
        if row.facilities:
            texts.append(_words_of_facilities(row.facilities))
        yield ListingToIndex(
            id=row.id,
            revision=row.version,
            kind=ListingKind.PRODUCT if is_product else ListingKind.ATTRACTION,
            name=row.name,
            description="\n".join(filter(None, texts)),
            category_id=row.category_id,
            category_words=shelves.get(row.category_id, ""),
            village_code=row.village_code,
            business_id=row.business_id,
            business_name=row.business_name or "",
            kim_name=row.kim_name or "",
            price=row.price if is_product else row.adult_ticket,
            is_sold_out=row.availability == Availability.SOLD_OUT,
            has_photo=row.has_photo,
            published_at=row.published_at,
            opening_hours=_opening_hours(row.opening_hours) if row.opening_hours else None,
            has_pirt=row.pirt_number is not None,
            pirt_expires_on=row.pirt_expires_on,
            has_halal=row.halal_number is not None,
            halal_expires_on=row.halal_expires_on,
            marks_of_silence=row.marks_of_silence,
        )


def _names_of_variants(product_ids: Iterable[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    ids = list(product_ids)
    for start in range(0, len(ids), IDS_AT_ONCE):
        for product_id, name in db.session.execute(
            select(variants.c.product_id, variants.c.name)
            .where(variants.c.product_id.in_(ids[start : start + IDS_AT_ONCE]))
            .order_by(variants.c.product_id, variants.c.position)
        ):
            names.setdefault(product_id, []).append(name)
    return names


def _words_of_categories() -> dict[int, str]:
    """Return by the id of each category its name and its group's.

    Not the other wordings that an import understands: honey stands on the shelf of fish, and fish is no honey.
    """
    groups = categories.alias()
    rows = db.session.execute(
        select(categories.c.id, categories.c.name, groups.c.name.label("group_name")).outerjoin(
            groups, groups.c.id == categories.c.parent_id
        )
    )
    return {row.id: " ".join(filter(None, (row.name, row.group_name))) for row in rows}


@lru_cache(4_096)
def _opening_hours(text: str) -> OpeningHours:
    return OpeningHoursType().process_result_value(text, None)


@lru_cache(4_096)
def _words_of_facilities(text: str) -> str:
    return " ".join(FACILITY_WORDS[Facility(name)][0] for name in text.split(","))
