"""Fills a database that holds the example data with many more listings: real villages, names made of real words."""

import random
from datetime import timedelta
from itertools import count

from sqlalchemy import func, insert, select

from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Availability, Product
from marketplace.catalogue.services.counts import recount
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.kim.models import Kim, KimStatus
from marketplace.photos.models import Photo
from marketplace.regions.models import Village
from marketplace.umkm.models import Business, BusinessStatus

SEED = 35
CHUNK = 5_000
KIM_VILLAGES = 1_086
SHARE_OF_ATTRACTIONS = 0.1
FIRST_WORDS = ("Keripik", "Batik", "Kopi", "Madu", "Sambal", "Tenun", "Gula", "Tahu", "Anyaman", "Jenang", "Beras")
SECOND_WORDS = ("Tulis", "Gurih", "Lereng", "Asli", "Pedas", "Halus", "Kampung", "Pilihan", "Lestari", "Segar")
PLACES_TO_SEE = ("Air Terjun", "Pantai", "Bukit", "Telaga", "Candi", "Gua")
HOURS = parse_opening_hours("07.00-17.00")


def add_listings(number: int) -> None:
    """Add this many public listings, their businesses and KIM; the caller commits."""
    chance = random.Random(SEED)
    villages = list(db.session.execute(select(Village.code, Village.decreed_name, Village.latitude, Village.longitude)))
    chance.shuffle(villages)
    _add_kim(villages[:KIM_VILLAGES])
    business_ids = _add_businesses(villages)
    categories = {
        kind: list(
            db.session.scalars(select(Category.id).where(Category.kind == kind, Category.parent_id.is_not(None)))
        )
        for kind in ListingKind
    }
    photo_ids = list(db.session.scalars(select(Photo.id)))
    next_id = count((db.session.scalar(select(func.max(Listing.id))) or 0) + 1)
    # As in real life a few villages have most of what there is (Zipf with exponent 1).
    weights = [1 / rank for rank in range(1, len(villages) + 1)]
    now = clock.now()
    for start in range(0, number, CHUNK):
        rows = {model: [] for model in (Listing, Product, Attraction, ListingPhoto)}
        for village in chance.choices(villages, weights, k=min(CHUNK, number - start)):
            id = next(next_id)
            published_at = now - timedelta(minutes=chance.randrange(1, 500_000))
            kind = ListingKind.ATTRACTION if chance.random() < SHARE_OF_ATTRACTIONS else ListingKind.PRODUCT
            words = PLACES_TO_SEE if kind is ListingKind.ATTRACTION else FIRST_WORDS
            rows[Listing].append(
                {
                    "id": id,
                    "kind": kind,
                    "status": ListingStatus.PUBLISHED,
                    "name": f"{chance.choice(words)} {chance.choice(SECOND_WORDS)} {village.decreed_name}",
                    "description": "Dibuat warga desa dengan bahan dari kebun sendiri. " * 3,
                    "category_id": chance.choice(categories[kind]),
                    "village_code": village.code,
                    "district_code": village.code[:8],
                    "regency_code": village.code[:5],
                    "business_id": business_ids[village.code] if kind is ListingKind.PRODUCT else None,
                    "is_example": True,
                    "created_at": published_at,
                    "updated_at": published_at,
                    "published_at": published_at,
                    "version": 1,
                }
            )
            if kind is ListingKind.PRODUCT:
                rows[Product].append(_product(id, chance))
            else:
                rows[Attraction].append(_attraction(id, village, chance))
            rows[ListingPhoto] += [
                {"listing_id": id, "photo_id": photo_id, "position": position, "alt_text": "Gambar contoh"}
                for position, photo_id in enumerate(chance.sample(photo_ids, min(3, len(photo_ids))))
            ]
        for model, values in rows.items():
            if values:
                db.session.execute(insert(model.__table__), values)
    recount()


def _product(id: int, chance: random.Random) -> dict:
    return {
        "id": id,
        "price": chance.randrange(5, 500) * 1_000,
        "unit": "bungkus",
        "availability": Availability.READY,
        "delivery": [],
        "payment": [],
    }


def _attraction(id: int, village, chance: random.Random) -> dict:
    return {
        "id": id,
        "summary": "Tempat yang dirawat warga desa.",
        "opening_hours": HOURS,
        "adult_ticket": chance.choice((0, 5_000, 10_000)),
        "facilities": [],
        "directions": "",
        "latitude": village.latitude,
        "longitude": village.longitude,
        "is_exact_point": False,
    }


def _add_kim(villages: list) -> None:
    taken = set(db.session.scalars(select(Kim.village_code)))
    rows = [
        {
            "slug": f"kim-{village.code.replace('.', '-')}",
            "name": f"KIM {village.decreed_name}",
            "status": KimStatus.ACTIVE,
            "district_code": village.code[:8],
            "village_code": village.code,
            "registered_on": clock.today(),
            "introduction": "",
            "whatsapp": "+6281200000999",
            "is_example": True,
            "created_at": clock.now(),
        }
        for village in villages
        if village.code not in taken
    ]
    db.session.execute(insert(Kim.__table__), rows)


def _add_businesses(villages: list) -> dict[str, int]:
    first_id = (db.session.scalar(select(func.max(Business.id))) or 0) + 1
    kim_ids = dict(db.session.execute(select(Kim.village_code, Kim.id)).tuples().all())
    rows = [
        {
            "id": first_id + index,
            "name": f"Usaha {village.decreed_name}",
            "owner_name": "Contoh",
            "status": BusinessStatus.ACTIVE,
            "whatsapp": "+6281200000999",
            "village_code": village.code,
            "kim_id": kim_ids.get(village.code),
            "description": "",
            "is_example": True,
            "created_at": clock.now(),
        }
        for index, village in enumerate(villages)
    ]
    db.session.execute(insert(Business.__table__), rows)
    return {row["village_code"]: row["id"] for row in rows}
