"""Rows understood: every cell of a table checked, every fault noted, what is left ready to be saved."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from marketplace.catalogue.errors import CellRefused, Fault
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Availability
from marketplace.catalogue.spreadsheets import cells
from marketplace.catalogue.spreadsheets.categories import CategoryFinder
from marketplace.catalogue.spreadsheets.columns import FIELDS, PLACE_PARTS, Owner
from marketplace.catalogue.spreadsheets.pictures import PictureFolder
from marketplace.catalogue.spreadsheets.villages import KnownVillage, VillageFinder
from marketplace.foundation import clock
from marketplace.foundation.distance import distance_in_kilometres

SHORTEST_NAME, LONGEST_NAME = 3, 80
LONGEST_ALT_TEXT = 200
MOST_PHOTOS = {ListingKind.PRODUCT: 8, ListingKind.ATTRACTION: 12}
BETWEEN_PHOTOS, BETWEEN_ALT_TEXTS = ";", "|"
FARTHEST_FROM_VILLAGE_KM = 60
# What stands in a ticket's unit, where a product has its own; it says nothing that a ticket does not say already.
TICKET_UNITS = {"orang", "per orang", "tiket", "per tiket", "lembar", "per lembar"}
FAILED_FORMULAS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
KIND_WORDS = {"product": ListingKind.PRODUCT, "barang": ListingKind.PRODUCT, "tempat wisata": ListingKind.ATTRACTION}
STATUS_WORDS = {"terbit": ListingStatus.PUBLISHED, "tunggu": ListingStatus.WAITING, "draft": ListingStatus.DRAFT}

read_kind = cells.choice_reader(ListingKind, KIND_WORDS)
read_status = cells.choice_reader(ListingStatus, STATUS_WORDS)


@dataclass
class BusinessDraft:
    """A business that rows of a table name; `values` holds what they say of it, `said_in` in which row."""

    village_code: str
    name: str
    row: int
    values: dict[str, Any] = field(default_factory=dict)
    said_in: dict[str, int] = field(default_factory=dict)
    is_example: bool = False

    @property
    def key(self) -> tuple[str, str]:
        return business_key(self.village_code, self.name)


@dataclass
class Draft:
    """A row that has been understood; `values` holds the listing's attributes for the columns that the table has."""

    row: int
    kind: ListingKind
    name: str
    category_id: int
    village: KnownVillage
    business: BusinessDraft | None
    values: dict[str, Any]
    # None leaves a listing's photos as they are.
    files: list[Path] | None
    alt_texts: list[str] | None
    status: ListingStatus | None
    published_at: datetime | None

    @property
    def natural_key(self) -> tuple:
        return (self.kind, self.village.code, self.business.key if self.business else None, cells.word_key(self.name))


def business_key(village_code: str, name: str) -> tuple[str, str]:
    """Return what makes two spellings of a business in one village the same business."""
    return village_code, cells.word_key(name)


