"""The columns of the spreadsheet: what each is called, what it means for a product and for an attraction."""

import enum
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.errors import CellRefused, Fault
from marketplace.catalogue.models.attractions import Attraction, Facility, ManagerKind
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.products import Availability, Delivery, Payment, Product
from marketplace.catalogue.spreadsheets import cells
from marketplace.catalogue.spreadsheets.choices import choice_reader, choices_reader, write_choices
from marketplace.catalogue.spreadsheets.tables import Table
from marketplace.catalogue.spreadsheets.texts import suggestion, word_key
from marketplace.umkm.models import Business

LONGEST_DESCRIPTION = 8_000
REQUIRED = ("jenis", "nama", "kategori", "desa", "usaha", "pemilik", "whatsapp", "harga", "satuan", "deskripsi", "foto")
# Read beside the fields below, by rules of their own.
PLACE_PARTS = ("kecamatan", "kabupaten")
IGNORED = ("no", "nomor", "nomor urut")
OTHER_NAMES = {
    "jenis listing": "jenis", "tipe": "jenis",
    "nama produk": "nama", "nama wisata": "nama", "nama barang": "nama", "produk": "nama",
    "kategori produk": "kategori",
    "desa kelurahan": "desa", "kelurahan": "desa", "nama desa": "desa", "kode desa": "desa",
    "kec": "kecamatan", "kab": "kabupaten", "kota": "kabupaten", "kabupaten kota": "kabupaten", "kab kota": "kabupaten",
    "nama usaha": "usaha", "umkm": "usaha", "nama umkm": "usaha",
    "nama pemilik": "pemilik",
    "wa": "whatsapp", "no wa": "whatsapp", "nomor wa": "whatsapp", "no whatsapp": "whatsapp",
    "nomor whatsapp": "whatsapp", "no hp": "whatsapp", "hp": "whatsapp", "telepon": "whatsapp",
    "harga rp": "harga", "harga tiket": "harga", "tiket": "harga", "tiket dewasa": "harga",
    "unit": "satuan", "keterangan": "deskripsi", "gambar": "foto", "nama foto": "foto", "alt": "alt_foto",
    "berat bersih": "isi_bersih", "isi": "isi_bersih", "stok": "ketersediaan", "minimal order": "minimal_pesan",
    "komposisi": "bahan", "masa simpan": "tahan", "cara simpan": "simpan", "p irt": "pirt", "merk": "merek",
    "latitude": "lintang", "lat": "lintang", "longitude": "bujur", "lng": "bujur", "lon": "bujur",
}  # fmt: skip


class Owner(enum.Enum):
    """Whose attribute a field is."""

    LISTING = enum.auto()
    BUSINESS = enum.auto()


@dataclass(frozen=True)
class Field:
    """One column for one kind of listing: the attribute that it fills and how it is typed."""

    header: str
    attribute: str
    read: Callable[[str], Any]
    write: Callable[[Any], str | int] = str
    owner: Owner = Owner.LISTING
    # What an empty cell means.
    empty: Any = None
    longest: int | None = None

    def value_of(self, text: str) -> Any:
        """Return what the cell says, or refuse with CellRefused."""
        if not text:
            return self.empty
        value = self.read(text)
        if self.longest and isinstance(value, str) and len(value) > self.longest:
            raise CellRefused(f"Terlalu panjang: {len(value)} huruf, paling banyak {self.longest}.")
        return value

    def text_of(self, value: Any) -> str | int:
        """Return the cell for a value; numbers stay numbers for workbooks."""
        return "" if value is None or value == self.empty else self.write(value)


