"""What pages say of a listing's fields, in the words of people who buy and visit."""

from dataclasses import dataclass
from datetime import date

from marketplace.catalogue.models.attractions import Facility, ManagerKind
from marketplace.catalogue.models.products import Availability, Delivery, Payment
from marketplace.catalogue.shown import ShownAttraction, ShownProduct
from marketplace.foundation.formatting import rupiah, tanggal
from marketplace.foundation.months import months_text
from marketplace.umkm.queries import BusinessSummary

DELIVERY_WORDS = {
    Delivery.PICK_UP: "Ambil sendiri",
    Delivery.BROUGHT: "Diantar penjual",
    Delivery.ENTRUSTED: "Titip",
    Delivery.COURIER: "Ekspedisi",
}
PAYMENT_WORDS = {Payment.CASH: "Tunai (COD)", Payment.TRANSFER: "Transfer", Payment.QRIS: "QRIS"}
FACILITY_WORDS = {
    Facility.PARKING: ("Parkir", "circle-parking"),
    Facility.TOILET: ("Toilet", "toilet"),
    Facility.PRAYER_ROOM: ("Musala", "moon-star"),
    Facility.FOOD_STALL: ("Warung", "utensils"),
    Facility.CAMPSITE: ("Area kemah", "tent-tree"),
    Facility.WHEELCHAIR: ("Jalur kursi roda", "accessibility"),
    Facility.HOMESTAY: ("Penginapan warga", "house"),
    Facility.FIRST_AID: ("P3K", "shield-check"),
    Facility.SHELTER: ("Gazebo", "landmark"),
    Facility.GUIDE: ("Pemandu", "user"),
    Facility.PLAYGROUND: ("Taman bermain", "footprints"),
    Facility.CHANGING_ROOM: ("Kamar ganti", "key-round"),
}
MANAGER_WORDS = {
    ManagerKind.POKDARWIS: "Pokdarwis",
    ManagerKind.BUMDES: "BUMDes",
    ManagerKind.KIM: "KIM",
    ManagerKind.GOVERNMENT: "Pemerintah",
    ManagerKind.PRIVATE: "Swasta",
}
FREE = "Gratis"


@dataclass(frozen=True)
class Fact:
    """One row of a list of facts."""

    label: str
    value: str


@dataclass(frozen=True)
class Stamp:
    """A legal number as its holder gave it; `note` says what is known of it."""

    name: str
    number: str
    note: str


@dataclass(frozen=True)
class FacilityFact:
    """A facility with its icon."""

    label: str
    icon: str


def facts_of_product(product: ShownProduct) -> list[Fact]:
    """Return what is known of a product, without its price and its legal numbers."""
    minimum = f"{product.minimum_order} {product.unit}" if product.minimum_order else None
    return _known(
        ("Isi bersih", product.net_content),
        ("Merek", product.brand),
        ("Bahan", product.ingredients),
        ("Tahan", product.shelf_life),
        ("Simpan", product.storage),
        ("Minimal pesan", minimum),
        ("Musim", months_text(product.season) if product.season else None),
        ("Kirim", _in_words(product.delivery, DELIVERY_WORDS)),
        ("Bayar", _in_words(product.payment, PAYMENT_WORDS)),
    )


def availability_line(product: ShownProduct, today: date) -> str:
    """Say in one line whether and when the product can be had."""
    match product.availability:
        case Availability.SOLD_OUT:
            return "Sedang habis"
        case Availability.TO_ORDER:
            return f"Dibuat setelah dipesan, sekitar {product.days_to_make} hari"
    if product.season and today.month not in product.season:
        return f"Belum musimnya, biasanya {months_text(product.season)}"
    return "Siap dipesan"


def is_available(product: ShownProduct, today: date) -> bool:
    """Tell whether the product can be had now."""
    in_season = not product.season or today.month in product.season
    return product.availability is Availability.READY and in_season


def stamps_of(product: ShownProduct, business: BusinessSummary | None, today: date) -> list[Stamp]:
    """Return a product's legal numbers and its seller's, as they were given; nobody has checked them yet."""
    numbers = (
        ("PIRT", product.pirt_number, product.pirt_expires_on),
        ("Halal", product.halal_number, product.halal_expires_on),
        ("BPOM MD", product.bpom_number, None),
        ("NIB", business.nib if business else None, None),
    )
    return [Stamp(name, number, _stamp_note(expires_on, today)) for name, number, expires_on in numbers if number]


def ticket_rows(attraction: ShownAttraction) -> list[Fact]:
    """Return what a visit costs."""
    return _known(
        ("Dewasa", _fee(attraction.adult_ticket)),
        ("Anak", _fee(attraction.child_ticket)),
        ("Rombongan", _fee(attraction.group_ticket)),
        ("Keterangan", attraction.ticket_note),
    )


def parking_text(attraction: ShownAttraction) -> str | None:
    """Say what parking costs: `Motor Rp5.000, mobil Rp10.000`; None where nothing is known."""
    fees = (
        ("Motor", attraction.motorcycle_parking),
        ("mobil", attraction.car_parking),
        ("bus", attraction.bus_parking),
    )
    known = [f"{vehicle} {_fee(fee)}" for vehicle, fee in fees if fee is not None]
    return ", ".join(known) or None


def visit_facts(attraction: ShownAttraction) -> list[Fact]:
    """Return what else a visitor wants to know before leaving home."""
    return _known(
        ("Kilometer terakhir", attraction.last_kilometre),
        ("Musim terbaik", months_text(attraction.best_season) if attraction.best_season else None),
        ("Larangan", attraction.prohibitions),
        ("Pengelola", _manager_text(attraction)),
        ("Diperbarui", _checked_text(attraction)),
    )


def facilities_of(attraction: ShownAttraction) -> list[FacilityFact]:
    """Return an attraction's facilities in a fixed order."""
    return [FacilityFact(*words) for facility, words in FACILITY_WORDS.items() if facility in attraction.facilities]


def _known(*rows: tuple[str, str | None]) -> list[Fact]:
    return [Fact(label, value) for label, value in rows if value]


def _in_words(chosen, words: dict) -> str | None:
    return ", ".join(text for member, text in words.items() if member in chosen) or None


def _fee(amount: int | None) -> str | None:
    if amount is None:
        return None
    return rupiah(amount) if amount else FREE


def _stamp_note(expires_on: date | None, today: date) -> str:
    if expires_on is None:
        return "Belum diperiksa"
    if expires_on < today:
        return f"Habis masa berlaku {tanggal(expires_on)}"
    return f"Belum diperiksa, berlaku sampai {tanggal(expires_on)}"


def _manager_text(attraction: ShownAttraction) -> str | None:
    """Name who runs the place, with the kind of manager unless the name says it already."""
    kind, name = MANAGER_WORDS.get(attraction.manager_kind), attraction.manager_name
    if kind and name and not name.lower().startswith(kind.lower()):
        return f"{kind} {name}"
    return name or kind


def _checked_text(attraction: ShownAttraction) -> str | None:
    if attraction.checked_on is None:
        return None
    by = f" oleh {attraction.checked_by}" if attraction.checked_by else ""
    return f"{tanggal(attraction.checked_on)}{by}"
