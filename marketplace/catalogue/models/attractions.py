"""What only places to visit have."""

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.database import Rupiah, TextSet
from marketplace.foundation.months import MonthsType
from marketplace.foundation.opening_hours import OpeningHours, OpeningHoursType


class Facility(enum.StrEnum):
    TOILET = "toilet"
    PRAYER_ROOM = "musala"
    FOOD_STALL = "warung"
    PARKING = "parkir"
    HOMESTAY = "homestay"
    FIRST_AID = "p3k"
    CAMPSITE = "area-kemah"
    WHEELCHAIR = "jalur-kursi-roda"
    SHELTER = "gazebo"
    GUIDE = "pemandu"
    PLAYGROUND = "taman-bermain"
    CHANGING_ROOM = "kamar-ganti"


class ManagerKind(enum.StrEnum):
    POKDARWIS = "pokdarwis"
    BUMDES = "bumdes"
    KIM = "kim"
    GOVERNMENT = "pemerintah"
    PRIVATE = "swasta"


class AttractionProperties:
    """What an attraction's own fields tell, in a row to change and in one to read alike."""

    __slots__ = ()

    def warning_on(self, day: date) -> str | None:
        """Return the warning or closure in force on this day."""
        return self.warning if self.warning_ends_on and day <= self.warning_ends_on else None


class Attraction(AttractionProperties, Listing):
    """A place to visit. Tickets and parking in rupiah: 0 is free, none is unknown."""

    __tablename__ = "attractions"
    __table_args__ = (
        CheckConstraint("adult_ticket >= 0 AND child_ticket >= 0 AND group_ticket >= 0", name="tickets"),
        CheckConstraint("motorcycle_parking >= 0 AND car_parking >= 0 AND bus_parking >= 0", name="parking_fees"),
        CheckConstraint("latitude BETWEEN -11 AND 6 AND longitude BETWEEN 95 AND 141", name="in_indonesia"),
        CheckConstraint("(warning IS NULL) = (warning_ends_on IS NULL)", name="warning_has_an_end"),
    )
    __mapper_args__ = {"polymorphic_identity": ListingKind.ATTRACTION}

    id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    summary: Mapped[str] = mapped_column(String(300), default="")
    opening_hours: Mapped[OpeningHours | None] = mapped_column(OpeningHoursType)
    adult_ticket: Mapped[Rupiah | None]
    child_ticket: Mapped[Rupiah | None]
    group_ticket: Mapped[Rupiah | None]
    ticket_note: Mapped[str | None] = mapped_column(String(200))
    motorcycle_parking: Mapped[Rupiah | None]
    car_parking: Mapped[Rupiah | None]
    bus_parking: Mapped[Rupiah | None]
    facilities: Mapped[frozenset[Facility]] = mapped_column(TextSet(Facility), default=frozenset)
    last_kilometre: Mapped[str | None] = mapped_column(String(300))
    walking_minutes: Mapped[int | None]
    # One way to come a line: "Dari Alun-alun Batu: 25 menit lewat Jalan Raya Pujon".
    directions: Mapped[str] = mapped_column(Text, default="")
    best_season: Mapped[frozenset[int] | None] = mapped_column(MonthsType)
    prohibitions: Mapped[str | None] = mapped_column(String(300))
    warning: Mapped[str | None] = mapped_column(String(300))
    warning_ends_on: Mapped[date | None]
    manager_name: Mapped[str | None] = mapped_column(String(80))
    manager_kind: Mapped[ManagerKind | None]
    whatsapp: Mapped[str | None] = mapped_column(String(16))
    checked_on: Mapped[date | None]
    checked_by: Mapped[str | None] = mapped_column(String(80))
    latitude: Mapped[float]
    longitude: Mapped[float]
    # False where the point is only the village's.
    is_exact_point: Mapped[bool] = mapped_column(default=False)
