"""Rows understood: every cell of a table checked, every fault noted, what is left ready to be saved."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from marketplace.catalogue.errors import CellRefused, Fault
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.spreadsheets import cells
from marketplace.catalogue.spreadsheets.categories import CategoryFinder
from marketplace.catalogue.spreadsheets.choices import choice_reader
from marketplace.catalogue.spreadsheets.columns import FIELDS, PLACE_PARTS, Owner
from marketplace.catalogue.spreadsheets.pictures import PictureFolder
from marketplace.catalogue.spreadsheets.readings import Reading
from marketplace.catalogue.spreadsheets.settling import settle_attraction, settle_product
from marketplace.catalogue.spreadsheets.texts import word_key
from marketplace.catalogue.spreadsheets.villages import KnownVillage, VillageFinder
from marketplace.foundation import clock

SHORTEST_NAME, LONGEST_NAME = 3, 80
LONGEST_ALT_TEXT = 200
MOST_PHOTOS = {ListingKind.PRODUCT: 8, ListingKind.ATTRACTION: 12}
BETWEEN_PHOTOS, BETWEEN_ALT_TEXTS = ";", "|"
# What stands in a ticket's unit, where a product has its own; it says nothing that a ticket does not say already.
TICKET_UNITS = {"orang", "per orang", "tiket", "per tiket", "lembar", "per lembar"}
KIND_WORDS = {"product": ListingKind.PRODUCT, "barang": ListingKind.PRODUCT, "tempat wisata": ListingKind.ATTRACTION}
STATUS_WORDS = {"terbit": ListingStatus.PUBLISHED, "tunggu": ListingStatus.WAITING, "draft": ListingStatus.DRAFT}

read_kind = choice_reader(ListingKind, KIND_WORDS)
read_status = choice_reader(ListingStatus, STATUS_WORDS)


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
        return (self.kind, self.village.code, self.business.key if self.business else None, word_key(self.name))


def business_key(village_code: str, name: str) -> tuple[str, str]:
    """Return what makes two spellings of a business in one village the same business."""
    return village_code, word_key(name)


class RowReader:
    """Understands one row after the other; what it cannot use it notes in `faults`."""

    def __init__(
        self, places: dict[str, int], villages: VillageFinder, categories: CategoryFinder, pictures: PictureFolder
    ):
        self.faults: list[Fault] = []
        self.businesses: dict[tuple[str, str], BusinessDraft] = {}
        # The photo files of every row by its number, also of those with faults elsewhere.
        self.files: dict[int, list[Path]] = {}
        self._places = places
        self._villages = villages
        self._categories = categories
        self._pictures = pictures
        self._rows_by_key: dict[tuple, int] = {}

    def read(self, number: int, row: list[str]) -> Draft | None:
        """Return the row understood, or None when it has faults."""
        faults_before = len(self.faults)
        texts = {name: row[place] if place < len(row) else "" for name, place in self._places.items()}
        reading = Reading(number, texts, self.faults)
        draft = self._understand(reading)
        if draft is None or len(self.faults) > faults_before:
            return None
        first = self._rows_by_key.setdefault(draft.natural_key, number)
        if first != number:
            reading.note("nama", f"Sama dengan baris {first}: desa, usaha, dan namanya sudah ada di berkas ini.")
            return None
        return draft

    def _understand(self, reading: Reading) -> Draft | None:
        kind = reading.value("jenis", read_kind, required=True)
        if kind is None:
            self._note_what_is_wrong_whatever_the_kind(reading)
            return None
        return self._understand_as(kind, reading)

    def _note_what_is_wrong_whatever_the_kind(self, reading: Reading) -> None:
        """Note the faults that a row has as a product and as an attraction alike, so that they need no second try."""
        # A reader of its own: what the row says of a business is not yet known to be said.
        reader = RowReader(self._places, self._villages, self._categories, self._pictures)
        faults_by_kind = []
        for kind in ListingKind:
            faults: list[Fault] = []
            reader._understand_as(kind, Reading(reading.row, reading.texts, faults))
            faults_by_kind.append(faults)
        first, *others = faults_by_kind
        self.faults += [fault for fault in first if all(fault in faults for faults in others)]
        self.files |= reader.files
        reading.value("kategori", self._categories.refuse_unknown)

    def _understand_as(self, kind: ListingKind, reading: Reading) -> Draft | None:
        name = reading.value("nama", _read_name, required=True)
        village = reading.value("desa", lambda text: self._find_village(text, reading), required=True)
        category_id = reading.value("kategori", lambda text: self._categories.find(kind, text), required=True)
        values = {Owner.LISTING: {}, Owner.BUSINESS: {}}
        for column in FIELDS[kind]:
            if column.header in reading.texts:
                values[column.owner][column.attribute] = reading.value(column.header, column.value_of, column.empty)
        self._refuse_foreign_columns(reading, kind)
        if kind is ListingKind.PRODUCT:
            settle_product(reading, values[Owner.LISTING])
        else:
            settle_attraction(reading, values, village)
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

    def _find_village(self, text: str, reading: Reading) -> KnownVillage:
        # Many lists have a column for each level; a code needs none of them.
        surroundings = [reading.texts[part] for part in PLACE_PARTS if reading.texts.get(part)]
        return self._villages.find(text if text[0].isdigit() else ", ".join((text, *surroundings)))

    def _refuse_foreign_columns(self, reading: Reading, kind: ListingKind) -> None:
        own = {column.header for column in FIELDS[kind]}
        for other_kind, fields in FIELDS.items():
            for column in fields:
                if column.header in own or not reading.texts.get(column.header):
                    continue
                if column.header == "satuan" and word_key(reading.texts["satuan"]) in TICKET_UNITS:
                    continue
                reading.note(column.header, f"Kolom ini hanya untuk {other_kind.value}. Kosongkan.")

    def _business(
        self, reading: Reading, village: KnownVillage | None, values: dict[str, Any], is_example: bool
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

    def _photos(self, reading: Reading, kind: ListingKind) -> tuple[list[Path] | None, list[str] | None]:
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
        self.files[reading.row] = files
        alt_texts += [""] * (len(names) - len(alt_texts))
        return files, alt_texts if texts is not None else None


def _status(reading: Reading) -> tuple[ListingStatus | None, datetime | None]:
    status = reading.value("status", read_status)
    published_at = reading.value("terbit", cells.read_moment)
    if published_at is not None and published_at > clock.now():
        reading.note("terbit", "Waktu terbit belum tiba.")
    return status, published_at


def _read_name(text: str) -> str:
    name = cells.read_line(text)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME or not word_key(name):
        raise CellRefused(f"Tulis {SHORTEST_NAME} sampai {LONGEST_NAME} huruf.")
    return name


def _header_of(attribute: str) -> str:
    return next(
        column.header
        for column in FIELDS[ListingKind.PRODUCT]
        if column.owner is Owner.BUSINESS and column.attribute == attribute
    )
