"""A micro or small business of a village."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import User
from marketplace.foundation.database import db
from marketplace.foundation.formatting import plain_slug
from marketplace.foundation.opening_hours import OpeningHours, OpeningHoursType
from marketplace.kim.models import Kim
from marketplace.regions.models import Village


class BusinessStatus(enum.StrEnum):
    ACTIVE = "aktif"
    ARCHIVED = "arsip"


class Business(db.Model):
    """A seller as the public knows it: NIK, KK, bank account and birth date have no column here."""

    __tablename__ = "businesses"
    __table_args__ = (
        UniqueConstraint("village_code", "name"),
        CheckConstraint("length(name) BETWEEN 3 AND 80", name="name_length"),
        CheckConstraint("(closed_from IS NULL) = (closed_until IS NULL)", name="closure_has_both_days"),
        CheckConstraint("closed_until >= closed_from", name="closure_ends_after_it_begins"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    owner_name: Mapped[str] = mapped_column(String(80))
    status: Mapped[BusinessStatus] = mapped_column(default=BusinessStatus.ACTIVE)
    # Shown to buyers; absent while the KIM sells on the business's behalf.
    whatsapp: Mapped[str | None] = mapped_column(String(16), index=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("villages.code"))
    hamlet: Mapped[str | None] = mapped_column(String(80))
    kim_id: Mapped[int | None] = mapped_column(ForeignKey("kim.id"), index=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)
    description: Mapped[str] = mapped_column(Text, default="")
    opening_hours: Mapped[OpeningHours | None] = mapped_column(OpeningHoursType)
    nib: Mapped[str | None] = mapped_column(String(20))
    # A holiday: both days belong to it.
    closed_from: Mapped[date | None]
    closed_until: Mapped[date | None]
    closure_note: Mapped[str | None] = mapped_column(String(200))
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column()

    # Its owner and a coordinator may change it at once: the second is refused, not merged.
    __mapper_args__ = {"version_id_col": version}

    village: Mapped[Village] = relationship()
    kim: Mapped[Kim | None] = relationship()
    owner: Mapped[User | None] = relationship()

    @property
    def slug(self) -> str:
        return plain_slug(self.name)

    @property
    def public_kim(self) -> Kim | None:
        """The KIM that the business belongs to, while the public may know it."""
        return self.kim if self.kim and self.kim.is_public else None

    def is_closed_on(self, day: date) -> bool:
        """Tell whether this day lies in the holiday that the business has announced."""
        return self.closed_from is not None and self.closed_from <= day <= self.closed_until

    @property
    def is_public(self) -> bool:
        return self.status is BusinessStatus.ACTIVE
