"""Filling a database with made-up listings, their businesses and KIM; SQLite and PostgreSQL alike."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from sqlalchemy import func, insert, select, text

from benchmarks.generated.listings import NEWEST, SEED, GeneratedListing, generate
from benchmarks.generated.photos import make_photos
from benchmarks.generated.villages import Village
from marketplace import create_app, first_start
from marketplace.catalogue.models.attractions import Attraction, Facility
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Availability, Delivery, Payment, Product
from marketplace.catalogue.services.counts import recount
from marketplace.catalogue.spreadsheets.progress import with_a_bar
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.kim.models import Kim, KimStatus
from marketplace.photos.models import Photo
from marketplace.search.index.building import rebuild
from marketplace.search.index.store import current_store
from marketplace.umkm.models import Business, BusinessStatus

# Written at once; an interrupted run leaves a database that the next one refuses.
BATCH = 20_000
MOST_PHOTOS = 3
CACHE_KILOBYTES = 400_000
# Nobody's number: by it made-up sellers are told from all others.
MADE_UP_PHONE = "+6281200000999"
FACILITIES = frozenset({Facility.TOILET, Facility.PARKING, Facility.FOOD_STALL})


class DatabaseInUse(Exception):
    """The database holds listings that were not made up, or made-up ones already."""


def fill_configured_database(number: int, seed: int) -> None:
    """Add so many listings to the database that DATABASE_URL or DATA_DIR names, and build the index of it."""
    app = create_app()
    first_start.prepare(app)
    with app.app_context():
        add_listings(number, seed)
        rebuild(current_store(), with_a_bar)


def add_listings(number: int, seed: int = SEED) -> None:
    """Add this many public listings and commit them; refuses with DatabaseInUse to mix them with real ones.

    The example data may be there: then its photos are what the listings show. Their ids follow on those that exist, in
    the order in which they are generated.
    """
    _refuse_a_database_in_use()
    if db.engine.dialect.name == "sqlite":
        # Rows arrive in no index's order: with a small cache each would be written many times over.
        db.session.execute(text(f"PRAGMA cache_size = -{CACHE_KILOBYTES}"))
    with committed():
        photo_ids = db.session.scalars(select(Photo.id).order_by(Photo.id)).all() or make_photos(seed)
    filling = _Filling(FirstIds.free(), photo_ids)
    listings = generate(number, seed)
    while batch := list(islice(listings, BATCH)):
        with committed():
            filling.add(batch)
    with committed():
        recount()
        _let_ids_go_on()


class FirstIds(NamedTuple):
    """Which ids made-up rows have: the number of a listing or business is added to these."""

    listing: int = 0
    business: int = 0

    @classmethod
    def free(cls) -> "FirstIds":
        """Return the highest ids in use."""
        return cls(*(db.session.scalar(select(func.coalesce(func.max(row.id), 0))) for row in (Listing, Business)))


class _Filling:
    def __init__(self, first: FirstIds, photo_ids: Sequence[int]):
        self.first = first
        self.photo_ids = photo_ids
        self.categories = dict(db.session.execute(select(Category.slug, Category.id)).all())
        self.kim_ids = dict(db.session.execute(select(Kim.village_code, Kim.id)).all())
        self.known_businesses = 0

    def add(self, listings: Sequence[GeneratedListing]) -> None:
        villages = {listing.village.code: listing.village for listing in listings}
        self._add_kims(village for village in villages.values() if village.kim_name)
        self._add_businesses(listings)
        _insert(Listing, map(self._listing, listings))
        _insert(Product, (_product(*self._with_id(each)) for each in listings if each.kind is ListingKind.PRODUCT))
        _insert(
            Attraction, (_attraction(*self._with_id(each)) for each in listings if each.kind is ListingKind.ATTRACTION)
        )
        _insert(ListingPhoto, (photo for listing in listings for photo in self._photos(*self._with_id(listing))))

    def _with_id(self, listing: GeneratedListing) -> tuple[int, GeneratedListing]:
        return self.first.listing + listing.number, listing

    def _listing(self, listing: GeneratedListing) -> dict:
        return {
            "id": self.first.listing + listing.number,
            "kind": listing.kind,
            "status": ListingStatus.PUBLISHED,
            "name": listing.name,
            "description": listing.description,
            "category_id": self.categories[listing.category],
            "village_code": listing.village.code,
            "district_code": listing.village.code[:8],
            "regency_code": listing.village.code[:5],
            "business_id": self.first.business + listing.business.number if listing.business else None,
            "is_example": True,
            "created_at": listing.published_at,
            "updated_at": listing.published_at,
            "published_at": listing.published_at,
            "version": 1,
        }

    def _photos(self, id: int, listing: GeneratedListing) -> Iterator[dict]:
        if listing.photo is None:
            return
        for position in range(min(1 + listing.photo % MOST_PHOTOS, len(self.photo_ids))):
            yield {
                "listing_id": id,
                "photo_id": self.photo_ids[(listing.photo + position) % len(self.photo_ids)],
                "position": position,
                "alt_text": "Gambar contoh",
            }

    def _add_businesses(self, listings: Sequence[GeneratedListing]) -> None:
        businesses = {listing.business.number: listing.business for listing in listings if listing.business}
        # They come in the order of their numbers, but the last of a batch goes on in the next.
        new = [businesses[number] for number in sorted(businesses) if number > self.known_businesses]
        _insert(
            Business,
            (
                {
                    "id": self.first.business + business.number,
                    "name": business.name,
                    "owner_name": "Contoh",
                    "status": BusinessStatus.ACTIVE,
                    "version": 1,
                    "whatsapp": MADE_UP_PHONE,
                    "village_code": business.village.code,
                    "kim_id": self.kim_ids.get(business.village.code),
                    "description": "",
                    "is_example": True,
                    "created_at": NEWEST,
                }
                for business in new
            ),
        )
        self.known_businesses = max(self.known_businesses, *businesses)

    def _add_kims(self, villages: Iterable[Village]) -> None:
        new = [village for village in villages if village.code not in self.kim_ids]
        _insert(
            Kim,
            (
                {
                    "slug": f"kim-{village.code.replace('.', '-')}",
                    "name": village.kim_name,
                    "status": KimStatus.ACTIVE,
                    "district_code": village.code[:8],
                    "village_code": village.code,
                    "registered_on": NEWEST.date(),
                    "introduction": "",
                    "whatsapp": MADE_UP_PHONE,
                    "is_example": True,
                    "created_at": NEWEST,
                }
                for village in new
            ),
        )
        if new:
            codes = [village.code for village in new]
            self.kim_ids.update(
                db.session.execute(select(Kim.village_code, Kim.id).where(Kim.village_code.in_(codes))).all()
            )


def _product(id: int, listing: GeneratedListing) -> dict:
    is_to_order = listing.availability is Availability.TO_ORDER
    return {
        "id": id,
        "price": listing.price,
        "unit": listing.unit,
        "availability": listing.availability,
        "days_to_make": 3 if is_to_order else None,
        "delivery": frozenset({Delivery.PICK_UP, Delivery.BROUGHT}),
        "payment": frozenset({Payment.CASH, Payment.QRIS}),
        "brand": listing.brand,
        "pirt_number": f"CONTOH-PIRT-{id}" if listing.pirt_expires_on else None,
        "pirt_expires_on": listing.pirt_expires_on,
        "halal_number": f"CONTOH-HALAL-{id}" if listing.halal_expires_on else None,
        "halal_expires_on": listing.halal_expires_on,
    }


def _attraction(id: int, listing: GeneratedListing) -> dict:
    return {
        "id": id,
        "summary": listing.summary,
        "opening_hours": listing.opening_hours,
        "adult_ticket": listing.price,
        "facilities": FACILITIES,
        "directions": "",
        "latitude": listing.village.latitude,
        "longitude": listing.village.longitude,
        "is_exact_point": False,
    }


def _insert(model: type, rows: Iterable[dict]) -> None:
    rows = list(rows)
    if rows:
        db.session.execute(insert(model.__table__), rows)


def _refuse_a_database_in_use() -> None:
    if db.session.scalar(select(Listing.id).where(Listing.is_example.is_(False)).limit(1)):
        raise DatabaseInUse("This database holds listings of real people; name an empty one in DATA_DIR.")
    if db.session.scalar(select(Business.id).where(Business.whatsapp == MADE_UP_PHONE).limit(1)):
        raise DatabaseInUse("This database has been filled already; name a new one in DATA_DIR.")


def _let_ids_go_on() -> None:
    """Let PostgreSQL, which counts apart from its tables, give out ids after those that were given here."""
    if db.engine.dialect.name != "postgresql":
        return
    for table in (Listing.__table__, Business.__table__):
        sequence = func.pg_get_serial_sequence(table.name, "id")
        db.session.execute(select(func.setval(sequence, select(func.max(table.c.id)).scalar_subquery())))
