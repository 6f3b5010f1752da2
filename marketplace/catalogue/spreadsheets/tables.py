"""Any spreadsheet as rows of text, with the row numbers that the spreadsheet itself shows."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from marketplace.catalogue.errors import TableRefused
from marketplace.catalogue.spreadsheets import csv_files, workbooks
from marketplace.catalogue.spreadsheets.texts import cleaned, with_formula

LARGEST_FILE = 30 * 1024 * 1024
MOST_ROWS = 50_000
MOST_COLUMNS = 200
LONGEST_CELL = 20_000
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class Table:
    """The cells of a spreadsheet: `header` with its row number, then `(row number, cells)` without empty rows."""

    header_row: int
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(path: Path) -> Table:
    """Read a .csv or .xlsx file, told apart by content; refuses with TableRefused, naming what is wrong."""
    size = path.stat().st_size
    if size == 0:
        raise TableRefused("Berkas ini kosong.")
    if size > LARGEST_FILE:
        raise TableRefused(f"Berkas ini lebih dari {LARGEST_FILE // 1024 // 1024} MB. Pecah menjadi beberapa berkas.")
    content = path.read_bytes()
    if content.startswith(OLD_EXCEL):
        raise TableRefused(
            "Ini Excel format lama atau terkunci sandi. Simpan sebagai .xlsx tanpa sandi, lalu coba lagi."
        )
    rows = workbooks.rows_of(content) if content.startswith(b"PK\x03\x04") else csv_files.rows_of(content)
    return table_of(rows)


def table_of(rows: Iterable[tuple[int, list[str]]]) -> Table:
    """Return the table in these numbered rows: the first that is not empty is its header."""
    filled = _filled(rows)
    header_row, header = next(filled, (1, []))
    if not header:
        raise TableRefused("Berkas ini tidak berisi baris apa pun.")
    rows = list(filled)
    for number, cells in rows:
        if len(cells) > len(header):
            raise TableRefused(
                f"Baris {number} berisi lebih banyak isian daripada kolom judul. "
                "Beri tanda kutip pada teks yang memuat koma, atau beri judul pada kolom itu."
            )
    return Table(header_row, header, rows)


def _filled(rows: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    count = 0
    for number, cells in rows:
        texts = [cleaned(with_formula(cell)) for cell in cells]
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        count += 1
        if count > MOST_ROWS + 1:
            raise TableRefused(
                f"Tabel ini lebih dari {MOST_ROWS:,} baris. Pecah menjadi beberapa berkas.".replace(",", ".")
            )
        if len(texts) > MOST_COLUMNS:
            raise TableRefused(f"Baris {number} lebih dari {MOST_COLUMNS} kolom. Periksa pemisah kolomnya.")
        if any(len(cell) > LONGEST_CELL for cell in texts):
            raise TableRefused(
                f"Ada sel di baris {number} yang lebih dari {LONGEST_CELL} huruf. Periksa tanda kutipnya."
            )
        yield number, texts
