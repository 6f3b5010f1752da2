"""How numbers, money, days and names are written for people."""

import re
import unicodedata
from datetime import date, datetime, time
from functools import lru_cache

from babel.dates import format_date
from flask import Flask

from marketplace.foundation import clock

LOCALE = "id_ID"
LONGEST_SLUG = 60
# Jumat Legi 17 August 1945 anchors the five-day market week (UI.md, section 7).
MARKET_DAYS = ("Legi", "Pahing", "Pon", "Wage", "Kliwon")
A_LEGI_DAY = date(1945, 8, 17)


def angka(number: int) -> str:
    """Write a whole number with dots for thousands: 13.644."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """Write an amount of whole rupiah: Rp18.000.

    Babel writes the same, ten times slower; a list shows two dozen of them.
    """
    return f"-Rp{angka(-amount)}" if amount < 0 else f"Rp{angka(amount)}"


def jam(moment: time) -> str:
    """Write an hour of the day: 08.00."""
    return f"{moment:%H.%M}"


def tanggal(day: date | datetime) -> str:
    """Write a day in full, of a moment the day that it is in East Java: 23 November 2026."""
    return format_date(_day(day), "d MMMM y", locale=LOCALE)


def tanggal_pendek(day: date | datetime) -> str:
    """Write a day without its year: 23 Nov."""
    return format_date(_day(day), "d MMM", locale=LOCALE)


@lru_cache(maxsize=4)
def market_day_line(day: date) -> str:
    """Write a day with its place in the five-day market week: Senin Wage, 23 November."""
    market_day = MARKET_DAYS[(day - A_LEGI_DAY).days % len(MARKET_DAYS)]
    return f"{format_date(day, 'EEEE', locale=LOCALE)} {market_day}, {format_date(day, 'd MMMM', locale=LOCALE)}"


@lru_cache(maxsize=4096)
def plain_slug(text: str) -> str:
    """Return the text as it stands in an address: lower case, ASCII, hyphens; never empty."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return slug[:LONGEST_SLUG].rstrip("-") or "tanpa-nama"


def sentence_of(text: str, longest: int) -> str:
    """Return the beginning of a text on one line, cut between words where it is too long."""
    line = " ".join(text.split())
    if len(line) <= longest:
        return line
    return f"{line[: longest - 1].rsplit(' ', 1)[0].rstrip(',.;:')}…"


def offer_to_templates(app: Flask) -> None:
    """Make the functions filters of the same names."""
    for function in (angka, rupiah, jam, tanggal, tanggal_pendek):
        app.jinja_env.filters[function.__name__] = function


def _day(day: date | datetime) -> date:
    return day.astimezone(clock.WIB).date() if isinstance(day, datetime) else day
