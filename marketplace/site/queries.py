"""What search engines are told exists."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError, ProgrammingError

from marketplace.catalogue.cards import listing_path
from marketplace.catalogue.models.categories import Category
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.foundation.database import db
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.models import District, Regency, Village
from marketplace.umkm.models import Business, BusinessStatus
from marketplace.umkm.queries import business_path

listings, businesses = Listing.__table__, Business.__table__

LARGEST_SITEMAP = 50_000
FIXED_PATHS = (
    "/",
    "/produk",
    "/wisata",
    "/wilayah",
    "/jual",
    "/cara-jual",
    "/kim/daftar",
    "/cara-pesan",
    "/tentang",
    "/tentang/izin",
    "/privasi",
)


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page's path, and when it last changed where that is known."""

    path: str
    changed_at: datetime | None = None


def count_listing_parts() -> int:
    """Return how many sitemaps the listings need; each covers as many ids as a sitemap may hold addresses."""
    return _parts(db.session.scalar(select(func.max(Listing.id))))


def count_business_parts() -> int:
    """Return how many sitemaps the businesses need."""
    return _parts(db.session.scalar(select(func.max(Business.id))))


def list_place_entries() -> Iterator[SitemapEntry]:
    """Yield every kabupaten, kecamatan and village."""
    for model, prefix in ((Regency, "/wilayah"), (District, "/wilayah"), (Village, "/desa")):
        for code in db.session.scalars(select(model.code).where(model.is_current).order_by(model.code)):
            yield SitemapEntry(f"{prefix}/{code}")


def list_main_entries() -> Iterator[SitemapEntry]:
    """Yield the fixed pages, the shelves and the KIM."""
    for path in FIXED_PATHS:
        yield SitemapEntry(path)
    for slug in db.session.scalars(select(Category.slug).where(Category.is_current).order_by(Category.position)):
        yield SitemapEntry(f"/kategori/{slug}")
    for slug in db.session.scalars(select(Kim.slug).where(Kim.status == KimStatus.ACTIVE).order_by(Kim.id)):
        yield SitemapEntry(f"/kim/{slug}")


def list_listing_entries(part: int) -> Iterator[SitemapEntry]:
    """Yield the public listings of one part, counted from 1."""
    rows = db.session.execute(
        select(listings.c.id, listings.c.kind, listings.c.name, listings.c.updated_at, listings.c.status)
        .where(*_ids_of_part(listings.c.id, part))
        .order_by(listings.c.id)
    )
    for id, kind, name, updated_at, status in rows:
        # Not a condition of the statement: SQLite would rather sort all that is public than walk these ids.
        if status is ListingStatus.PUBLISHED:
            yield SitemapEntry(listing_path(kind, id, name), updated_at)


def list_business_entries(part: int) -> Iterator[SitemapEntry]:
    """Yield the active businesses of one part, counted from 1."""
    rows = db.session.execute(
        select(businesses.c.id, businesses.c.name, businesses.c.status)
        .where(*_ids_of_part(businesses.c.id, part))
        .order_by(businesses.c.id)
    )
    for id, name, status in rows:
        if status is BusinessStatus.ACTIVE:
            yield SitemapEntry(business_path(id, name))


def is_database_ready() -> bool:
    """Tell whether the database answers and has been filled with the places."""
    try:
        return db.session.scalar(select(func.count()).select_from(Regency)) > 0
    except (OperationalError, ProgrammingError):
        # It is away, or has not been migrated yet.
        return False


def _parts(highest_id: int | None) -> int:
    return -(-(highest_id or 0) // LARGEST_SITEMAP)


def _ids_of_part(id, part: int) -> tuple:
    return id > (part - 1) * LARGEST_SITEMAP, id <= part * LARGEST_SITEMAP
