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
