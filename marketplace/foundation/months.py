"""Months of a year as a set, for seasons: `frozenset({1, 2, 12})`."""

from collections.abc import Iterable

from sqlalchemy import String, TypeDecorator

NAMES = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
ALL_YEAR = frozenset(range(1, 13))


class MonthsType(TypeDecorator):
    """A set of months kept as text with commas, in order: `1,2,12`."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Iterable[int] | None, dialect):
        if value is None:
            return None
        months = sorted(set(value))
        if not ALL_YEAR.issuperset(months):
            raise ValueError(f"no months: {months}")
        return ",".join(map(str, months))

    def process_result_value(self, value: str | None, dialect):
        if value is None:
            return None
        return frozenset(int(month) for month in value.split(",") if month)


def months_text(months: Iterable[int]) -> str:
    """Write months as people say them, runs joined across the turn of the year: Desember–Februari, Juni."""
    chosen = set(months)
    if ALL_YEAR <= chosen:
        return "Sepanjang tahun"
    starts = [month for month in sorted(chosen) if _before(month) not in chosen]
    return ", ".join(_run_text(start, chosen) for start in starts)


def parse_months(text: str) -> frozenset[int]:
    """Read `Desember-Februari, Juni` or `12,1,2`; raises ValueError for what is no month."""
    if text.strip().lower() == "sepanjang tahun":
        return ALL_YEAR
    months: set[int] = set()
    for part in filter(None, (piece.strip() for piece in text.replace(";", ",").split(","))):
        first, _, last = part.replace("–", "-").replace(" sampai ", "-").partition("-")
        month, end = _month(first), _month(last or first)
        months.add(month)
        while month != end:
            month = month % 12 + 1
            months.add(month)
    return frozenset(months)


def _month(text: str) -> int:
    word = text.strip().lower()
    if word.isdigit() and 1 <= int(word) <= 12:
        return int(word)
    if len(word) >= 3:
        for number, name in enumerate(NAMES, start=1):
            if name.lower().startswith(word):
                return number
    raise ValueError(text)


def _before(month: int) -> int:
    return (month - 2) % 12 + 1


def _run_text(start: int, chosen: set[int]) -> str:
    end = start
    while end % 12 + 1 in chosen:
        end = end % 12 + 1
    return NAMES[start - 1] if start == end else f"{NAMES[start - 1]}–{NAMES[end - 1]}"
