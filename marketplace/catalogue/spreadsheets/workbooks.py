"""Excel workbooks (.xlsx): read with their sizes checked before anything is unpacked into memory."""

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum
from xlsxwriter import Workbook

from marketplace.catalogue.errors import TableRefused
from marketplace.catalogue.spreadsheets.texts import FORMULA, without_formula

LARGEST_UNPACKED = 250 * 1024 * 1024
# The parts that only list other parts are small, and declare nothing of their own.
LARGEST_INDEX = 1024 * 1024
MOST_PARTS = 2_000
MOST_CELLS = 3_000_000
LAST_ROW = 60_000
LAST_COLUMN = 400
MADE_AT = datetime(2026, 1, 1)
PIECE = 256 * 1024
LOCAL_HEADER = 30
# The largest whole number that a spreadsheet keeps exactly: above it digits are lost.
EXACT = 10**15

BOOK_PART, RELATIONS_PART = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
CELL_WITH_PLACE = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
CELL_START = re.compile(rb"<(?:\w+:)?c(?=[\s/>])[^>]*>")
ROW_START = re.compile(rb'<(?:\w+:)?row\s[^>]*?\br="(\d{1,9})"[^>]*(?<!/)>')
FAILED_FORMULA = re.compile(rb'\st="e"')
FAILED = "#N/A"
BOMB = "Isi berkas ini jauh lebih besar daripada kelihatannya, jadi tidak kami buka."
TOO_WIDE = "Tabelnya terlalu luas: ada sel terisi jauh di luar tabel. Hapus baris dan kolom yang tidak dipakai."
BROKEN = "Berkas Excel ini rusak atau bukan Excel. Buka lalu simpan ulang sebagai .xlsx."


