"""A KIM and the people in it, with what its decree and its registration say."""

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.accounts.models import User
from marketplace.foundation.database import db
from marketplace.foundation.opening_hours import OpeningHours, OpeningHoursType
from marketplace.regions.emblem import Dye
from marketplace.regions.models import District, Village


class KimStatus(enum.StrEnum):
    APPLYING = "mengajukan"
    ACTIVE = "aktif"
    ARCHIVED = "arsip"


class MemberRole(enum.StrEnum):
    """Offices inside a KIM, in the order in which they are shown."""

    CHAIR = "ketua"
    DEPUTY = "wakil"
    SECRETARY = "sekretaris"
    TREASURER = "bendahara"
    COORDINATOR = "koordinator"
    SECTION = "seksi"
    MEMBER = "anggota"


class Kim(db.Model):
    """A community information group of one village or, for some, of one kecamatan.

    `registration_number` (Nomor Induk) and `site_address` (`<nama>.kim.id`) are references that the kabupaten's
    Dinas Kominfo confirmed; their form is the authority's and never made up here.
    """

    __tablename__ = "kim"
    __table_args__ = (
        CheckConstraint(
            "village_code IS NULL OR substr(village_code, 1, 8) = district_code", name="village_in_district"
        ),
        CheckConstraint("status <> 'aktif' OR registered_on IS NOT NULL", name="active_is_registered"),
        CheckConstraint("decree_ends_on IS NULL OR decree_ends_on >= decree_begins_on", name="decree_period"),
        # A host name alone: pages put https:// before it.
        CheckConstraint(
            "site_address NOT LIKE '%/%' AND site_address NOT LIKE '%:%' AND site_address NOT LIKE '% %'",
            name="site_address_is_a_host",
        ),
        Index("ix_kim_status_registered_on", "status", "registered_on", "id"),
        Index("ix_kim_of_district", "district_code", "status", "registered_on", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    status: Mapped[KimStatus]
    # The district is always known; the village only where the KIM is a village's.
    district_code: Mapped[str] = mapped_column(ForeignKey("districts.code"))
    village_code: Mapped[str | None] = mapped_column(ForeignKey("villages.code"), index=True)

    registration_number: Mapped[str | None] = mapped_column(String(60), unique=True)
    registered_on: Mapped[date | None]
    site_address: Mapped[str | None] = mapped_column(String(80), unique=True)
    decree_number: Mapped[str | None] = mapped_column(String(80))
    decree_on: Mapped[date | None]
    decree_signatory: Mapped[str | None] = mapped_column(String(80))
    decree_begins_on: Mapped[date | None]
    decree_ends_on: Mapped[date | None]

    introduction: Mapped[str] = mapped_column(Text, default="")
    address: Mapped[str | None] = mapped_column(String(200))
    whatsapp: Mapped[str | None] = mapped_column(String(16))
    opening_hours: Mapped[OpeningHours | None] = mapped_column(OpeningHoursType)
    is_example: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]

    district: Mapped[District] = relationship()
    village: Mapped[Village | None] = relationship()
    members: Mapped[list["KimMember"]] = relationship(back_populates="kim", order_by="KimMember.position")

    @property
    def is_public(self) -> bool:
        return self.status is KimStatus.ACTIVE

    @property
    def url(self) -> str:
        return f"/kim/{self.slug}"

    def looks_after(self, village_code: str) -> bool:
        """Tell whether a village is the KIM's own, or lies in the kecamatan of one that belongs to no village."""
        if self.village_code:
            return self.village_code == village_code
        return village_code.startswith(f"{self.district_code}.")

    @property
    def place_code(self) -> str:
        """The code whose emblem stands for the KIM: its village's, or its kecamatan's."""
        return self.village_code or self.district_code

    @property
    def dye(self) -> Dye | None:
        """The dye that the KIM chose for its place's emblem; none while it follows from the code."""
        return (self.village or self.district).dye

    @property
    def place_title(self) -> str:
        """`Desa Kedungrejo`, `Kecamatan Kerek`."""
        return self.village.title if self.village else f"Kecamatan {self.district.name}"


class KimMember(db.Model):
    """A person's office in a KIM; `user` once that person has an account."""

    __tablename__ = "kim_members"

    id: Mapped[int] = mapped_column(primary_key=True)
    kim_id: Mapped[int] = mapped_column(ForeignKey("kim.id"), index=True)
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(80))
    role: Mapped[MemberRole]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"), index=True)

    kim: Mapped[Kim] = relationship(back_populates="members")
    user: Mapped[User | None] = relationship()
