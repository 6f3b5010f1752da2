"""What only things for sale have."""

import enum
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.database import Rupiah, TextSet, db
from marketplace.foundation.months import MonthsType


class Availability(enum.StrEnum):
    READY = "siap"
    TO_ORDER = "pesan-dulu"
    SOLD_OUT = "habis"


class Delivery(enum.StrEnum):
    PICK_UP = "ambil"
    BROUGHT = "diantar"
    ENTRUSTED = "titip"
    COURIER = "ekspedisi"


class Payment(enum.StrEnum):
    CASH = "tunai"
    TRANSFER = "transfer"
    QRIS = "qris"


class ProductProperties:
    """What a product's own fields tell, in a row to change and in one to read alike."""

    __slots__ = ()

    @property
    def is_sold_out(self) -> bool:
        return self.availability is Availability.SOLD_OUT


class Product(ProductProperties, Listing):
    """One thing that a UMKM sells. Without a price the buyer is invited to ask for it."""

    __tablename__ = "products"
    __table_args__ = (
        CheckConstraint("price > 0", name="price_positive"),
        CheckConstraint("regular_price > price", name="struck_price_is_higher"),
        CheckConstraint("minimum_order > 0", name="minimum_order_positive"),
        # What is sold out may return to being made to order, and then takes as long as before.
        CheckConstraint(
            "availability = 'habis' OR (availability = 'pesan-dulu') = (days_to_make IS NOT NULL)",
            name="made_to_order_has_days",
        ),
    )
    __mapper_args__ = {"polymorphic_identity": ListingKind.PRODUCT}

    id: Mapped[int] = mapped_column(ForeignKey("listings.id"), primary_key=True)
    price: Mapped[Rupiah | None]
    regular_price: Mapped[Rupiah | None]
    unit: Mapped[str] = mapped_column(String(40))
    net_content: Mapped[str | None] = mapped_column(String(40))
    availability: Mapped[Availability] = mapped_column(default=Availability.READY)
    days_to_make: Mapped[int | None]
    minimum_order: Mapped[int | None]
    season: Mapped[frozenset[int] | None] = mapped_column(MonthsType)
    delivery: Mapped[frozenset[Delivery]] = mapped_column(TextSet(Delivery), default=frozenset)
    payment: Mapped[frozenset[Payment]] = mapped_column(TextSet(Payment), default=frozenset)
    ingredients: Mapped[str | None] = mapped_column(Text)
    shelf_life: Mapped[str | None] = mapped_column(String(120))
    storage: Mapped[str | None] = mapped_column(String(120))
    brand: Mapped[str | None] = mapped_column(String(80))
    pirt_number: Mapped[str | None] = mapped_column(String(40))
    pirt_expires_on: Mapped[date | None]
    halal_number: Mapped[str | None] = mapped_column(String(40))
    halal_expires_on: Mapped[date | None]
    bpom_number: Mapped[str | None] = mapped_column(String(40))

    variants: Mapped[list["Variant"]] = relationship(order_by="Variant.position", cascade="all, delete-orphan")


class Variant(db.Model):
    """A product's size, taste or colour with a price of its own."""

    __tablename__ = "variants"
    __table_args__ = (CheckConstraint("price > 0", name="price_positive"),)

    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    price: Mapped[Rupiah]
