"""Spreadsheets for tests: rows as a Dinas would type them, brought in through the import."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

import pytest
import xlsxwriter
from PIL import Image

from marketplace.catalogue.errors import Fault, ImportRefused
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.spreadsheets.columns import REQUIRED
from marketplace.catalogue.spreadsheets.imports import ImportReport, save_plan
from marketplace.catalogue.spreadsheets.pictures import PictureDesk, store_pictures
from marketplace.catalogue.spreadsheets.plans import Plan, check_table
from marketplace.catalogue.spreadsheets.tables import Table, read_table, table_of
from marketplace.foundation.access import CONSOLE
from tests.support.places import KEDUNGREJO

Row = dict[str, str]


def a_product_row(**cells: str) -> Row:
    """A row for a product in Kedungrejo in which nothing is wrong."""
    row = {
        "jenis": "produk",
        "nama": "Keripik tempe",
        "kategori": "makanan-ringan",
        "desa": KEDUNGREJO,
        "usaha": "Dapur Bu Sri",
        "pemilik": "Sri Wahyuni",
        "whatsapp": "0812-3456-7890",
        "harga": "18.000",
        "satuan": "bungkus",
        "deskripsi": "Tempe tipis yang digoreng dua kali.",
    }
    return row | cells


def an_attraction_row(**cells: str) -> Row:
    """A row for an attraction in Kedungrejo in which nothing is wrong."""
    row = {
        "jenis": "wisata",
        "nama": "Sumber Gedong",
        "kategori": "alam",
        "desa": KEDUNGREJO,
        "harga": "5.000",
        "deskripsi": "Mata air di bawah pohon beringin.",
    }
    return row | cells


def bring_in(*rows: Row, photos: Path | None = None, publish: bool = False) -> ImportReport:
    """Import rows as the command does."""
    load_categories()
    with PictureDesk() as desk:
        return _saved(check_table(table_of_rows(*rows), photos, desk), publish)


def bring_in_file(path: Path, photos: Path | None = None, publish: bool = False) -> ImportReport:
    """Import a file as the command does."""
    load_categories()
    with PictureDesk() as desk:
        return _saved(check_table(read_table(path), photos, desk), publish)


def _saved(plan: Plan, publish: bool) -> ImportReport:
    store_pictures(plan.pictures.values())
    return save_plan(CONSOLE, plan, publish)


def faults_of(*rows: Row, photos: Path | None = None) -> tuple[Fault, ...]:
    """Return what an import finds wrong with rows; the first stands in row 2."""
    with pytest.raises(ImportRefused) as refusal:
        bring_in(*rows, photos=photos)
    return refusal.value.faults


def csv_bytes(rows: Iterable[Row], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """Return rows as the bytes of a CSV file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(cells for _, cells in _numbered(list(rows)))
    return text.getvalue().encode(encoding)


def write_workbook(
    path: Path, rows: Iterable[Iterable], hidden_first: bool = False, failed: tuple[int, int] | None = None
) -> Path:
    """Write cells of any type to an Excel workbook; `failed` is where a formula divides by zero."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        if hidden_first:
            workbook.add_worksheet("catatan").hide()
        sheet = workbook.add_worksheet()
        if hidden_first:
            sheet.activate()
            sheet.set_first_sheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        if failed:
            sheet.write_formula(*failed, "=1/0", None, "#DIV/0!")
    return path


def a_picture_file(folder: Path, name: str, color: str = "peru") -> Path:
    """A photo file that the pipeline accepts."""
    path = folder / name
    Image.new("RGB", (400, 300), color).save(path, format="JPEG")
    return path


def table_of_rows(*rows: Row) -> Table:
    """Return rows as a spreadsheet that has been read."""
    return table_of(_numbered(rows))


def _numbered(rows: Iterable[Row]) -> list[tuple[int, list[str]]]:
    rows = list(rows)
    header = list(dict.fromkeys((*REQUIRED, *(name for row in rows for name in row))))
    lines = [header, *([row.get(name, "") for name in header] for row in rows)]
    return list(enumerate(lines, start=1))
