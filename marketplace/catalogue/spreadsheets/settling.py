"""What several cells of a row say together: completed where one follows from another, refused where they disagree."""

from typing import Any

from marketplace.catalogue.models.products import Availability
from marketplace.catalogue.spreadsheets.columns import Owner
from marketplace.catalogue.spreadsheets.readings import Reading
from marketplace.catalogue.spreadsheets.villages import KnownVillage
from marketplace.foundation.distance import distance_in_kilometres

FARTHEST_FROM_VILLAGE_KM = 60
LONGEST_NAME = 80


def settle_product(reading: Reading, values: dict[str, Any]) -> None:
    """Check and complete a product's unit, prices and availability."""
    # Prices are shown as "Rp18.000 / bungkus" whichever way the unit was typed.
    values["unit"] = (values["unit"] or "").removeprefix("/").strip().removeprefix("per ").strip()
    if not values["unit"]:
        reading.note("satuan", "Belum diisi. Contoh: bungkus, kg, lusin.")
    price, regular_price = values["price"], values.get("regular_price")
    is_price_unread = price is None and reading.texts["harga"] != ""
    if regular_price is not None and not is_price_unread and (price is None or regular_price <= price):
        reading.note("harga_coret", "Harga coret harus lebih tinggi daripada harga.")
    if reading.texts.keys() & {"ketersediaan", "hari_pesan"}:
        days = values.setdefault("days_to_make", None)
        if days is not None and not reading.texts.get("ketersediaan"):
            values["availability"] = Availability.TO_ORDER
        availability = values.setdefault("availability", Availability.READY)
        if availability is Availability.TO_ORDER and days is None and not reading.texts.get("hari_pesan"):
            reading.note("hari_pesan", "Isi berapa hari dari pesan sampai jadi.")
        if availability is Availability.READY and days is not None:
            reading.note("hari_pesan", 'Hanya untuk ketersediaan "pesan-dulu" atau "habis". Kosongkan.')


def settle_attraction(reading: Reading, values: dict[Owner, dict[str, Any]], village: KnownVillage | None) -> None:
    """Check and complete an attraction's manager, warning and place on the map."""
    listing = values[Owner.LISTING]
    _settle_manager(reading, values)
    if reading.texts.keys() & {"peringatan", "peringatan_sampai"}:
        warning, ends_on = listing.setdefault("warning", None), listing.setdefault("warning_ends_on", None)
        if warning and not reading.texts.get("peringatan_sampai"):
            reading.note("peringatan_sampai", "Isi tanggal berakhirnya peringatan.")
        if ends_on and not warning:
            reading.note("peringatan", "Belum diisi, padahal tanggal berakhirnya ada.")
    if reading.texts.keys() & {"lintang", "bujur", "titik_tepat"} and village:
        _settle_point(reading, listing, village)


def _settle_manager(reading: Reading, values: dict[Owner, dict[str, Any]]) -> None:
    """Take a lone name in `usaha` or `pemilik` for the manager's: only both together make a business."""
    business, owner = reading.texts["usaha"], reading.texts["pemilik"]
    if bool(business) == bool(owner):
        return
    listing = values[Owner.LISTING]
    reading.texts = reading.texts | {"usaha": "", "pemilik": ""}
    values[Owner.BUSINESS].pop("owner_name", None)
    if not listing.get("manager_name"):
        listing["manager_name"] = (business or owner)[:LONGEST_NAME]


def _settle_point(reading: Reading, values: dict[str, Any], village: KnownVillage) -> None:
    latitude, longitude = values.get("latitude"), values.get("longitude")
    if latitude is None and longitude is None:
        values |= {"latitude": village.latitude, "longitude": village.longitude, "is_exact_point": False}
        return
    if latitude is None or longitude is None:
        reading.note("bujur" if longitude is None else "lintang", "Isi lintang dan bujur dua-duanya.")
        return
    if values.get("is_exact_point") is None:
        values["is_exact_point"] = True
    if abs(latitude) > 90 or abs(longitude) > 180:
        reading.note(
            "lintang", "Lintang dan bujurnya tertukar. Lintang di Jawa Timur sekitar -8, bujurnya sekitar 112."
        )
        return
    distance = distance_in_kilometres(latitude, longitude, village.latitude, village.longitude)
    if distance > FARTHEST_FROM_VILLAGE_KM:
        reading.note("lintang", f"Titik ini {round(distance)} km dari {village.name}. Periksa lintang dan bujurnya.")
