"""The files that the example data is made from."""

import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).parent / "data"
PICTURES = DATA / "pictures"


@dataclass(frozen=True)
class Source:
    """Products and attractions as they were written, and the pictures that go with them."""

    products: list[dict[str, str]]
    attractions: list[dict[str, str]]
    pictures: dict[tuple[str, str], list[str]]
    subjects: dict[str, str]

    @classmethod
    def read(cls) -> "Source":
        """Read the files shipped with the marketplace."""
        return cls(
            products=list(_rows(DATA / "products.csv")),
            attractions=list(_rows(DATA / "attractions.csv")),
            pictures={
                (row["name"], row["regency_code"]): [name for name in row["files"].split(";") if name]
                for row in _rows(PICTURES / "assignment.csv")
            },
            subjects={row["file"]: row["subject_id"] for row in _rows(PICTURES / "pictures.csv")},
        )

    @cached_property
    def regency_codes(self) -> list[str]:
        return sorted({row["regency_code"] for row in (*self.products, *self.attractions)})

    def pictures_of(self, row: dict[str, str]) -> list[str]:
        """Return the file names of a listing's pictures, the cover first."""
        return self.pictures.get((row["name"], row["regency_code"]), [])


def chance(text: str, of: int) -> int:
    """Return a number below `of` that is always the same for the same text and looks like chance."""
    return zlib.crc32(text.encode()) % of


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)
