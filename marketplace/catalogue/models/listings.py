"""What products and attractions have in common, so that photos, lists, moderation and search treat both alike."""

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from marketplace.accounts.models import User
from marketplace.catalogue.errors import ConsentMissing, WrongStatus
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.foundation.database import db, text_enum
from marketplace.foundation.formatting import plain_slug
from marketplace.photos.models import Photo
from marketplace.regions.models import Village
from marketplace.umkm.models import Business

# In letters: what is seen in a photo, for those who cannot see it.
LONGEST_PHOTO_TEXT = 200


class ListingStatus(enum.StrEnum):
    DRAFT = "draf"
    WAITING = "menunggu"
    NEEDS_FIX = "perlu-perbaikan"
    PUBLISHED = "tayang"
    ARCHIVED = "arsip"


NEXT_STATUSES = {
    ListingStatus.DRAFT: {ListingStatus.WAITING, ListingStatus.PUBLISHED, ListingStatus.ARCHIVED},
    ListingStatus.WAITING: {ListingStatus.PUBLISHED, ListingStatus.NEEDS_FIX, ListingStatus.ARCHIVED},
    ListingStatus.NEEDS_FIX: {ListingStatus.WAITING, ListingStatus.ARCHIVED},
    ListingStatus.PUBLISHED: {ListingStatus.NEEDS_FIX, ListingStatus.ARCHIVED},
    ListingStatus.ARCHIVED: {ListingStatus.DRAFT, ListingStatus.WAITING, ListingStatus.PUBLISHED},
}


class ArchiveReason(enum.StrEnum):
    """Why the public no longer sees a listing."""

    SELLER = "penjual"
    UNANSWERED = "tak-dijawab"
    CONSENT_REFUSED = "tak-disetujui"
    ACCOUNT_ERASED = "akun-dihapus"


class ListingProperties:
    """What a listing's own fields tell, in a row to change and in one to read alike."""

    __slots__ = ()

    @property
    def slug(self) -> str:
        return plain_slug(self.name)


class Listing(ListingProperties, db.Model):
    """A product or an attraction of one village; the public sees it only while it is published."""

    __tablename__ = "listings"
    __table_args__ = (
        CheckConstraint("length(name) BETWEEN 3 AND 80", name="name_length"),
        CheckConstraint("substr(village_code, 1, 8) = district_code", name="village_in_district"),
        CheckConstraint("substr(village_code, 1, 5) = regency_code", name="village_in_regency"),
        CheckConstraint("status <> 'tayang' OR published_at IS NOT NULL", name="published_has_a_moment"),
        CheckConstraint("(archived_from IS NULL) = (archive_reason IS NULL)", name="archived_says_why"),
        # One index for each public list, ending in the order in which the list is shown.
        Index("ix_listings_newest", "status", "kind", "published_at", "id"),
        Index("ix_listings_of_regency", "regency_code", "status", "kind", "published_at", "id"),
        Index("ix_listings_of_district", "district_code", "status", "kind", "published_at", "id"),
        Index("ix_listings_of_village", "village_code", "status", "kind", "published_at", "id"),
        Index("ix_listings_of_category", "category_id", "status", "published_at", "id"),
        Index("ix_listings_similar", "category_id", "regency_code", "status", "published_at", "id"),
        Index("ix_listings_similar_near", "category_id", "district_code", "status", "published_at", "id"),
        Index("ix_listings_of_business", "business_id", "status", "published_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[ListingKind]
    status: Mapped[ListingStatus] = mapped_column(default=ListingStatus.DRAFT)
    name: Mapped[str] = mapped_column(String(80))
    description: Mapped[str] = mapped_column(Text, default="")
    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"))
    village_code: Mapped[str] = mapped_column(ForeignKey("villages.code"))
    # Both follow from the village's code; they stand here for the lists of a kecamatan and a kabupaten.
    district_code: Mapped[str] = mapped_column(String(8))
    regency_code: Mapped[str] = mapped_column(String(5))
    business_id: Mapped[int | None] = mapped_column(ForeignKey("businesses.id"))
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    # Who sent it: its seller, or a coordinator for them; none for what came from a spreadsheet.
    posted_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    submitted_at: Mapped[datetime | None]
    # When its seller last touched it or said that it is still true; without one it is as old as `updated_at`.
    confirmed_at: Mapped[datetime | None]
    # What the coordinator asks to be mended, in their words, while it needs a fix.
    fix_reason: Mapped[str | None] = mapped_column(Text)
    fix_asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    fix_asked_at: Mapped[datetime | None]
    # What it was before it was archived, to which it returns.
    archived_from: Mapped[ListingStatus | None] = mapped_column(text_enum(ListingStatus, "archived_from"))
    archive_reason: Mapped[ArchiveReason | None]
    # Posted for a seller who has not said yes: until then nobody publishes it.
    awaits_consent: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column()

    category: Mapped[Category] = relationship()
    village: Mapped[Village] = relationship()
    business: Mapped[Business | None] = relationship()
    posted_by: Mapped[User | None] = relationship(foreign_keys=[posted_by_id])
    fix_asked_by: Mapped[User | None] = relationship(foreign_keys=[fix_asked_by_id])
    photos: Mapped[list["ListingPhoto"]] = relationship(
        back_populates="listing", order_by="ListingPhoto.position", cascade="all, delete-orphan"
    )

    # Two people may change a listing at once: the second is refused, not merged.
    __mapper_args__ = {"polymorphic_on": "kind", "version_id_col": version}

    @validates("village_code")
    def _place_in_district_and_regency(self, _key: str, code: str) -> str:
        self.district_code, self.regency_code = code[:8], code[:5]
        return code

    @property
    def is_public(self) -> bool:
        return self.status is ListingStatus.PUBLISHED

    def move_to(self, status: ListingStatus, at: datetime) -> None:
        """Change status along an allowed path, or refuse with WrongStatus, or ConsentMissing before its seller's yes."""
        if status not in NEXT_STATUSES[self.status]:
            raise WrongStatus(self.status, status)
        if status is ListingStatus.PUBLISHED and self.awaits_consent:
            raise ConsentMissing(self.name)
        self.status = status
        self.updated_at = at
        if status is ListingStatus.PUBLISHED and self.published_at is None:
            self.published_at = at


class ListingPhoto(db.Model):
    """A photo's place in a listing; position 0 is the cover."""

    __tablename__ = "listing_photos"
    __table_args__ = (UniqueConstraint("listing_id", "position"),)

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"), primary_key=True, index=True)
    position: Mapped[int]
    alt_text: Mapped[str] = mapped_column(String(LONGEST_PHOTO_TEXT), default="")

    listing: Mapped[Listing] = relationship(back_populates="photos")
    photo: Mapped[Photo] = relationship()
