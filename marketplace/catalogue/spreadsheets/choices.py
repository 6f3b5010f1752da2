"""Cells that hold one or several of a few known words."""

import enum
import re
from collections.abc import Callable, Iterable

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.spreadsheets.texts import word_key


def choice_reader(members: type[enum.StrEnum], words: dict[str, enum.StrEnum]) -> Callable[[str], enum.StrEnum]:
    """Return a function that reads one member of an enumeration, by its value or another word for it."""
    known = {word_key(member.value): member for member in members} | words

    def read(text: str) -> enum.StrEnum:
        member = known.get(word_key(text))
        if member is None:
            choices = ", ".join(member.value for member in members)
            raise CellRefused(f'"{text}" tidak dikenal. Pilihannya: {choices}.')
        return member

    return read


def choices_reader(members: type[enum.StrEnum], words: dict[str, enum.StrEnum]) -> Callable[[str], frozenset]:
    """Return a function that reads several members, parted by commas, semicolons or slashes."""
    read_one = choice_reader(members, words)

    def read(text: str) -> frozenset:
        try:
            return frozenset({read_one(text)})
        except CellRefused:
            parts = (piece.strip() for piece in re.split(r"[;,/+]|\bdan\b", text))
            return frozenset(read_one(part) for part in parts if part)

    return read


def write_choices(value: Iterable[enum.StrEnum]) -> str:
    """Write several members of an enumeration."""
    return ", ".join(sorted(member.value for member in value))