AVAILABILITY_WORDS = {
    "ada": Availability.READY, "tersedia": Availability.READY, "siap kirim": Availability.READY,
    "ready": Availability.READY, "ready stock": Availability.READY, "pesan": Availability.TO_ORDER,
    "pre order": Availability.TO_ORDER, "preorder": Availability.TO_ORDER, "po": Availability.TO_ORDER,
    "kosong": Availability.SOLD_OUT, "sold out": Availability.SOLD_OUT,
}  # fmt: skip
DELIVERY_WORDS = {
    "ambil sendiri": Delivery.PICK_UP, "antar": Delivery.BROUGHT, "dititip": Delivery.ENTRUSTED,
    "kurir": Delivery.COURIER, "dikirim": Delivery.COURIER, "kirim": Delivery.COURIER,
}  # fmt: skip
PAYMENT_WORDS = {
    "cod": Payment.CASH, "tunai cod": Payment.CASH, "cash": Payment.CASH, "bayar di tempat": Payment.CASH,
    "transfer bank": Payment.TRANSFER, "tf": Payment.TRANSFER,
}  # fmt: skip
FACILITY_WORDS = {
    "kamar mandi": Facility.TOILET, "wc": Facility.TOILET, "mushola": Facility.PRAYER_ROOM,
    "musholla": Facility.PRAYER_ROOM, "tempat ibadah": Facility.PRAYER_ROOM, "warung makan": Facility.FOOD_STALL,
    "kantin": Facility.FOOD_STALL, "tempat parkir": Facility.PARKING, "area parkir": Facility.PARKING,
    "penginapan": Facility.HOMESTAY, "kemah": Facility.CAMPSITE, "camping ground": Facility.CAMPSITE,
    "kursi roda": Facility.WHEELCHAIR, "pendopo": Facility.SHELTER, "pemandu wisata": Facility.GUIDE,
    "playground": Facility.PLAYGROUND, "ruang ganti": Facility.CHANGING_ROOM,
}  # fmt: skip
MANAGER_WORDS = {"bumd": ManagerKind.GOVERNMENT, "dinas": ManagerKind.GOVERNMENT, "pemda": ManagerKind.GOVERNMENT}


def _longest(attribute) -> int | None:
    """Return how many characters a text column holds."""
    return getattr(attribute.type, "length", None)


def _line(header: str, attribute, owner: Owner = Owner.LISTING, empty: str | None = None) -> Field:
    return Field(header, attribute.key, cells.read_line, cells.write_text, owner, empty, _longest(attribute))


def _long_text(header: str, attribute, owner: Owner = Owner.LISTING, empty: str | None = "") -> Field:
    longest = _longest(attribute) or LONGEST_DESCRIPTION
    return Field(header, attribute.key, cells.read_text, cells.write_text, owner, empty, longest)


def _number_text(header: str, attribute, owner: Owner = Owner.LISTING) -> Field:
    return Field(header, attribute.key, cells.read_number_text, cells.write_text, owner, None, _longest(attribute))


def _day(header: str, attribute) -> Field:
    return Field(header, attribute.key, cells.read_day)


def _fee(header: str, attribute) -> Field:
    return Field(header, attribute.key, cells.read_ticket, int)


BUSINESS_FIELDS = (
    _line("pemilik", Business.owner_name, Owner.BUSINESS),
    _line("dusun", Business.hamlet, Owner.BUSINESS),
    _number_text("nib", Business.nib, Owner.BUSINESS),
    _long_text("tentang_usaha", Business.description, Owner.BUSINESS),
)
EXAMPLE = Field("contoh", "is_example", cells.read_yes_or_no, cells.write_yes_or_no, empty=False)

PRODUCT_FIELDS = (
    *BUSINESS_FIELDS,
    Field("whatsapp", "whatsapp", cells.read_phone, cells.write_phone, Owner.BUSINESS),
    Field("jam_buka", "opening_hours", cells.read_hours, str, Owner.BUSINESS),
    Field("harga", "price", cells.read_price, int),
    _line("satuan", Product.unit),
    _long_text("deskripsi", Product.description),
    Field("harga_coret", "regular_price", cells.read_positive_amount, int),
    _line("isi_bersih", Product.net_content),
    Field(
        "ketersediaan",
        "availability",
        choice_reader(Availability, AVAILABILITY_WORDS),
        empty=Availability.READY,
    ),
    Field("hari_pesan", "days_to_make", cells.read_count, int),
    Field("minimal_pesan", "minimum_order", cells.read_count, int),
    Field("musim", "season", cells.read_months, cells.write_months),
    Field(
        "pengiriman",
        "delivery",
        choices_reader(Delivery, DELIVERY_WORDS),
        write_choices,
        empty=frozenset(),
    ),
    Field("pembayaran", "payment", choices_reader(Payment, PAYMENT_WORDS), write_choices, empty=frozenset()),
    Field("varian", "variants", cells.read_variants, cells.write_variants, empty=()),
    _long_text("bahan", Product.ingredients, empty=None),
    _line("tahan", Product.shelf_life),
    _line("simpan", Product.storage),
    _line("merek", Product.brand),
    _number_text("pirt", Product.pirt_number),
    _day("pirt_berlaku", Product.pirt_expires_on),
    _number_text("halal", Product.halal_number),
    _day("halal_berlaku", Product.halal_expires_on),
    _number_text("bpom", Product.bpom_number),
    EXAMPLE,
)

