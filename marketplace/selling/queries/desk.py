"""What a person sells, as their desk shows it: what needs them first."""

import enum
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select, tuple_

from marketplace.accounts.models import User
from marketplace.catalogue.cards import CardPhoto, listing_path
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Availability, Product
from marketplace.catalogue.queries.attention import Attention, columns_of_attention, sum_attention
from marketplace.catalogue.queries.silence import ASKED_AFTER
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.photos.models import Photo
from marketplace.selling.models import ChangeStatus, ProposedChange
from marketplace.umkm.models import Business

PAGE_SIZE = 24
# What is said of one listing, and of all that a person sells.
DAYS_OF_LISTING, DAYS_OF_SHOP = 30, 7

listings, products, changes = Listing.__table__, Product.__table__, ProposedChange.__table__


class Shelf(enum.StrEnum):
    """Where a listing lies on the desk, in the order of the desk."""

    NEEDS_FIX = "perlu-perbaikan"
    WAITING = "menunggu"
    PUBLISHED = "tayang"
    SOLD_OUT = "habis"
    DRAFT = "draf"
    ARCHIVED = "arsip"


SHELVES = tuple(Shelf)
OPEN_CHANGE = (changes.c.listing_id == listings.c.id) & changes.c.status.in_(
    [ChangeStatus.WAITING, ChangeStatus.NEEDS_FIX]
)
# The number of a listing's shelf. An edit that was sent back is as urgent as a listing that was.
RANK = case(
    (
        or_(
            listings.c.status == ListingStatus.NEEDS_FIX,
            (listings.c.status == ListingStatus.PUBLISHED) & (changes.c.status == ChangeStatus.NEEDS_FIX),
        ),
        SHELVES.index(Shelf.NEEDS_FIX),
    ),
    (listings.c.status == ListingStatus.WAITING, SHELVES.index(Shelf.WAITING)),
    (listings.c.status == ListingStatus.DRAFT, SHELVES.index(Shelf.DRAFT)),
    (listings.c.status == ListingStatus.ARCHIVED, SHELVES.index(Shelf.ARCHIVED)),
    (products.c.availability == Availability.SOLD_OUT, SHELVES.index(Shelf.SOLD_OUT)),
    else_=SHELVES.index(Shelf.PUBLISHED),
)


@dataclass(frozen=True)
class DeskRow:
    """One listing on the desk."""

    id: int
    kind: ListingKind
    name: str
    price: int | None
    unit: str | None
    shelf: Shelf
    is_public: bool
    is_sold_out: bool
    is_asked: bool
    change_waits: bool
    submitted_at: datetime | None
    updated_at: datetime
    fix_reason: str | None
    fix_asked_by: str | None
    fix_asked_at: datetime | None
    archive_reason: ArchiveReason | None
    photo: CardPhoto | None
    icon: str
    # None where nothing was counted in 30 days: what nobody could see was not looked at by nobody.
    attention: Attention | None

    @property
    def url(self) -> str:
        return listing_path(self.kind, self.id, self.name)


@dataclass(frozen=True)
class DeskPage:
    """Some rows of the desk, and where the next page goes on: None on the last."""

    rows: list[DeskRow]
    following: str | None


def get_own_listing(person: User, listing_id: int) -> Listing:
    """Return a listing that this person tends, or refuse as if it were not there."""
    listing = db.session.scalar(select(Listing).where(Listing.id == listing_id, _own(person)))
    if listing is None:
        raise NotFound
    return listing


def count_shelves(person: User) -> dict[Shelf, int]:
    """Return how many of a person's listings lie on each shelf."""
    rank = RANK.label("rank")
    rows = db.session.execute(
        select(rank, func.count()).select_from(_joined()).where(_own(person)).group_by(rank)
    ).all()
    return {SHELVES[number]: count for number, count in rows}


