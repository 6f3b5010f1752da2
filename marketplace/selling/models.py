"""Edits that wait for the KIM."""

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import User
from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.database import db


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

    __mapper_args__ = {"version_id_col": version}
