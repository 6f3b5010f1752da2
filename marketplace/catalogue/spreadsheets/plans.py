"""What a table wants, checked to the last cell and photo before anything is saved."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from marketplace.catalogue.errors import Fault, ImportRefused
from marketplace.catalogue.spreadsheets.categories import CategoryFinder
from marketplace.catalogue.spreadsheets.columns import REQUIRED, match_columns
from marketplace.catalogue.spreadsheets.drafts import BusinessDraft, Draft, RowReader
from marketplace.catalogue.spreadsheets.existing import Existing
from marketplace.catalogue.spreadsheets.pictures import Picture, PictureDesk, PictureFolder
from marketplace.catalogue.spreadsheets.progress import Progress, silently
from marketplace.catalogue.spreadsheets.tables import Table
from marketplace.catalogue.spreadsheets.villages import VillageFinder


@dataclass(frozen=True)
class Plan:
    """A table in which nothing is wrong, ready to be saved; it holds no rows of the database."""

    drafts: list[Draft]
    businesses: list[BusinessDraft]
    pictures: dict[Path, Picture]


def check_table(table: Table, photos_folder: Path | None, desk: PictureDesk, progress: Progress = silently) -> Plan:
    """Return what a table wants, or refuse with ImportRefused listing every fault. Only reads."""
    places, faults = match_columns(table)
    if not places.keys() >= set(REQUIRED):
        raise ImportRefused(faults)
    pictures_folder = PictureFolder(photos_folder)
    reader = RowReader(places, VillageFinder.from_database(), CategoryFinder.from_database(), pictures_folder)
    drafts = [
        draft
        for number, row in progress(table.rows, "Memeriksa baris", len(table.rows))
        if (draft := reader.read(number, row)) is not None
    ]
    businesses = list(reader.businesses.values())
    faults += reader.faults + Existing(drafts, businesses).faults_of(drafts, businesses)
    pictures, picture_faults = _check_pictures(reader.files, desk, progress)
    faults += picture_faults
    if faults:
        raise ImportRefused(sorted(faults, key=lambda fault: (fault.row, places.get(fault.column, -1))))
    return Plan(drafts, businesses, pictures)


def _check_pictures(
    files_by_row: Mapping[int, list[Path]], desk: PictureDesk, progress: Progress
) -> tuple[dict[Path, Picture], list[Fault]]:
    files = list(dict.fromkeys(file for files in files_by_row.values() for file in files))
    pictures, refused = desk.work_through(files, progress)
    faults = []
    for row, files in files_by_row.items():
        digests: dict[str, Path] = {}
        for file in files:
            if file in refused:
                faults.append(Fault(row, "foto", f'"{file.name}": {refused[file]}'))
            else:
                first = digests.setdefault(pictures[file].digest, file)
                if first != file:
                    faults.append(Fault(row, "foto", f'"{file.name}" sama persis dengan "{first.name}".'))
    return pictures, faults
