"""How much is public where: derived, kept beside the listings because counting a full province is slow."""

from datetime import date

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import db


class PlaceCount(db.Model):
    """What one place of any level has; no row means nothing at all.

    `villages` counts the villages in it with at least one public listing, `villages_with_kim` those with an active
    KIM of their own; for a village both are 0 or 1.
    """

    __tablename__ = "place_counts"

    place_code: Mapped[str] = mapped_column(String(13), primary_key=True)
    products: Mapped[int]
    attractions: Mapped[int]
    villages: Mapped[int]
    villages_with_kim: Mapped[int]


class CategoryCount(db.Model):
    """Public listings in one category, of a group in all of its categories; no row means none."""

    __tablename__ = "category_counts"

    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True)
    listings: Mapped[int]


class ListingDayCount(db.Model):
    """How often a listing was looked at on one day, and how often somebody went on to WhatsApp from it."""

    __tablename__ = "listing_day_counts"

    listing_id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True, index=True)
    views: Mapped[int]
    whatsapp_taps: Mapped[int]