def rows_of(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Return the rows of the first visible sheet that has any, with their numbers; formulas as last computed."""
    failed_formulas = _look_through(content)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for position, sheet in enumerate(workbook.sheets_metadata):
            if sheet.typ is not SheetTypeEnum.WorkSheet or sheet.visible is not SheetVisibleEnum.Visible:
                continue
            cells = workbook.get_sheet_by_name(sheet.name)
            if cells.start is not None:
                yield from _numbered_rows(cells, failed_formulas.get(_part_of_sheet(content, position), set()))
                return
    except CalamineError as error:
        raise TableRefused(BROKEN) from error


def _numbered_rows(cells: CalamineSheet, failed: set[tuple[int, int]]) -> Iterator[tuple[int, list[str]]]:
    # The reader leaves out the empty columns before the table, but not the empty rows above it.
    first_column = cells.start[1]
    for number, row in enumerate(cells.iter_rows(), start=1):
        texts = [cell_text(value) for value in row]
        for place in range(len(texts)):
            # The reader gives nothing for a failed formula; an empty price would mean that buyers may ask.
            if (number, first_column + place + 1) in failed:
                texts[place] = FAILED
        yield number, texts


def cell_text(value) -> str:
    """Return what a person would type for a cell's value: phones and prices without `.0`, days as 2026-11-23."""
    match value:
        case str():
            return value
        case bool():
            return "ya" if value else "tidak"
        case int() | float() if abs(value) >= EXACT:
            return f"{value:.5E}"
        case float() if value.is_integer():
            return str(int(value))
        case float() | int():
            return repr(value)
        case datetime():
            return f"{value:%Y-%m-%d}" if value.time() == time() else f"{value:%Y-%m-%d %H:%M:%S}"
        case date():
            return value.isoformat()
        case time():
            return f"{value:%H.%M}"
        case timedelta():
            minutes = round(value.total_seconds() / 60)
            return f"{minutes // 60:02}.{minutes % 60:02}"
        case _:
            return ""


def write_rows(path: Path, rows: Iterable[Iterable[str | int]]) -> None:
    """Write rows as text and whole numbers, never as formulas or links."""
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(str(path), options) as workbook:
        workbook.set_properties({"created": MADE_AT})
        bold = workbook.add_format({"bold": True})
        sheet = workbook.add_worksheet("Pasar KIM")
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(number, column, cell)
                elif cell:
                    # Cells typed as text are never run; one that begins with our own mark keeps it on the way back.
                    text = without_formula(cell) if cell.startswith("'") and FORMULA.match(cell) else cell
                    sheet.write_string(number, column, text, bold if number == 0 else None)


def _look_through(content: bytes) -> dict[str, set[tuple[int, int]]]:
    """Refuse bombs, and return for each sheet's part the row and column of every formula that failed.

    Every part is unpacked piece by piece and none is kept: what a header says about sizes may be a lie.
    """
    parts = _archive(content).infolist()
    if len(parts) > MOST_PARTS:
        raise TableRefused(BOMB)
    unpacked = 0
    failed_formulas = {}
    for part in parts:
        sheet = _SheetExtent() if SHEET_PART.fullmatch(part.filename) else None
        for piece in _pieces(content, part):
            unpacked += len(piece)
            if unpacked > LARGEST_UNPACKED:
                raise TableRefused(BOMB)
            if sheet:
                sheet.look_at(piece)
        if sheet:
            failed_formulas[part.filename] = sheet.failed
    return failed_formulas


def _archive(content: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        raise TableRefused(BROKEN) from error


def _part_of_sheet(content: bytes, position: int) -> str:
    """Return the name of the part that holds the sheet at this position among the tabs."""
    book, relations = (_tree(content, name) for name in (BOOK_PART, RELATIONS_PART))
    sheets = [element for element in book.iter() if element.tag.endswith("}sheet")]
    targets = {element.get("Id"): element.get("Target", "") for element in relations}
    relation_ids = [value for name, value in sheets[position].items() if name.endswith("}id")]
    target = targets.get(relation_ids[0], "") if relation_ids else ""
    return target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


class _SheetExtent:
    """Looks through a sheet for filled cells far away: the reader would reserve memory for all that lies between."""

    def __init__(self):
        self.rest = b""
        self.cells = 0
        self.failed: set[tuple[int, int]] = set()

    def look_at(self, piece: bytes) -> None:
        text = self.rest + piece
        # A tag that is not complete yet waits for the next piece.
        end = text.rfind(b"<")
        self.rest = text[end:] if end >= 0 and b">" not in text[end:] else b""
        text = text[: len(text) - len(self.rest)]
        if len(self.rest) > PIECE:
            raise TableRefused(BROKEN)
        for cell in CELL_START.finditer(text):
            self.cells += 1
            tag = cell[0]
            place = CELL_WITH_PLACE.search(tag)
            if place is None or tag.endswith(b"/>"):
                continue
            row, column = int(place[2]), _column_number(place[1])
            if row > LAST_ROW or column > LAST_COLUMN:
                raise TableRefused(TOO_WIDE)
            if FAILED_FORMULA.search(tag):
                self.failed.add((row, column))
        if self.cells > MOST_CELLS:
            raise TableRefused(TOO_WIDE)
        if any(int(row[1]) > LAST_ROW for row in ROW_START.finditer(text)):
            raise TableRefused(TOO_WIDE)


def _tree(content: bytes, name: str) -> ElementTree.Element:
    try:
        text = _archive(content).read(name)
        if len(text) > LARGEST_INDEX or b"<!" in text:
            raise TableRefused(BROKEN)
        return ElementTree.fromstring(text)  # noqa: S314 - without "<!" there is nothing to expand
    except (KeyError, ElementTree.ParseError) as error:
        raise TableRefused(BROKEN) from error


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _pieces(content: bytes, part: zipfile.ZipInfo) -> Iterator[bytes]:
    name_length = int.from_bytes(content[part.header_offset + 26 : part.header_offset + 28], "little")
    extra_length = int.from_bytes(content[part.header_offset + 28 : part.header_offset + 30], "little")
    start = part.header_offset + LOCAL_HEADER + name_length + extra_length
    packed = memoryview(content)[start : start + part.compress_size]
    if part.compress_type == zipfile.ZIP_STORED:
        yield from (bytes(packed[at : at + PIECE]) for at in range(0, len(packed), PIECE))
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        raise TableRefused(BROKEN)
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        waiting, piece = bytes(packed), b""
        # When all is taken in, more may still be waiting to come out.
        while not inflater.eof and (waiting or piece):
            piece = inflater.decompress(waiting, PIECE)
            waiting = inflater.unconsumed_tail
            yield piece
    except zlib.error as error:
        raise TableRefused(BROKEN) from error
