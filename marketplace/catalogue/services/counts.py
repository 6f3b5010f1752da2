"""Keeping the figures that pages show in step with what is public."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import delete, func, insert, select

from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.counts import CategoryCount, PlaceCount
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.foundation.database import db, take_turns
from marketplace.kim.models import Kim, KimStatus

# How many characters of a village's code name its province, regency, district and itself.
LEVEL_LENGTHS = (2, 5, 8, 13)


def recount() -> None:
    """Count everything anew; counting twice gives the same, also twice at once."""
    take_turns("recount")
    _replace(PlaceCount, _count_places())
    _replace(CategoryCount, _count_categories())
    db.session.flush()


def shift(listings: Iterable[Listing], by: int) -> None:
    """Count these listings in (1) or out (-1) after the public began or ceased to see them.

    Gives what `recount` would; the caller has flushed the new status.
    """
    listings = list(listings)
    if not listings:
        return
    take_turns("recount")
    _shift_places(Counter((listing.village_code, listing.kind) for listing in listings), by)
    _shift_categories(Counter(listing.category_id for listing in listings), by)
    db.session.flush()


def _shift_places(listings: Counter, by: int) -> None:
    codes = {code for village_code, _ in listings for code in _places_of(village_code)}
    rows = _rows_by_key(PlaceCount, PlaceCount.place_code, codes)
    for (village_code, kind), number in listings.items():
        village = rows.get(village_code)
        had_some = bool(village and village.villages)
        places = [_row_of_place(rows, code) for code in _places_of(village_code)]
        for place in places:
            if kind is ListingKind.PRODUCT:
                place.products += by * number
            else:
                place.attractions += by * number
        has_some = bool(places[-1].products or places[-1].attractions)
        for place in places:
            place.villages += has_some - had_some
    _forget_empty(row for row in rows.values() if not (row.villages or row.villages_with_kim))


def _row_of_place(rows: dict, code: str) -> PlaceCount:
    if code not in rows:
        rows[code] = PlaceCount(place_code=code, products=0, attractions=0, villages=0, villages_with_kim=0)
        db.session.add(rows[code])
    return rows[code]


def _shift_categories(listings: Counter, by: int) -> None:
    group_of = dict(
        db.session.execute(select(Category.id, Category.parent_id).where(Category.id.in_(listings.keys()))).all()
    )
    numbers = Counter()
    for category_id, number in listings.items():
        for shelf in filter(None, (category_id, group_of[category_id])):
            numbers[shelf] += number
    rows = _rows_by_key(CategoryCount, CategoryCount.category_id, numbers.keys())
    for shelf, number in numbers.items():
        if shelf not in rows:
            rows[shelf] = CategoryCount(category_id=shelf, listings=0)
            db.session.add(rows[shelf])
        rows[shelf].listings += by * number
    _forget_empty(row for row in rows.values() if not row.listings)


def _rows_by_key(model: type, key, values: Iterable) -> dict:
    # Another transaction may have counted since these were last read here.
    rows = db.session.scalars(
        select(model).where(key.in_(list(values))).execution_options(populate_existing=True)
    ).all()
    return {getattr(row, key.key): row for row in rows}


def _forget_empty(rows: Iterable) -> None:
    for row in rows:
        if row in db.session.new:
            db.session.expunge(row)
        else:
            db.session.delete(row)


def _replace(model: type, rows: list[dict]) -> None:
    db.session.execute(delete(model.__table__))
    if rows:
        db.session.execute(insert(model.__table__), rows)


def _count_places() -> list[dict]:
    listings = db.session.execute(
        select(Listing.village_code, Listing.kind, func.count())
        .where(Listing.status == ListingStatus.PUBLISHED)
        .group_by(Listing.village_code, Listing.kind)
    ).all()
    villages_with_kim = db.session.scalars(
        select(Kim.village_code).where(Kim.status == KimStatus.ACTIVE, Kim.village_code.is_not(None)).distinct()
    ).all()
    products, attractions = Counter(), Counter()
    for village_code, kind, number in listings:
        for code in _places_of(village_code):
            (products if kind is ListingKind.PRODUCT else attractions)[code] += number
    villages = _count_villages({village_code for village_code, _, _ in listings})
    with_kim = _count_villages(villages_with_kim)
    return [
        {
            "place_code": code,
            "products": products[code],
            "attractions": attractions[code],
            "villages": villages[code],
            "villages_with_kim": with_kim[code],
        }
        for code in sorted(villages.keys() | with_kim.keys())
    ]


def _count_villages(codes: Iterable[str]) -> Counter:
    return Counter(place for code in codes for place in _places_of(code))


def _places_of(village_code: str) -> list[str]:
    return [village_code[:length] for length in LEVEL_LENGTHS]


def _count_categories() -> list[dict]:
    group_of = dict(db.session.execute(select(Category.id, Category.parent_id)).all())
    counts = Counter()
    for category_id, number in db.session.execute(
        select(Listing.category_id, func.count())
        .where(Listing.status == ListingStatus.PUBLISHED)
        .group_by(Listing.category_id)
    ):
        counts[category_id] += number
        if group_of[category_id]:
            counts[group_of[category_id]] += number
    return [{"category_id": category_id, "listings": number} for category_id, number in sorted(counts.items())]
