"""The file of East Java's places: read whole, or refused with the line that cannot be true."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from marketplace.regions.errors import PlacesRefused

COLUMNS = ("code", "level", "name", "kind", "parent_code", "lat", "lng")
# Parents before children.
LEVEL_NAMES = {
    "province": "provinsi",
    "regency": "kabupaten dan kota",
    "district": "kecamatan",
    "village": "desa dan kelurahan",
}
CODES = {
    "province": re.compile(r"\d{2}"),
    "regency": re.compile(r"\d{2}\.\d{2}"),
    "district": re.compile(r"\d{2}\.\d{2}\.\d{2}"),
    "village": re.compile(r"\d{2}\.\d{2}\.\d{2}\.\d{4}"),
}
KINDS = {
    "province": {"provinsi"},
    "regency": {"kabupaten", "kota"},
    "district": {"kecamatan"},
    "village": {"desa", "kelurahan"},
}
LONGEST_NAME = 80
# From the shoals south of Java to Masalembu, from Pacitan to the last of the Kangean islands, and a little more.
LATITUDES, LONGITUDES = (-10.0, -4.0), (110.0, 118.0)

Row = dict[str, str]


def read_places(file: Path) -> list[Row]:
    """Return the rows of a file of places, or refuse with PlacesRefused what is none, or not all four levels."""
    try:
        with file.open(encoding="utf-8-sig", newline="") as text:
            reader = csv.DictReader(text)
            if not set(COLUMNS) <= set(reader.fieldnames or ()):
                raise PlacesRefused(f"Ini bukan berkas wilayah: judul kolomnya harus {', '.join(COLUMNS)}.")
            rows = list(_checked(reader))
    except (UnicodeDecodeError, csv.Error) as error:
        raise PlacesRefused("Berkas ini tidak terbaca sebagai CSV dalam UTF-8.") from error
    levels = {row["level"]: row["code"] for row in rows}
    missing = [name for level, name in LEVEL_NAMES.items() if level not in levels]
    if missing:
        raise PlacesRefused(f"Berkas ini tidak menyebut satu pun {', '.join(missing)}.")
    _refuse_orphans(rows)
    return rows


def _checked(reader: csv.DictReader) -> Iterator[Row]:
    codes = set()
    for row in reader:
        problem = "isinya kurang" if None in row.values() else _problem_of(row)
        if row["code"] in codes:
            problem = f'kode "{row["code"]}" ada dua kali'
        if problem:
            raise PlacesRefused(f"Baris {reader.line_num}: {problem}.")
        codes.add(row["code"])
        yield row


def _problem_of(row: Row) -> str | None:
    level = row["level"]
    if level not in CODES:
        return f'tingkat "{level}" tidak dikenal'
    if not CODES[level].fullmatch(row["code"]):
        return f'"{row["code"]}" bukan kode {LEVEL_NAMES[level]}'
    if row["parent_code"] != row["code"].rpartition(".")[0]:
        return f'"{row["code"]}" tidak berada di "{row["parent_code"]}"'
    if row["kind"] not in KINDS[level]:
        return f'"{row["kind"]}" bukan jenis {LEVEL_NAMES[level]}'
    if not 1 <= len(row["name"].strip()) <= LONGEST_NAME:
        return f"namanya harus 1 sampai {LONGEST_NAME} huruf"
    if not (_lies_between(row["lat"], LATITUDES) and _lies_between(row["lng"], LONGITUDES)):
        return f'titik "{row["lat"]}, {row["lng"]}" tidak terletak di Jawa Timur'
    return None


def _lies_between(text: str, bounds: tuple[float, float]) -> bool:
    try:
        return bounds[0] <= float(text) <= bounds[1]
    except ValueError:
        return False


def _refuse_orphans(rows: list[Row]) -> None:
    codes = {row["code"] for row in rows}
    for row in rows:
        if row["parent_code"] and row["parent_code"] not in codes:
            raise PlacesRefused(f'"{row["code"]}" berada di "{row["parent_code"]}", yang tidak ada di berkas ini.')