def list_desk(person: User, shelf: Shelf | None, after: str | None, now: datetime) -> DeskPage:
    """Return a person's listings, what needs them first, of one shelf or all; 404 for a made-up `after`."""
    asker = User.__table__.alias()
    statement = (
        select(
            listings,
            products.c.price,
            products.c.unit,
            products.c.availability,
            RANK.label("rank"),
            changes.c.status.label("change_status"),
            changes.c.fix_reason.label("change_reason"),
            changes.c.decided_at.label("change_sent_back_at"),
            asker.c.name.label("asker"),
            Category.icon,
            Photo.digest,
            Photo.width,
            Photo.height,
            Photo.color,
            ListingPhoto.alt_text,
            *columns_of_attention(clock.today(), DAYS_OF_LISTING),
        )
        .select_from(_joined())
        .join(Category, Category.id == listings.c.category_id)
        .outerjoin(asker, asker.c.id == func.coalesce(listings.c.fix_asked_by_id, changes.c.decided_by_id))
        .outerjoin(ListingPhoto, (ListingPhoto.listing_id == listings.c.id) & (ListingPhoto.position == 0))
        .outerjoin(Photo, Photo.id == ListingPhoto.photo_id)
        .where(_own(person))
        .order_by(RANK, listings.c.id.desc())
        .limit(PAGE_SIZE + 1)
    )
    if shelf is not None:
        statement = statement.where(RANK == SHELVES.index(shelf))
    if after:
        rank, last_id = _cursor(after)
        statement = statement.where(tuple_(RANK, -listings.c.id) > tuple_(rank, -last_id))
    rows = db.session.execute(statement).all()
    shown = [_desk_row(row, now) for row in rows[:PAGE_SIZE]]
    last = rows[PAGE_SIZE - 1] if len(rows) > PAGE_SIZE else None
    return DeskPage(shown, f"{last.rank}-{last.id}" if last else None)


def sum_week(person: User) -> Attention:
    """Return how often everything that a person sells was looked at in seven days, today included."""
    return sum_attention(select(listings.c.id).where(_own(person)), clock.today(), DAYS_OF_SHOP)


def list_own_businesses(person: User) -> list[Business]:
    """Return the businesses that belong to a person, oldest first."""
    return list(db.session.scalars(select(Business).where(Business.owner_id == person.id).order_by(Business.id)))


def _own(person: User) -> ColumnElement[bool]:
    own_businesses = select(Business.id).where(Business.owner_id == person.id)
    return or_(
        listings.c.business_id.in_(own_businesses),
        listings.c.business_id.is_(None) & (listings.c.posted_by_id == person.id),
    )


def _joined():
    return listings.outerjoin(products, products.c.id == listings.c.id).outerjoin(changes, OPEN_CHANGE)


def _cursor(text: str) -> tuple[int, int]:
    rank, _, last_id = text.partition("-")
    if not (rank.isascii() and rank.isdigit() and last_id.isascii() and last_id.isdigit() and len(text) <= 12):
        raise NotFound
    return int(rank), int(last_id)


def _desk_row(row, now: datetime) -> DeskRow:
    is_public = row.status is ListingStatus.PUBLISHED
    sent_back = row.change_status is ChangeStatus.NEEDS_FIX
    return DeskRow(
        id=row.id,
        kind=row.kind,
        name=row.name,
        price=row.price,
        unit=row.unit,
        shelf=SHELVES[row.rank],
        is_public=is_public,
        is_sold_out=row.availability is Availability.SOLD_OUT,
        is_asked=is_public and (row.confirmed_at or row.updated_at) < now - ASKED_AFTER,
        change_waits=row.change_status is ChangeStatus.WAITING,
        submitted_at=row.submitted_at,
        updated_at=row.updated_at,
        fix_reason=row.change_reason if sent_back else row.fix_reason,
        fix_asked_by=row.asker,
        fix_asked_at=row.change_sent_back_at if sent_back else row.fix_asked_at,
        archive_reason=row.archive_reason,
        photo=CardPhoto(row.digest, row.width, row.height, row.color, row.alt_text or row.name) if row.digest else None,
        icon=row.icon,
        attention=Attention(row.views, row.whatsapp_taps) if row.views or row.whatsapp_taps else None,
    )