ATTRACTION_FIELDS = (
    *BUSINESS_FIELDS,
    Field("whatsapp", "whatsapp", cells.read_phone, cells.write_phone),
    Field("harga", "adult_ticket", cells.read_ticket, int),
    _long_text("deskripsi", Attraction.description),
    _line("ringkasan", Attraction.summary, empty=""),
    Field("jam_buka", "opening_hours", cells.read_hours, str),
    _fee("tiket_anak", Attraction.child_ticket),
    _fee("tiket_rombongan", Attraction.group_ticket),
    _line("keterangan_tiket", Attraction.ticket_note),
    _fee("parkir_motor", Attraction.motorcycle_parking),
    _fee("parkir_mobil", Attraction.car_parking),
    _fee("parkir_bus", Attraction.bus_parking),
    Field(
        "fasilitas",
        "facilities",
        choices_reader(Facility, FACILITY_WORDS),
        write_choices,
        empty=frozenset(),
    ),
    _line("km_terakhir", Attraction.last_kilometre),
    Field("jalan_kaki", "walking_minutes", cells.read_count, int),
    _long_text("petunjuk", Attraction.directions),
    Field("musim_terbaik", "best_season", cells.read_months, cells.write_months),
    _line("larangan", Attraction.prohibitions),
    _line("peringatan", Attraction.warning),
    _day("peringatan_sampai", Attraction.warning_ends_on),
    _line("pengelola", Attraction.manager_name),
    Field("jenis_pengelola", "manager_kind", choice_reader(ManagerKind, MANAGER_WORDS)),
    _day("diperiksa_tanggal", Attraction.checked_on),
    _line("diperiksa_oleh", Attraction.checked_by),
    Field("lintang", "latitude", cells.read_coordinate, repr),
    Field("bujur", "longitude", cells.read_coordinate, repr),
    Field("titik_tepat", "is_exact_point", cells.read_yes_or_no, cells.write_yes_or_no),
    EXAMPLE,
)

FIELDS = {ListingKind.PRODUCT: PRODUCT_FIELDS, ListingKind.ATTRACTION: ATTRACTION_FIELDS}
HEADERS = tuple(
    dict.fromkeys(
        (
            *REQUIRED,
            "alt_foto",
            "status",
            "terbit",
            *(field.header for field in PRODUCT_FIELDS),
            *(field.header for field in ATTRACTION_FIELDS),
        )
    )
)
# Typing of a column's name that differs only in case, spaces and signs comes to the same key.
_HEADER_OF_KEY = {word_key(name): name for name in (*HEADERS, *PLACE_PARTS, *IGNORED)} | OTHER_NAMES


def match_columns(table: Table) -> tuple[dict[str, int], list[Fault]]:
    """Return where each known column stands, and what is wrong with the header."""
    places: dict[str, int] = {}
    faults = []
    for place, title in enumerate(table.header):
        name = _HEADER_OF_KEY.get(word_key(title))
        if not title:
            faults += _untitled_column(table, place)
        elif name is None:
            message = f"Kolom ini tidak dikenal.{suggestion(title, HEADERS)}"
            faults.append(Fault(table.header_row, title, message))
        elif name in places:
            faults.append(Fault(table.header_row, title, "Kolom ini ada dua kali."))
        elif name not in IGNORED:
            places[name] = place
    faults += [
        Fault(table.header_row, name, "Kolom ini belum ada di baris judul.") for name in REQUIRED if name not in places
    ]
    return places, faults


def _untitled_column(table: Table, place: int) -> list[Fault]:
    for number, row in table.rows:
        if place < len(row) and row[place]:
            return [Fault(number, f"ke-{place + 1}", "Kolom ini berisi, tetapi tidak punya judul.")]
    return []
