"""Reading the tables of the language: one entry a line, `#` begins a comment."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "data"


@cache
def read_lines(name: str) -> tuple[str, ...]:
    """Return the entries of a table without comments and empty lines."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    entries = (line.partition("#")[0].strip() for line in lines)
    return tuple(entry for entry in entries if entry)


def read_lists(name: str) -> Iterator[list[str]]:
    """Return the entries of a table of lists: `camilan, jajanan, kudapan`."""
    return (_parts(entry) for entry in read_lines(name))


def read_pairs(name: str) -> Iterator[tuple[str, list[str]]]:
    """Return the entries of a table of pairs: `buah: apel, jeruk` is `("buah", ["apel", "jeruk"])`."""
    for entry in read_lines(name):
        key, _, values = entry.partition(":")
        yield key.strip(), _parts(values)


def _parts(text: str) -> list[str]:
    return [part for part in map(str.strip, text.split(",")) if part]
