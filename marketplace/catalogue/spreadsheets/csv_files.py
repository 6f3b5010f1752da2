"""Comma-separated values as spreadsheet programs really write them: any usual encoding and delimiter."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from typing import TextIO

from marketplace.catalogue.errors import TableRefused
from marketplace.catalogue.spreadsheets.texts import without_formula

DELIMITERS = ",;\t"
# Excel's own first line that names the delimiter; it is not shown as a row.
NAMED_DELIMITER = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Return the rows with their numbers: a cell of several lines is still one row, as on the screen."""
    text = _decoded(content)
    named = NAMED_DELIMITER.match(text)
    if named:
        text = text[named.end() :]
    delimiter = named[1] if named else _delimiter_of(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            yield number, cells
    except csv.Error as error:
        raise TableRefused(
            f'Baris {number + 1} tidak terbaca: tanda kutip (") dibuka dan tidak ditutup, atau selnya terlalu panjang.'
        ) from error


def write_rows(file: TextIO, rows: Iterable[Iterable[str | int]]) -> None:
    """Write rows so that no cell is run as a formula when the file is opened."""
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([without_formula(str(cell)) for cell in row])


def _decoded(content: bytes) -> str:
    is_utf16 = content.startswith(UTF16_MARKS)
    if b"\0" in content and not is_utf16:
        raise TableRefused
    encodings = ("utf-16",) if is_utf16 else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused("Huruf di berkas ini tidak terbaca. Simpan sebagai CSV UTF-8, lalu coba lagi.")


def _delimiter_of(text: str) -> str:
    """Return what parts the cells of the header: the first line that is not empty, outside quotation marks."""
    header = next((line for line in text.splitlines() if line.strip(DELIMITERS + " ")), "")
    unquoted = re.sub(r'"[^"]*"', "", header)
    return max(DELIMITERS, key=unquoted.count)
