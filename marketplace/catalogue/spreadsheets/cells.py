"""What people type into one cell, understood; and the same values written back.

Every `read_` function takes text without spaces at its ends, never empty, and refuses with CellRefused.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.spreadsheets.texts import cleaned, word_key
from marketplace.foundation import clock, phones
from marketplace.foundation.months import NAMES as MONTH_NAMES
from marketplace.foundation.months import months_text, parse_months
from marketplace.foundation.opening_hours import OpeningHours, parse_opening_hours

YES, NO = {"ya", "y", "yes", "true", "benar", "1"}, {"tidak", "t", "no", "n", "false", "salah", "bukan", "0"}
FREE = {"gratis", "free", "cuma cuma", "tidak bayar"}
ON_REQUEST = {"tanya", "tanya harga", "hubungi penjual", "nego"}
HIGHEST_AMOUNT = 10_000_000_000
HIGHEST_COUNT = 100_000
EARLIEST_DAY, LATEST_DAY = date(1945, 8, 17), date(2100, 1, 1)
BETWEEN_VARIANTS = ";"
MULTIPLES = {"ribu": 1_000, "rb": 1_000, "k": 1_000, "juta": 1_000_000, "jt": 1_000_000}

# Excel shows a long number that was typed into a narrow column as 8,12346E+11: the digits after that are lost.
SCIENTIFIC = re.compile(r"\d+([.,]\d+)?E\+?\d+", re.IGNORECASE)
IN_MULTIPLES = re.compile(r"(\d+(?:[.,]\d+)?)\s*(ribu|rb|k|juta|jt)")
GROUPED_BY_DOTS = re.compile(r"\d{1,3}(\.\d{3})+(,0{1,2})?")
GROUPED_BY_COMMAS = re.compile(r"\d{1,3}(,\d{3})+(\.0{1,2})?")
UNGROUPED = re.compile(r"\d+([.,]0{1,2})?")
ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
LOCAL_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
NAMED_DAY = re.compile(r"(\d{1,2})[-/. ]([a-z]+)[-/. ](\d{4})")
MOMENT = re.compile(r"(?P<day>\S+)[ T](?P<hour>\d{1,2})[.:](?P<minute>\d{2})(?:[.:](?P<second>\d{2}))?")


def read_text(text: str) -> str:
    """Read free text."""
    return text


def read_line(text: str) -> str:
    """Read text that stands on one line."""
    return " ".join(text.split())


def read_number_text(text: str) -> str:
    """Read a number that is a name, such as NIB or P-IRT: every digit counts."""
    if SCIENTIFIC.fullmatch(text):
        raise CellRefused("Excel memotong angka ini. Ubah format kolomnya menjadi Teks, lalu ketik ulang angkanya.")
    return read_line(text)


def read_phone(text: str) -> str:
    """Read a telephone number into E.164."""
    try:
        return phones.to_e164(read_number_text(text))
    except phones.PhoneRefused as refusal:
        raise CellRefused(refusal.user_message) from refusal


def read_amount(text: str) -> int:
    """Read whole rupiah: `Rp 18.000`, `18000`, `18.000,00`, `18,000`, `18 ribu`, `1,5 juta`."""
    plain = re.sub(r"^(rp|idr)\.?", "", text.lower().strip()).strip()
    plain = re.sub(r"[.,]?\s*-+$", "", plain)
    if match := IN_MULTIPLES.fullmatch(plain):
        amount = float(match[1].replace(",", ".")) * MULTIPLES[match[2]]
        if amount != round(amount):
            raise CellRefused(f'Harga "{text}" bukan rupiah bulat.')
        return _checked_amount(round(amount), text)
    plain = re.sub(r"[\s_']", "", plain)
    if GROUPED_BY_DOTS.fullmatch(plain):
        plain = plain.partition(",")[0].replace(".", "")
    elif GROUPED_BY_COMMAS.fullmatch(plain):
        plain = plain.partition(".")[0].replace(",", "")
    elif UNGROUPED.fullmatch(plain):
        plain = re.split("[.,]", plain)[0]
    else:
        raise CellRefused(f'"{text}" tidak terbaca sebagai rupiah bulat. Contoh: 18000 atau Rp18.000.')
    return _checked_amount(int(plain), text)


def read_price(text: str) -> int | None:
    """Read a product's price; words such as `tanya harga` mean none."""
    if word_key(text) in ON_REQUEST or not word_key(text):
        return None
    amount = read_amount(text)
    if amount == 0:
        raise CellRefused("Harga nol tidak bisa dipakai. Kosongkan bila pembeli perlu bertanya dulu.")
    return amount


def read_positive_amount(text: str) -> int:
    """Read whole rupiah above zero."""
    amount = read_amount(text)
    if amount == 0:
        raise CellRefused("Isi dengan rupiah di atas nol, atau kosongkan.")
    return amount


def read_ticket(text: str) -> int:
    """Read a ticket or a fee: `gratis` is 0."""
    return 0 if word_key(text) in FREE else read_amount(text)