class RowReader:
    """Understands one row after the other; what it cannot use it notes in `faults`."""

    def __init__(
        self, places: dict[str, int], villages: VillageFinder, categories: CategoryFinder, pictures: PictureFolder
    ):
        self.faults: list[Fault] = []
        self.businesses: dict[tuple[str, str], BusinessDraft] = {}
        self._places = places
        self._villages = villages
        self._categories = categories
        self._pictures = pictures
        self._rows_by_key: dict[tuple, int] = {}

    def read(self, number: int, row: list[str]) -> Draft | None:
        """Return the row understood, or None when it has faults."""
        faults_before = len(self.faults)
        texts = {name: row[place] if place < len(row) else "" for name, place in self._places.items()}
        reading = _Reading(number, texts, self.faults)
        draft = self._understand(reading)
        if draft is None or len(self.faults) > faults_before:
            return None
        first = self._rows_by_key.setdefault(draft.natural_key, number)
        if first != number:
            reading.note("nama", f"Sama dengan baris {first}: desa, usaha, dan namanya sudah ada di berkas ini.")
            return None
        return draft

    def _understand(self, reading: "_Reading") -> Draft | None:
        kind = reading.value("jenis", read_kind, required=True)
        name = reading.value("nama", _read_name, required=True)
        village = reading.value("desa", lambda text: self._find_village(text, reading), required=True)
        if kind is None:
            return None
        category_id = reading.value("kategori", lambda text: self._categories.find(kind, text), required=True)
        values = {Owner.LISTING: {}, Owner.BUSINESS: {}}
        for column in FIELDS[kind]:
            if column.header in reading.texts:
                values[column.owner][column.attribute] = reading.value(column.header, column.value_of, column.empty)
        self._refuse_foreign_columns(reading, kind)
        if kind is ListingKind.PRODUCT:
            _settle_product(reading, values[Owner.LISTING])
        else:
            _settle_attraction(reading, values, village)
        business = self._business(
            reading, village, values[Owner.BUSINESS], values[Owner.LISTING].get("is_example", False)
        )
        files, alt_texts = self._photos(reading, kind)
        status, published_at = _status(reading)
        if None in (name, village, category_id):
            return None
        return Draft(
            row=reading.row,
            kind=kind,
            name=name,
            category_id=category_id,
            village=village,
            business=business,
            values=values[Owner.LISTING],
            files=files,
            alt_texts=alt_texts,
            status=status,
            published_at=published_at,
        )

    def _find_village(self, text: str, reading: "_Reading") -> KnownVillage:
        # Many lists have a column for each level; a code needs none of them.
        surroundings = [reading.texts[part] for part in PLACE_PARTS if reading.texts.get(part)]
        return self._villages.find(text if text[0].isdigit() else ", ".join((text, *surroundings)))

    def _refuse_foreign_columns(self, reading: "_Reading", kind: ListingKind) -> None:
        own = {column.header for column in FIELDS[kind]}
        for other_kind, fields in FIELDS.items():
            for column in fields:
                if column.header in own or not reading.texts.get(column.header):
                    continue
                if column.header == "satuan" and cells.word_key(reading.texts["satuan"]) in TICKET_UNITS:
                    continue
                reading.note(column.header, f"Kolom ini hanya untuk {other_kind.value}. Kosongkan.")

    def _business(
        self, reading: "_Reading", village: KnownVillage | None, values: dict[str, Any], is_example: bool
    ) -> BusinessDraft | None:
        name = reading.value("usaha", _read_name)
        said = {attribute: value for attribute, value in values.items() if value not in (None, "")}
        if not name:
            if not reading.texts["usaha"]:
                for column in FIELDS[ListingKind.PRODUCT]:
                    if column.owner is Owner.BUSINESS and column.attribute in said:
                        reading.note(column.header, "Kolom usaha masih kosong, jadi ini belum jelas milik siapa.")
            return None
        if village is None:
            return None
        draft = BusinessDraft(village.code, name, reading.row)
        draft = self.businesses.setdefault(draft.key, draft)
        draft.is_example = draft.is_example or is_example
        for attribute, value in said.items():
            first = draft.said_in.setdefault(attribute, reading.row)
            if draft.values.setdefault(attribute, value) != value:
                header = _header_of(attribute)
                reading.note(header, f'Berbeda dari baris {first} untuk usaha yang sama, "{draft.name}".')
        return draft

    def _photos(self, reading: "_Reading", kind: ListingKind) -> tuple[list[Path] | None, list[str] | None]:
        names = [name for name in (piece.strip() for piece in reading.texts["foto"].split(BETWEEN_PHOTOS)) if name]
        texts = reading.texts.get("alt_foto")
        alt_texts = [piece.strip() for piece in texts.split(BETWEEN_ALT_TEXTS)] if texts else []
        if len(alt_texts) > len(names):
            reading.note("alt_foto", "Keterangannya lebih banyak daripada fotonya.")
        if any(len(text) > LONGEST_ALT_TEXT for text in alt_texts):
            reading.note("alt_foto", f"Keterangan satu foto paling panjang {LONGEST_ALT_TEXT} huruf.")
        if not names:
            return None, None
        if len(names) > MOST_PHOTOS[kind]:
            reading.note("foto", f"Paling banyak {MOST_PHOTOS[kind]} foto, di sini ada {len(names)}.")
        files: list[Path] = []
        for name in names:
            file = reading.guarded("foto", lambda name=name: self._pictures.find(name))
            if file in files:
                reading.note("foto", f'"{name}" disebut dua kali.')
            elif file is not None:
                files.append(file)
        alt_texts += [""] * (len(names) - len(alt_texts))
        return files, alt_texts if texts is not None else None


