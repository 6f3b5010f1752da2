"""The example listings as rows of the spreadsheet that the import reads."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from marketplace.catalogue.spreadsheets.cells import write_moment
from marketplace.catalogue.spreadsheets.columns import HEADERS
from marketplace.catalogue.spreadsheets.tables import Table, table_of
from marketplace.examples import people
from marketplace.examples.places import ExamplePlaces, ExampleVillage
from marketplace.examples.source import Source, chance
from marketplace.foundation.formatting import sentence_of

Row = dict[str, str]

UNIT = re.compile(r"per (?P<unit>\w+(?: (?!isi )[a-z]+)?)(?: (?P<content>(?:isi )?\d.*))?")
SHELF_LIFE = re.compile(r"tahan ((?:(?:dua|tiga|empat|lima|enam) |se)(?:hari|minggu|bulan|tahun))", re.IGNORECASE)
FLAVOURS = re.compile(r"\brasa (?P<list>\w+(?: \w+)?(?:, \w+(?: \w+)?)*,? dan \w+(?: \w+)?)\b")
MADE_TO_ORDER = re.compile(r"\bpesan(an)?\b", re.IGNORECASE)
SEASONS = {
    "durian": "November-Februari", "mangga": "September-Desember", "rambutan": "November-Februari",
    "manggis": "November-Februari", "alpukat": "Februari-Mei", "jeruk": "Mei-Agustus",
}  # fmt: skip
FOOD = {"makanan-ringan", "kue-jajanan", "lauk-bumbu", "minuman-herbal", "kopi-teh-cokelat"}
WORKSHOPS = {
    "makanan-ringan": "Dapur", "kue-jajanan": "Dapur", "lauk-bumbu": "Dapur", "minuman-herbal": "Jamu dan Sirup",
    "kopi-teh-cokelat": "Kopi", "hasil-tani": "Tani", "hasil-laut-ternak": "Ternak dan Ikan", "batik-tekstil": "Batik",
    "kriya-bambu-kayu": "Kriya", "kriya-logam-batu": "Kriya", "seni-mainan": "Sanggar", "rumah-perabot": "Mebel",
    "kulit-tas-alas-kaki": "Kulit", "tanaman-hias-pupuk": "Kebun", "kecantikan-rumah-tangga": "Griya",
}  # fmt: skip
WORKING_HOURS = (
    "Senin-Sabtu 08.00-16.00", "Setiap hari 07.00-17.00", "Senin-Jumat 08.00-15.00; Sabtu 08.00-12.00",
    "Setiap hari 06.00-20.00",
)  # fmt: skip
DELIVERIES = (
    "ambil, diantar",
    "ambil, ekspedisi",
    "ambil, diantar, titip",
    "ambil, titip",
    "ambil, diantar, ekspedisi",
)
PAYMENTS = ("tunai", "tunai, transfer", "tunai, qris", "tunai, transfer, qris")

# Kinds that the source files under a wider one, told by how the places are called.
NARROWER_KINDS = (
    (re.compile(r"^Gua\b"), "goa"),
    (re.compile(r"^(Telaga|Danau|Ranu|Waduk)\b"), "danau-waduk"),
    (re.compile(r"^(Hutan|Savana|Sabana|Mangrove|Ekowisata Mangrove)\b"), "hutan-savana"),
    (re.compile(r"^(Agrowisata|Kebun Teh|Kebun Raya|Kampung Coklat|Taman Botani)\b"), "agrowisata"),
)
WIDER_KINDS = {"alam", "buatan", "desa-wisata"}
FACILITIES = {
    "pantai": "toilet, musala, warung, parkir, kamar-ganti, gazebo",
    "air-terjun": "toilet, musala, warung, parkir, gazebo",
    "gunung": "toilet, warung, parkir, area-kemah, pemandu, p3k",
    "sejarah": "toilet, parkir, pemandu",
    "religi": "toilet, musala, parkir, warung",
    "desa-wisata": "toilet, musala, warung, parkir, homestay, pemandu",
    "kuliner": "toilet, musala, parkir",
    "buatan": "toilet, musala, warung, parkir, taman-bermain, jalur-kursi-roda",
    "danau-waduk": "toilet, musala, warung, parkir, gazebo",
    "goa": "toilet, parkir, pemandu, warung",
    "hutan-savana": "toilet, parkir, gazebo",
    "agrowisata": "toilet, musala, warung, parkir, taman-bermain",
}
USUAL_FACILITIES = "toilet, parkir, warung"
MANAGERS = (("Pokdarwis Contoh", "pokdarwis"), ("BUMDes Contoh", "bumdes"), ("KIM Contoh", "kim"))
PROHIBITIONS = {
    "pantai": "Jangan berenang saat ombak besar; bawa pulang sampah",
    "gunung": "Jangan menyalakan api; bawa pulang sampah",
    "goa": "Jangan menyentuh batuan di dinding goa",
    "sejarah": "Jangan memanjat atau mencoret bangunan",
    "religi": "Berpakaian sopan dan menjaga ketenangan",
}
# What the home page shows first must differ in everything that a visitor sees.
SHOWN_FIRST = 10
BETWEEN_PRODUCTS, BETWEEN_ATTRACTIONS = timedelta(minutes=117), timedelta(minutes=233)
NEWEST = timedelta(minutes=20)


def example_table(source: Source, places: ExamplePlaces, now: datetime) -> Table:
    """Return all example listings as the import reads them; the newest came a few minutes before `now`."""
    products = [_product(row, places.village_of_product(row), source) for row in source.products]
    attractions = [_attraction(row, places.village_of_attraction(row), source) for row in source.attractions]
    _number_businesses(products)
    rows = [
        *_dated(_varied_first(products), now, BETWEEN_PRODUCTS),
        *_dated(_varied_first(attractions), now, BETWEEN_ATTRACTIONS),
    ]
    lines = [list(HEADERS), *([row.get(header, "") for header in HEADERS] for row in rows)]
    return table_of(enumerate(lines, start=1))


def _product(row: dict[str, str], village: ExampleVillage, source: Source) -> Row:
    name, text = row["name"], row["description"]
    category = "rumah-perabot" if name.startswith("Mebel") else row["category"]
    unit = UNIT.fullmatch(row["unit"])
    business = f"{WORKSHOPS[category]} Contoh {village.name}"
    product = {
        "jenis": "produk",
        "nama": name,
        "kategori": category,
        "desa": village.code,
        "usaha": business,
        "pemilik": people.polite_name(f"{business} {village.code}"),
        "harga": row["price_min"],
        "satuan": unit["unit"],
        "isi_bersih": unit["content"] or "",
        "deskripsi": text,
        "jam_buka": WORKING_HOURS[chance(business, len(WORKING_HOURS))],
        "pengiriman": DELIVERIES[chance(f"{business} kirim", len(DELIVERIES))],
        "pembayaran": PAYMENTS[chance(f"{business} bayar", len(PAYMENTS))],
        "contoh": "ya",
        **_photos(row, source),
    }
    if chance(business, 2):
        product["nib"] = f"CONTOH-NIB-{chance(business, 10_000):04}"
    return product | _availability(name, text) | _price_details(row) | _food_details(category, name, text)


def _availability(name: str, text: str) -> Row:
    if MADE_TO_ORDER.search(text):
        return {"ketersediaan": "pesan-dulu", "hari_pesan": str(2 + chance(name, 5))}
    if chance(name, 23) == 0:
        return {"ketersediaan": "habis"}
    return {"ketersediaan": "siap"}


def _price_details(row: dict[str, str]) -> Row:
    name, price, highest = row["name"], int(row["price_min"]), int(row["price_max"])
    details = {}
    if "mulai sepuluh" in row["description"]:
        details["minimal_pesan"] = "10"
    elif price <= 15_000 and chance(name, 6) == 0:
        details["minimal_pesan"] = "5"
    if chance(name, 19) == 3:
        details["harga_coret"] = str(min(highest, round(price * 1.2 / 500) * 500))
    if flavours := FLAVOURS.search(row["description"]):
        names = [piece.strip().capitalize() for piece in re.split(r",|\bdan\b", flavours["list"]) if piece.strip()]
        if len(names) > 2:
            details["varian"] = "; ".join(f"{flavour}={price}" for flavour in names)
    return details


def _food_details(category: str, name: str, text: str) -> Row:
    details = {}
    if category == "hasil-tani":
        for word, season in SEASONS.items():
            if word in name.lower():
                details["musim"] = season
    if category not in FOOD:
        return details
    if match := SHELF_LIFE.search(text):
        details["tahan"] = match[1].capitalize()
    if "beku" in text:
        details["simpan"] = "Di lemari pembeku"
    if chance(name, 3) == 0:
        details["pirt"] = f"CONTOH-PIRT-{chance(name, 10_000):04}"
    if chance(name, 4) == 0:
        details["halal"] = f"CONTOH-HALAL-{chance(name, 10_000):04}"
    return details


def _attraction(row: dict[str, str], village: ExampleVillage, source: Source) -> Row:
    name, ticket = row["name"], int(row["ticket_price"])
    kind = _kind_of(row)
    manager, manager_kind = MANAGERS[chance(f"{name} kelola", len(MANAGERS))]
    attraction = {
        "jenis": "wisata",
        "nama": name,
        "kategori": kind,
        "desa": village.code,
        "whatsapp": people.phone(100 + chance(f"{name} {village.code}", 100)),
        "harga": str(ticket),
        "deskripsi": row["description"],
        "ringkasan": sentence_of(row["description"].partition(". ")[0].rstrip(".") + ".", 160),
        "jam_buka": _week(name, row["opening_hours"]),
        "keterangan_tiket": "Tiket contoh",
        "fasilitas": FACILITIES.get(kind, USUAL_FACILITIES),
        "larangan": PROHIBITIONS.get(kind, ""),
        "pengelola": f"{manager} {village.name}",
        "jenis_pengelola": manager_kind,
        "lintang": row["lat"],
        "bujur": row["lng"],
        "contoh": "ya",
        **_photos(row, source),
    }
    if row["lat"]:
        attraction["titik_tepat"] = "ya" if row["coord_precision"] == "titik" else "tidak"
    if ticket >= 10_000:
        attraction["tiket_anak"] = str(ticket // 2 // 500 * 500)
        attraction["tiket_rombongan"] = str(ticket * 9 // 10 // 500 * 500)
    if ticket > 0:
        attraction |= {"parkir_motor": "3000", "parkir_mobil": "5000", "parkir_bus": "20000"}
    return attraction


def _kind_of(row: dict[str, str]) -> str:
    if row["kind"] in WIDER_KINDS:
        for pattern, kind in NARROWER_KINDS:
            if pattern.search(row["name"]):
                return kind
    return row["kind"]


def _week(name: str, hours: str) -> str:
    """Return the hours for each weekday: museums rest on Mondays, and some parks open longer on weekends."""
    if name.startswith("Museum"):
        return f"Selasa-Minggu {hours}"
    if hours == "08.00-16.00" and chance(name, 2):
        return "Senin-Jumat 08.00-16.00; Sabtu-Minggu 07.00-17.00"
    return hours


def _photos(row: dict[str, str], source: Source) -> Row:
    names = source.pictures_of(row)
    return {
        "foto": "; ".join(names),
        "alt_foto": " | ".join(f"{source.subjects[name]} (gambar contoh)" for name in names),
    }


def _number_businesses(products: Iterable[Row]) -> None:
    """Give each business a telephone number of its own."""
    numbers: dict[tuple[str, str], int] = {}
    for row in products:
        number = numbers.setdefault((row["desa"], row["usaha"]), 200 + len(numbers))
        row["whatsapp"] = people.phone(number)


def _varied_first(rows: list[Row]) -> list[Row]:
    """Return the rows in an order that looks like chance, the first ones of different kinds, places and pictures."""
    shuffled = sorted(rows, key=lambda row: (chance(f"{row['nama']} {row['desa']}", 1 << 30), row["nama"]))
    first: list[Row] = []
    for row in shuffled:
        if len(first) < SHOWN_FIRST and row["foto"] and all(_differ(row, other) for other in first):
            first.append(row)
    return first + [row for row in shuffled if row not in first]


def _differ(row: Row, other: Row) -> bool:
    return (
        row["kategori"] != other["kategori"]
        and row["desa"][:5] != other["desa"][:5]
        and row["foto"].partition(";")[0] != other["foto"].partition(";")[0]
    )


def _dated(rows: list[Row], now: datetime, step: timedelta) -> Iterator[Row]:
    for rank, row in enumerate(rows):
        jitter = timedelta(minutes=chance(row["nama"], 60))
        yield row | {"terbit": write_moment(now - NEWEST - rank * step - jitter)}