def read_count(text: str) -> int:
    """Read a whole number above zero, with or without its unit: `3`, `3 hari`."""
    match = re.fullmatch(r"(\d{1,9})(?:\.0+)?\s*[a-z]*", text.lower())
    if match is None or not 1 <= int(match[1]) <= HIGHEST_COUNT:
        raise CellRefused(f'"{text}" bukan angka bulat. Contoh: 3.')
    return int(match[1])


def read_coordinate(text: str) -> float:
    """Read a latitude or longitude in degrees, with a dot or a comma."""
    if not re.fullmatch(r"[-+]?\d{1,3}([.,]\d+)?", text):
        raise CellRefused(f'"{text}" bukan koordinat. Contoh: -7.98123.')
    return float(text.replace(",", "."))


def read_yes_or_no(text: str) -> bool:
    """Read `ya` or `tidak`."""
    word = word_key(text)
    if word not in YES | NO:
        raise CellRefused(f'Isi dengan "ya" atau "tidak", bukan "{text}".')
    return word in YES


def read_day(text: str) -> date:
    """Read a day: `2026-11-23`, `23-11-2026`, `23/11/2026`, `23 November 2026`."""
    try:
        day = _day(text)
    except ValueError as error:
        raise CellRefused(f'"{text}" bukan tanggal. Contoh: 17-08-2026.') from error
    if not EARLIEST_DAY <= day <= LATEST_DAY:
        raise CellRefused(f'Tahun pada "{text}" tidak wajar.')
    return day


def read_moment(text: str) -> datetime:
    """Read a day and an hour of western Indonesia, or a day alone: its beginning."""
    match = MOMENT.fullmatch(text)
    day = read_day(match["day"] if match else text)
    hour, minute, second = (int(match[part] or 0) for part in ("hour", "minute", "second")) if match else (0, 0, 0)
    try:
        moment = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=clock.WIB)
    except ValueError as error:
        raise CellRefused(f'"{text}" bukan tanggal dan jam. Contoh: 2026-08-17 09:30.') from error
    return moment


def read_hours(text: str) -> OpeningHours:
    """Read opening hours of a week."""
    try:
        return parse_opening_hours(text)
    except ValueError as error:
        raise CellRefused(str(error)) from error


def read_months(text: str) -> frozenset[int]:
    """Read the months of a season."""
    try:
        return parse_months(text)
    except ValueError as error:
        raise CellRefused(f'"{error}" bukan nama bulan. Contoh: Desember-Februari, Juni.') from error


def read_variants(text: str) -> tuple[tuple[str, int], ...]:
    """Read names with prices: `Pedas=15000; Manis=16000`."""
    variants = []
    for part in filter(None, (piece.strip() for piece in text.split(BETWEEN_VARIANTS))):
        name, separator, price = (piece.strip() for piece in part.rpartition("="))
        if not separator or not name or not price:
            raise CellRefused(f'Varian "{part}" belum lengkap. Contoh: Pedas=15000; Manis=16000.')
        if len(name) > 60:
            raise CellRefused(f'Nama varian "{name[:20]}…" lebih dari 60 huruf.')
        variants.append((name, read_positive_amount(price)))
    return tuple(variants)


def write_text(value: str) -> str:
    """Write text in the spelling in which it would be read again."""
    return cleaned(value)


def write_phone(value: str) -> str:
    """Write a number the local way."""
    return phones.shown(value)


def write_yes_or_no(value: bool) -> str:
    """Write `ya` or `tidak`."""
    return "ya" if value else "tidak"


def write_moment(value: datetime) -> str:
    """Write a moment by the clock of western Indonesia."""
    return f"{value.astimezone(clock.WIB):%Y-%m-%d %H:%M:%S}"


def write_months(value: Iterable[int]) -> str:
    """Write the months of a season with plain hyphens."""
    return months_text(value).replace("–", "-")


def write_variants(value: Iterable[tuple[str, int]]) -> str:
    """Write names with prices; a name cannot hold what parts two variants."""
    return f"{BETWEEN_VARIANTS} ".join(f"{name.replace(BETWEEN_VARIANTS, ',')}={price}" for name, price in value)


def _checked_amount(amount: int, text: str) -> int:
    if amount > HIGHEST_AMOUNT:
        raise CellRefused(f'"{text}" terlalu besar untuk sebuah harga.')
    return amount


def _day(text: str) -> date:
    plain = " ".join(text.lower().split())
    # A cell that holds a day and no hour arrives from spreadsheet programs as midnight.
    plain = re.sub(r"[ t]00[:.]00([:.]00)?$", "", plain)
    if match := ISO_DAY.fullmatch(plain):
        return date(int(match[1]), int(match[2]), int(match[3]))
    if match := LOCAL_DAY.fullmatch(plain):
        return date(int(match[3]), int(match[2]), int(match[1]))
    if match := NAMED_DAY.fullmatch(plain):
        return date(int(match[3]), _month_number(match[2]), int(match[1]))
    raise ValueError(text)


def _month_number(word: str) -> int:
    for number, name in enumerate(MONTH_NAMES, start=1):
        if len(word) >= 3 and name.lower().startswith(word):
            return number
    raise ValueError(word)
