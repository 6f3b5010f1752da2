"""Writing listings out in the same columns in which they come in."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.catalogue import policy
from marketplace.catalogue.errors import ExportRefused
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.listings import Listing, ListingPhoto
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services.listings import MODELS
from marketplace.catalogue.spreadsheets import cells, csv_files, workbooks
from marketplace.catalogue.spreadsheets.columns import FIELDS, HEADERS, Owner
from marketplace.catalogue.spreadsheets.drafts import BETWEEN_ALT_TEXTS, BETWEEN_PHOTOS
from marketplace.catalogue.spreadsheets.progress import Progress, silently
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.foundation.formatting import plain_slug
from marketplace.foundation.storage import FileMissing, current_storage
from marketplace.photos.addresses import master_key
from marketplace.regions.models import Regency
from marketplace.umkm.models import Business

BATCH = 500
WRITABLE = {".csv", ".xlsx"}


def export_listings(
    actor: Actor,
    path: Path,
    regency_code: str | None = None,
    photos_folder: Path | None = None,
    progress: Progress = silently,
) -> int:
    """Write all listings, or a kabupaten's, to a .csv or .xlsx file and return how many.

    The order follows from what the listings say, not from their ids, so that the same listings give the same file
    in every database. With a folder the photos' masters are written there, each once.
    """
    require(policy.may_export(actor))
    if path.suffix.lower() not in WRITABLE:
        raise ExportRefused("Nama berkasnya harus berakhiran .csv atau .xlsx.")
    if regency_code is not None and db.session.get(Regency, regency_code) is None:
        raise ExportRefused(f"Tidak ada kabupaten atau kota dengan kode {regency_code}.")
    ids = _ids_in_order(regency_code)
    photos = _PhotoWriter(photos_folder) if photos_folder else None
    rows = progress(_rows(ids, photos), "Menulis baris", len(ids))
    with _in_place_of(path) as draft:
        if path.suffix.lower() == ".xlsx":
            workbooks.write_rows(draft, _with_header(rows))
        else:
            # The mark at the beginning tells spreadsheet programs that this is UTF-8.
            with draft.open("w", encoding="utf-8-sig", newline="") as file:
                csv_files.write_rows(file, _with_header(rows))
    return len(ids)


@contextlib.contextmanager
def _in_place_of(path: Path) -> Iterator[Path]:
    """Yield where to write beside a file, which is replaced when all has been written, and never by half of it."""
    if not path.parent.is_dir():
        raise ExportRefused(f'Folder "{path.parent}" tidak ada.')
    with tempfile.TemporaryDirectory(prefix=".pasar-kim-", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        yield draft
        draft.replace(path)


class _PhotoWriter:
    """Names photos after the first listing that shows them, so that a person finds them in the folder."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._names: dict[str, str] = {}
        self._taken: set[str] = set()
        folder.mkdir(parents=True, exist_ok=True)

    def name_of(self, use: ListingPhoto, listing: Listing) -> str:
        """Return the file name of a photo, which is written when it is met first."""
        digest = use.photo.digest
        if digest not in self._names:
            name = self._free_name(f"{listing.village_code}-{plain_slug(listing.name)}-{use.position + 1}")
            self._names[digest] = name
            (self._folder / name).write_bytes(self._master_of(digest, listing))
        return self._names[digest]

    def _master_of(self, digest: str, listing: Listing) -> bytes:
        try:
            file = current_storage().open(master_key(digest))
        except FileMissing as error:
            raise ExportRefused(
                f'Foto {digest} dari "{listing.name}" hilang di penyimpanan. Jalankan `photos verify`, '
                "lalu pulihkan dari cadangan."
            ) from error
        with contextlib.closing(file.content) as master:
            return master.read()

    def _free_name(self, stem: str) -> str:
        name, number = f"{stem}.jpg", 2
        while name in self._taken:
            name, number = f"{stem}-{number}.jpg", number + 1
        self._taken.add(name)
        return name


def _ids_in_order(regency_code: str | None) -> list[int]:
    statement = select(
        Listing.id, Listing.village_code, Listing.kind, Listing.name, func.coalesce(Business.name, "")
    ).outerjoin(Business, Business.id == Listing.business_id)
    if regency_code:
        statement = statement.where(Listing.regency_code == regency_code)
    # Sorted here, because databases differ in how they order letters.
    return [row[0] for row in sorted(db.session.execute(statement), key=lambda row: (*row[1:], row[0]))]


def _with_header(rows: Iterator[list[str | int]]) -> Iterator[list[str | int]]:
    yield list(HEADERS)
    yield from rows


def _rows(ids: list[int], photos: _PhotoWriter | None) -> Iterator[list[str | int]]:
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        listings = {listing.id: listing for model in MODELS.values() for listing in _load(model, batch)}
        for id in batch:
            texts = _texts_of(listings[id], photos)
            yield [texts.get(header, "") for header in HEADERS]


def _load(model: type[Product] | type[Attraction], ids: list[int]) -> Iterator[Listing]:
    options = [
        joinedload(model.category),
        joinedload(model.business),
        selectinload(model.photos).joinedload(ListingPhoto.photo),
    ]
    if model is Product:
        options.append(selectinload(Product.variants))
    return db.session.scalars(select(model).where(model.id.in_(ids)).options(*options))


def _texts_of(listing: Listing, photos: _PhotoWriter | None) -> dict[str, str | int]:
    business = listing.business
    texts: dict[str, str | int] = {
        "jenis": listing.kind.value,
        "nama": cells.write_text(listing.name),
        "kategori": listing.category.slug,
        "desa": listing.village_code,
        "usaha": cells.write_text(business.name) if business else "",
        "status": listing.status.value,
        "terbit": cells.write_moment(listing.published_at) if listing.published_at else "",
    }
    if photos:
        texts["foto"] = f"{BETWEEN_PHOTOS} ".join(photos.name_of(use, listing) for use in listing.photos)
        texts["alt_foto"] = _alt_texts(listing)
    for field in FIELDS[listing.kind]:
        owner = listing if field.owner is Owner.LISTING else business
        if owner is not None:
            value = getattr(owner, field.attribute)
            if field.attribute == "variants":
                value = tuple((variant.name, variant.price) for variant in value)
            texts[field.header] = field.text_of(value)
    return texts


def _alt_texts(listing: Listing) -> str:
    texts = [use.alt_text.replace(BETWEEN_ALT_TEXTS, "/") for use in listing.photos]
    return f" {BETWEEN_ALT_TEXTS} ".join(texts) if any(texts) else ""
