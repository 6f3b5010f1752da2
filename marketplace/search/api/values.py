"""The kinds of values that a parameter takes: each reads a text, and describes itself to people and in JSON Schema."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

LONGEST_NUMBER = 30
WHOLE_NUMBER = re.compile(r"-?[0-9]+")
NUMBER = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?")


class Kind(Protocol):
    """What a value may be: `expected` ends the sentence "isinya harus …", `schema` says the same in JSON Schema."""

    expected: str
    schema: dict

    def read(self, text: str) -> object:
        """Return the value that the text stands for, or refuse with ValueError."""


@dataclass(frozen=True)
class Text:
    """Any text: what is too long or invisible is left out of the search rather than refused."""

    expected: str = "teks"

    @property
    def schema(self) -> dict:
        return {"type": "string"}

    def read(self, text: str) -> str:
        return text


@dataclass(frozen=True)
class WholeNumber:
    """A whole number within bounds."""

    lowest: int
    highest: int

    @property
    def expected(self) -> str:
        return f"bilangan bulat dari {self.lowest} sampai {self.highest}"

    @property
    def schema(self) -> dict:
        return {"type": "integer", "minimum": self.lowest, "maximum": self.highest}

    def read(self, text: str) -> int:
        if len(text) > LONGEST_NUMBER or not WHOLE_NUMBER.fullmatch(text):
            raise ValueError(text)
        return _within(int(text), self.lowest, self.highest)


@dataclass(frozen=True)
class Degrees:
    """An angle on the globe, in degrees with a decimal point."""

    lowest: float
    highest: float

    @property
    def expected(self) -> str:
        return f"derajat dari {self.lowest:g} sampai {self.highest:g}, dengan titik desimal"

    @property
    def schema(self) -> dict:
        return {"type": "number", "minimum": self.lowest, "maximum": self.highest}

    def read(self, text: str) -> float:
        if len(text) > LONGEST_NUMBER or not NUMBER.fullmatch(text):
            raise ValueError(text)
        return _within(float(text), self.lowest, self.highest)


@dataclass(frozen=True)
class OneOf:
    """One of a few words."""

    words: tuple[str, ...]

    @classmethod
    def members(cls, members: Iterable[StrEnum]) -> "OneOf":
        return cls(tuple(member.value for member in members))

    @property
    def expected(self) -> str:
        return f"salah satu dari {', '.join(self.words)}"

    @property
    def schema(self) -> dict:
        return {"type": "string", "enum": list(self.words)}

    def read(self, text: str) -> str:
        if text not in self.words:
            raise ValueError(text)
        return text


@dataclass(frozen=True)
class Shaped:
    """A code or name of one shape, such as `35.23.08`; there need not be a thing that has it."""

    pattern: re.Pattern[str]
    example: str

    @property
    def expected(self) -> str:
        return f"seperti {self.example}"

    @property
    def schema(self) -> dict:
        # What \d means depends on who reads the schema.
        pattern = self.pattern.pattern.replace(r"\d", "[0-9]")
        return {"type": "string", "pattern": f"^{pattern}$", "examples": [self.example]}

    def read(self, text: str) -> str:
        if not self.pattern.fullmatch(text):
            raise ValueError(text)
        return text


def _within(number: float, lowest: float, highest: float):
    if not math.isfinite(number) or not lowest <= number <= highest:
        raise ValueError(number)
    return number
