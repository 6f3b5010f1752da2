"""Opening hours of a week, Monday first: several spans a day, past midnight where need be."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import String, TypeDecorator

from marketplace.foundation import clock

DAY_NAMES = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
# 24:00 as Python has no such time: a span that ends here lasts to the end of the day.
MIDNIGHT = time(0, 0)
ALL_DAY = (MIDNIGHT, MIDNIGHT)
CLOSED_TEXT = "Tutup"
# A week is kept in a column of 400 characters; nobody opens more often a day.
MOST_SPANS = 3

Span = tuple[time, time]
DAY_PATTERN = "|".join(DAY_NAMES)
DAYS_AT_START = re.compile(
    r"^(?:(?P<every>setiap hari|tiap hari)"
    rf"|(?P<several>(?:{DAY_PATTERN})(?:\s*,\s*(?:{DAY_PATTERN}))+)"
    rf"|(?P<first>{DAY_PATTERN})(?:\s*(?:-|–|sampai|s/d)\s*(?P<last>{DAY_PATTERN}))?)\b(?P<rest>.*)$",
    re.IGNORECASE,
)
SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:-|–|sampai|s/d)\s*(\d{1,2})[.:](\d{2})")


@dataclass(frozen=True)
class OpeningHours:
    """The spans of each of seven days; a day without a span is a day off.

    A span whose end is not later than its beginning runs past midnight; equal ends are a whole day and night.
    """

    days: tuple[tuple[Span, ...], ...]

    def is_open_at(self, moment: datetime) -> bool:
        """Tell whether it is open at this moment, by the clock of western Indonesia."""
        local = moment.astimezone(clock.WIB)
        hour, weekday = local.time(), local.weekday()
        today = any(_covers(span, hour) for span in self.days[weekday])
        return today or any(start >= end > hour for start, end in self.days[weekday - 1])

    def today_text(self, day: date) -> str:
        """Write the hours of a day: `07.00–17.00`, `24 jam`, `Tutup`."""
        return _day_text(self.days[day.weekday()])

    def rows(self) -> list[tuple[str, str]]:
        """Return the week in words, days with the same hours joined: `("Senin–Jumat", "07.00–17.00")`."""
        rows: list[tuple[int, int, tuple[Span, ...]]] = []
        for index, spans in enumerate(self.days):
            if rows and rows[-1][2] == spans:
                rows[-1] = (rows[-1][0], index, spans)
            else:
                rows.append((index, index, spans))
        return [(_days_text(first, last), _day_text(spans)) for first, last, spans in rows]

    def __str__(self) -> str:
        """Write the hours as `parse_opening_hours` reads them."""
        return "; ".join(f"{days.replace('–', '-')} {hours.replace('–', '-')}" for days, hours in self.rows())


class OpeningHoursType(TypeDecorator):
    """Opening hours kept as text, days with `;`, spans with `,`: `07:00-17:00;;08:00-12:00,13:00-16:00;…`."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: OpeningHours | None, dialect):
        if value is None:
            return None
        return ";".join(",".join(f"{start:%H:%M}-{end:%H:%M}" for start, end in spans) for spans in value.days)

    def process_result_value(self, value: str | None, dialect):
        return None if value is None else _from_kept_text(value)


def parse_opening_hours(text: str) -> OpeningHours:
    """Read what people write, or raise ValueError with a sentence on the part that cannot be used.

    `07.00-17.00` and `24 jam` are every day; days are named before their hours and parted by `;`:
    `Senin-Jumat 07.00-17.00; Sabtu, Minggu 06.30-17.30; Jumat tutup`. Days that are not named are days off.
    """
    days: list[tuple[Span, ...]] = [()] * 7
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        chosen, hours = _days_and_hours(part)
        spans = _spans(hours, part)
        for index in chosen:
            days[index] = spans
    return OpeningHours(tuple(days))


def week_in_schema_words(hours: OpeningHours) -> list[str]:
    """Return the week as schema.org's `openingHours` wants it: `Mo 07:00-17:00`."""
    short = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    return [
        f"{short[index]} {start:%H:%M}-{_end_in_schema_words(end)}"
        for index, spans in enumerate(hours.days)
        for start, end in spans
    ]


def _from_kept_text(text: str) -> OpeningHours:
    return OpeningHours(tuple(tuple(_span(span) for span in day.split(",") if span) for day in text.split(";")))


def _span(text: str) -> Span:
    start, _, end = text.partition("-")
    return time.fromisoformat(start), time.fromisoformat(end)


def _covers(span: Span, hour: time) -> bool:
    start, end = span
    return start <= hour and (hour < end or end <= start)


def _days_and_hours(part: str) -> tuple[Sequence[int], str]:
    match = DAYS_AT_START.match(part)
    if match is None or match["every"]:
        return range(7), match["rest"] if match else part
    if match["several"]:
        return [_weekday(name) for name in match["several"].split(",")], match["rest"]
    first = _weekday(match["first"])
    last = _weekday(match["last"] or match["first"])
    return [(first + step) % 7 for step in range((last - first) % 7 + 1)], match["rest"]


def _weekday(name: str) -> int:
    return DAY_NAMES.index(name.strip().capitalize())


def _spans(text: str, part: str) -> tuple[Span, ...]:
    hours = text.strip(" :").lower()
    if hours in {"tutup", "libur"}:
        return ()
    if hours in {"24 jam", "buka 24 jam"}:
        return (ALL_DAY,)
    pieces = [SPAN.fullmatch(piece.strip()) for piece in re.split(r",|\bdan\b", hours)]
    if not hours or None in pieces:
        raise _not_understood(part)
    if len(pieces) > MOST_SPANS:
        raise ValueError(f'Jam buka "{part}" terlalu banyak. Paling banyak {MOST_SPANS} rentang jam sehari.')
    spans = tuple(sorted(_span_from(match, part) for match in pieces))
    # Within a day only: the night of one day may well run into the next, which is open around the clock.
    if any(start < end or end <= begin for (begin, end), (start, _) in itertools.pairwise(spans)):
        raise ValueError(f'Jam buka "{part}" bertumpukan. Tulis rentang jam yang tidak saling menutupi.')
    return spans


def _span_from(match: re.Match, part: str) -> Span:
    first_hour, first_minute, last_hour, last_minute = map(int, match.groups())
    try:
        return time(first_hour, first_minute), time(
            0 if (last_hour, last_minute) == (24, 0) else last_hour, last_minute
        )
    except ValueError as error:
        raise _not_understood(part) from error


def _not_understood(part: str) -> ValueError:
    return ValueError(f'Jam buka "{part}" tidak terbaca. Contoh: Senin-Jumat 07.00-17.00; Sabtu 08.00-12.00.')


def _days_text(first: int, last: int) -> str:
    if (first, last) == (0, 6):
        return "Setiap hari"
    if first == last:
        return DAY_NAMES[first]
    return f"{DAY_NAMES[first]}–{DAY_NAMES[last]}"


def _day_text(spans: tuple[Span, ...]) -> str:
    if not spans:
        return CLOSED_TEXT
    if spans == (ALL_DAY,):
        return "24 jam"
    return ", ".join(f"{start:%H.%M}–{_end_text(end)}" for start, end in spans)


def _end_text(end: time) -> str:
    return "24.00" if end == MIDNIGHT else f"{end:%H.%M}"


def _end_in_schema_words(end: time) -> str:
    return "23:59" if end == MIDNIGHT else f"{end:%H:%M}"