@dataclass
class _Reading:
    """The cells of one row by column, and where to note what is wrong with them."""

    row: int
    texts: dict[str, str]
    faults: list[Fault]

    def note(self, column: str, message: str) -> None:
        self.faults.append(Fault(self.row, column, message))

    def guarded(self, column: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except CellRefused as refusal:
            self.note(column, refusal.user_message)
            return None

    def value(self, column: str, read: Callable[[str], Any], empty: Any = None, required: bool = False) -> Any:
        text = self.texts.get(column, "")
        if text in FAILED_FORMULAS:
            self.note(column, "Rumus di sel ini gagal dihitung. Perbaiki rumusnya, atau ketik isinya.")
        elif text:
            return self.guarded(column, lambda: read(text))
        elif required:
            self.note(column, "Belum diisi.")
        return empty


def note_unknown_owners(businesses: Iterable[BusinessDraft], known: set[tuple[str, str]]) -> list[Fault]:
    """Return a fault for each business that would be new and has no owner's name in any row."""
    return [
        Fault(business.row, "pemilik", f'Usaha "{business.name}" belum terdaftar, jadi nama pemiliknya perlu diisi.')
        for business in businesses
        if "owner_name" not in business.values and business.key not in known
    ]


def _settle_product(reading: _Reading, values: dict[str, Any]) -> None:
    unit = values["unit"]
    if unit is None:
        reading.note("satuan", "Belum diisi. Contoh: bungkus, kg, lusin.")
    else:
        values["unit"] = unit.removeprefix("/").strip().removeprefix("per ").strip()
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
        if availability not in {Availability.TO_ORDER, None} and days is not None:
            reading.note("hari_pesan", 'Hanya untuk ketersediaan "pesan-dulu". Kosongkan.')


def _settle_attraction(reading: _Reading, values: dict[Owner, dict[str, Any]], village: KnownVillage | None) -> None:
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


def _settle_manager(reading: _Reading, values: dict[Owner, dict[str, Any]]) -> None:
    """Take a lone name in `usaha` or `pemilik` for the manager's: only both together make a business."""
    business, owner = reading.texts["usaha"], reading.texts["pemilik"]
    if bool(business) == bool(owner):
        return
    listing = values[Owner.LISTING]
    reading.texts = reading.texts | {"usaha": "", "pemilik": ""}
    values[Owner.BUSINESS].pop("owner_name", None)
    if not listing.get("manager_name"):
        listing["manager_name"] = (business or owner)[:LONGEST_NAME]


def _settle_point(reading: _Reading, values: dict[str, Any], village: KnownVillage) -> None:
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


def _status(reading: _Reading) -> tuple[ListingStatus | None, datetime | None]:
    status = reading.value("status", read_status)
    published_at = reading.value("terbit", cells.read_moment)
    if published_at is not None and published_at > clock.now():
        reading.note("terbit", "Waktu terbit belum tiba.")
    return status, published_at


def _read_name(text: str) -> str:
    name = cells.read_line(text)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME or not cells.word_key(name):
        raise CellRefused(f"Tulis {SHORTEST_NAME} sampai {LONGEST_NAME} huruf.")
    return name


def _header_of(attribute: str) -> str:
    return next(
        column.header
        for column in FIELDS[ListingKind.PRODUCT]
        if column.owner is Owner.BUSINESS and column.attribute == attribute
    )
