"""What a person has begun to sell and not yet posted, edits that wait, and consents to what others posted."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import User
from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.database import db
from marketplace.photos.models import Photo
from marketplace.umkm.models import Business

ULID_LENGTH = 26


def name_of_text(photo_key: str) -> str:
    """Return the name of the field that says what is seen in a photo, for those who cannot see it."""
    return f"text-{photo_key}"


class DraftPurpose(enum.StrEnum):
    """What a draft becomes: the person's own product, a product of a seller whom they help, an attraction."""

    OWN_PRODUCT = "produk"
    PRODUCT_OF_SELLER = "untuk-penjual"
    ATTRACTION = "wisata"


class Draft(db.Model):
    """A post in the making, as its telephone last told it; the telephone made the id, a ULID.

    The id is also what makes sending it twice one listing: once sent it names the listing, and stays for 30 days.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        CheckConstraint("length(id) = 26", name="id_length"),
        CheckConstraint("(sent_at IS NULL) = (listing_id IS NULL)", name="sent_has_a_listing"),
        Index("ix_drafts_of_user", "user_id", "sent_at", "updated_at"),
    )

    id: Mapped[str] = mapped_column(String(ULID_LENGTH), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    purpose: Mapped[DraftPurpose]
    # What was typed, as it was typed: the names of the form's fields and their texts.
    fields: Mapped[dict[str, Any]] = mapped_column(JSON)
    # The ids of its uploads in the order of the photos; the first is the cover.
    photo_order: Mapped[list[str]] = mapped_column(JSON)
    # Counted up by the telephone with every change: a smaller number never overwrites a larger one.
    revision: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    listing_id: Mapped[int | None] = mapped_column(ForeignKey("listings.id"), index=True)
    trashed_at: Mapped[datetime | None]

    user: Mapped[User] = relationship()
    listing: Mapped[Listing | None] = relationship()
    uploads: Mapped[list["Upload"]] = relationship(back_populates="draft", order_by="Upload.created_at")


class Upload(db.Model):
    """A photo on its way: so many of its bytes have arrived; once all have, it is a photo or refused."""

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("length(id) = 26", name="id_length"),
        CheckConstraint("size > 0 AND received BETWEEN 0 AND size", name="received_within_size"),
        CheckConstraint("photo_id IS NULL OR refusal IS NULL", name="accepted_or_refused"),
        Index("ix_uploads_updated_at", "updated_at"),
    )

    id: Mapped[str] = mapped_column(String(ULID_LENGTH), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("drafts.id"), index=True)
    # In bytes.
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("photos.id"), index=True)
    # Why it did not become a photo, for the person to read.
    refusal: Mapped[str | None] = mapped_column(String(200))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    draft: Mapped[Draft] = relationship(back_populates="uploads")
    photo: Mapped[Photo | None] = relationship()

    @property
    def has_arrived(self) -> bool:
        """All its bytes are here."""
        return self.received == self.size

    @property
    def is_settled(self) -> bool:
        """It is known whether it became a photo."""
        return self.photo_id is not None or self.refusal is not None


class ChangeStatus(enum.StrEnum):
    WAITING = "menunggu"
    NEEDS_FIX = "perlu-perbaikan"
    APPLIED = "diterapkan"
    WITHDRAWN = "ditarik"
    REFUSED = "ditolak"


class ProposedChange(db.Model):
    """An edit of a published listing that waits for the KIM, while the public still sees what was approved."""

    __tablename__ = "proposed_changes"
    __table_args__ = (
        # One open edit a listing: the next edit goes on from it.
        Index(
            "uq_proposed_changes_open",
            "listing_id",
            unique=True,
            sqlite_where=text("status IN ('menunggu', 'perlu-perbaikan')"),
            postgresql_where=text("status IN ('menunggu', 'perlu-perbaikan')"),
        ),
        Index("ix_proposed_changes_status", "status", "proposed_at", "id"),
        Index("ix_proposed_changes_of_listing", "listing_id", "proposed_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"))
    status: Mapped[ChangeStatus] = mapped_column(default=ChangeStatus.WAITING)
    # Only the columns that shall change, in the form that `marketplace.selling.changes` writes and reads.
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    # The version of the listing that the person had before them.
    base_version: Mapped[int]
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    proposed_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    decided_at: Mapped[datetime | None]
    fix_reason: Mapped[str | None] = mapped_column(Text)
    version: Mapped[int] = mapped_column()

    listing: Mapped[Listing] = relationship()
    proposed_by: Mapped[User] = relationship(foreign_keys=[proposed_by_id])
    decided_by: Mapped[User | None] = relationship(foreign_keys=[decided_by_id])
    # All photos of the listing as they shall be; none while they stay as they are.
    photos: Mapped[list["ProposedPhoto"]] = relationship(
        order_by="ProposedPhoto.position", cascade="all, delete-orphan"
    )

    __mapper_args__ = {"version_id_col": version}


class ProposedPhoto(db.Model):
    """A photo's place in a listing once the edit is approved; position 0 is the cover."""

    __tablename__ = "proposed_photos"
    __table_args__ = (UniqueConstraint("change_id", "position"),)

    change_id: Mapped[int] = mapped_column(ForeignKey("proposed_changes.id"), primary_key=True)
    photo_id: Mapped[int] = mapped_column(ForeignKey("photos.id"), primary_key=True, index=True)
    position: Mapped[int]
    alt_text: Mapped[str] = mapped_column(String(200), default="")

    photo: Mapped[Photo] = relationship()


class ConsentAnswer(enum.StrEnum):
    YES = "setuju"
    NO = "tidak"


class Consent(db.Model):
    """A seller's word on what a coordinator posted for them: asked over WhatsApp, at this number, answered once."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answered_has_a_moment"),
        CheckConstraint("(claimed_by_id IS NULL) = (claimed_at IS NULL)", name="claimed_has_a_moment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), unique=True)
    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id"), index=True)
    phone: Mapped[str] = mapped_column(String(16), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("users.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[ConsentAnswer | None]
    answered_at: Mapped[datetime | None]
    # The account that took the business over by this link.
    claimed_by_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    claimed_at: Mapped[datetime | None]

    listing: Mapped[Listing] = relationship()
    business: Mapped[Business] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])
