"""Whom to write to about a listing, and the message that is already typed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from marketplace.catalogue.queries.listings import ListingDetails
from marketplace.catalogue.shown import ShownAttraction, ShownProduct
from marketplace.foundation import phones
from marketplace.foundation.formatting import rupiah
from marketplace.kim.models import Kim
from marketplace.kim.queries import KimSummary
from marketplace.umkm.models import Business
from marketplace.umkm.queries import BusinessSummary

Reachable = Business | BusinessSummary | Kim | KimSummary


@dataclass(frozen=True)
class Contact:
    """Somebody with WhatsApp (E.164) and what a buyer or visitor would write to them."""

    name: str
    phone: str
    message: str

    @cached_property
    def url(self) -> str:
        return phones.whatsapp_url(self.phone, self.message)

    @property
    def shown_phone(self) -> str:
        return phones.shown(self.phone)


def contact_for_product(details: ListingDetails[ShownProduct], url: str) -> Contact | None:
    """Return whom to order from: the business, or the KIM that sells for it; `url` is the product's page."""
    product = details.listing
    price = f"{rupiah(product.price)} / {product.unit}" if product.price else f"harga per {product.unit} berapa?"
    amount = f"{product.minimum_order or 1} {product.unit}"
    lines = (f"saya mau pesan {product.name} ({price}) dari {_place(details)}.", f"Jumlah: {amount}", url)
    return _first_reachable((details.business, details.kim), lines)


def contact_for_attraction(details: ListingDetails[ShownAttraction], url: str) -> Contact | None:
    """Return whom to ask about a visit: those who run the place, or the village's KIM."""
    attraction = details.listing
    lines = (f"saya mau bertanya tentang kunjungan ke {attraction.name}, {_place(details)}.", url)
    if attraction.whatsapp:
        name = attraction.manager_name or f"Pengelola {attraction.name}"
        return Contact(name, attraction.whatsapp, _message(name, lines))
    return _first_reachable((details.kim,), lines)


def contact_for_business(business: Business, url: str) -> Contact | None:
    """Return whom to ask about what a business sells."""
    return _first_reachable(
        (business, business.public_kim), (f"saya melihat produk {business.name} di Pasar KIM.", url)
    )


def contact_for_kim(kim: Kim, url: str) -> Contact | None:
    """Return the KIM itself."""
    return _first_reachable((kim,), (f"saya melihat halaman {kim.name} di Pasar KIM.", url))


def _first_reachable(candidates: Iterable[Reachable | None], lines: Sequence[str]) -> Contact | None:
    for candidate in candidates:
        if candidate is not None and candidate.whatsapp:
            return Contact(candidate.name, candidate.whatsapp, _message(candidate.name, lines))
    return None


def _place(details: ListingDetails) -> str:
    return f"{details.village.title}, {details.village.regency.short_name}"


def _message(name: str, lines: Sequence[str]) -> str:
    return "\n".join((f"Halo {name},", *lines))
