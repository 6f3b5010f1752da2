"""What people judged: which listings a query should find, and how well what is found agrees with them."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LOOKED_AT = 10
NOTHING = "-"
# `3:Keripik Tempe Sanan@35.73`; the code after the @ says which of several places is meant.
JUDGED = re.compile(r"(?P<grade>[0-3]):(?P<name>[^@|]+)(?:@(?P<code>[\d.]+))?")


@dataclass(frozen=True)
class Judged:
    """A listing that a query should find: 3 is what was sought, 2 serves as well, 1 is related."""

    grade: int
    name: str
    code: str

    @classmethod
    def read(cls, text: str) -> "Judged":
        match = JUDGED.fullmatch(text.strip())
        if match is None:
            raise ValueError(f'"{text.strip()}" should read GRADE:NAME or GRADE:NAME@CODE, the grade from 0 to 3')
        return cls(int(match["grade"]), match["name"].strip(), match["code"] or "")

    def is_about(self, name: str, village_code: str) -> bool:
        """Tell whether this is the listing meant: the same name, and in the place where one is given."""
        return _plain(name) == _plain(self.name) and f"{village_code}.".startswith(f"{self.code}." if self.code else "")

    def __str__(self) -> str:
        return f"{self.grade}:{self.name}{'@' if self.code else ''}{self.code}"


@dataclass(frozen=True)
class JudgedQuery:
    """What is typed, the kind of difficulty in it, and what it should find; nothing at all when nobody judged any."""

    text: str
    kind: str
    judged: tuple[Judged, ...]


def read_judged_queries(file: Path) -> list[JudgedQuery]:
    """Return the queries of a file of lines `query<TAB>kind<TAB>grade:name@code | …`, the first line a header.

    A line that begins with # is a comment; `-` instead of listings means that nothing should be found.
    """
    numbered = enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
    lines = [(number, line) for number, line in numbered if line.strip() and not line.startswith("#")]
    return [_read_line(file, number, line) for number, line in lines[1:]]


def ndcg(grades_found: Sequence[int], grades_judged: Sequence[int]) -> float:
    """Return how good an order is beside the best one possible: 1.0 is perfect, 0.0 found nothing that was judged."""
    return _gain_of(grades_found) / _gain_of(sorted(grades_judged, reverse=True))


def _gain_of(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(rank + 1) for rank, grade in enumerate(grades[:LOOKED_AT], start=1))


def _read_line(file: Path, number: int, line: str) -> JudgedQuery:
    columns = line.split("\t")
    if len(columns) != 3:
        raise ValueError(f"{file}:{number}: three columns parted by tabs are expected")
    text, kind, judged = (column.strip() for column in columns)
    try:
        listings = () if judged == NOTHING else tuple(Judged.read(piece) for piece in judged.split("|"))
    except ValueError as error:
        raise ValueError(f"{file}:{number}: {error}") from error
    if listings and not any(listing.grade for listing in listings):
        raise ValueError(f"{file}:{number}: at least one listing must be worth finding; write {NOTHING} for none")
    return JudgedQuery(text, kind, listings)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
