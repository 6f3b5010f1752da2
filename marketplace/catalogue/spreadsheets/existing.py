"""What the marketplace has already of what a table brings."""

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from marketplace.catalogue.errors import Fault
from marketplace.catalogue.models.listings import Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.listings import MODELS
from marketplace.catalogue.spreadsheets.drafts import BusinessDraft, Draft, business_key
from marketplace.catalogue.spreadsheets.texts import word_key
from marketplace.foundation.database import db
from marketplace.umkm.models import Business

BATCH = 500


class Existing:
    """The listings and businesses that rows of a plan may mean, found by their natural keys."""

    def __init__(self, drafts: Iterable[Draft], businesses: Iterable[BusinessDraft]):
        villages = sorted({draft.village.code for draft in drafts} | {draft.village_code for draft in businesses})
        self.businesses = {
            business_key(business.village_code, business.name): business for business in businesses_in(villages)
        }
        self._ids: dict[tuple, int] = {}
        for batch in batches(villages, BATCH):
            rows = db.session.execute(
                select(Listing.id, Listing.kind, Listing.village_code, Listing.business_id, Listing.name)
                .where(Listing.village_code.in_(batch))
                .order_by(Listing.id.desc())
            )
            # Of two listings that look the same the older is meant.
            self._ids |= {(kind, code, business, word_key(name)): id for id, kind, code, business, name in rows}

    def faults_of(self, drafts: Iterable[Draft], businesses: Iterable[BusinessDraft]) -> list[Fault]:
        """Return what a table cannot want of the businesses that are there, or are not."""
        unknown = [
            Fault(draft.row, "pemilik", f'Usaha "{draft.name}" belum terdaftar, jadi nama pemiliknya perlu diisi.')
            for draft in businesses
            if "owner_name" not in draft.values and draft.key not in self.businesses
        ]
        return unknown + [
            Fault(draft.row, "usaha", f'Usaha "{draft.business.name}" sudah tidak aktif, jadi tidak bisa ditambahi.')
            for draft in drafts
            if self._adds_to_an_archived_business(draft)
        ]

    def _adds_to_an_archived_business(self, draft: Draft) -> bool:
        business = self.business_of(draft)
        if business is None or business.is_public or draft.status is ListingStatus.ARCHIVED:
            return False
        return self.id_of(draft) is None

    def business_of(self, draft: Draft) -> Business | None:
        return self.businesses.get(draft.business.key) if draft.business else None

    def id_of(self, draft: Draft) -> int | None:
        business = self.business_of(draft)
        if draft.business and (business is None or business.id is None):
            return None
        business_id = business.id if business else None
        return self._ids.get((draft.kind, draft.village.code, business_id, word_key(draft.name)))

    def in_batches(self, drafts: Sequence[Draft]) -> Iterator[list[tuple[Draft, Listing | None]]]:
        """Yield the drafts with the listings that they mean, a batch at a time, so that memory does not grow."""
        for batch in batches(drafts, BATCH):
            ids = {draft.row: self.id_of(draft) for draft in batch}
            listings = listings_of([id for id in ids.values() if id is not None])
            yield [(draft, listings.get(ids[draft.row])) for draft in batch]


def businesses_in(villages: Sequence[str]) -> Iterator[Business]:
    """Yield the businesses of these villages; of two that look the same the older comes last."""
    for batch in batches(villages, BATCH):
        yield from db.session.scalars(
            select(Business).where(Business.village_code.in_(batch)).order_by(Business.id.desc())
        )


def listings_of(ids: Sequence[int]) -> dict[int, Listing]:
    """Return these listings by id with all that an import compares."""
    listings: dict[int, Listing] = {}
    for model in MODELS.values():
        statement = (
            select(model).where(model.id.in_(ids)).options(selectinload(model.photos).joinedload(ListingPhoto.photo))
        )
        if model is Product:
            statement = statement.options(selectinload(Product.variants))
        listings |= {listing.id: listing for listing in db.session.scalars(statement)}
    return listings


def batches(items: Sequence, size: int) -> Iterator[Sequence]:
    """Yield the items a few at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
