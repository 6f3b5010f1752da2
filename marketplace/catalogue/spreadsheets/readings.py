"""One row of a table while it is being understood."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marketplace.catalogue.errors import CellRefused, Fault

FAILED_FORMULAS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}


@dataclass
class Reading:
    """The cells of one row by column, and where to note what is wrong with them."""

    row: int
    texts: dict[str, str]
    faults: list[Fault]

    def note(self, column: str, message: str) -> None:
        """Note that a cell must be put right."""
        self.faults.append(Fault(self.row, column, message))

    def guarded(self, column: str, read: Callable[[], Any]) -> Any:
        """Return what `read` gives, or None after noting why it refused."""
        try:
            return read()
        except CellRefused as refusal:
            self.note(column, refusal.user_message)
            return None

    def value(self, column: str, read: Callable[[str], Any], empty: Any = None, required: bool = False) -> Any:
        """Return what a cell says; an empty one says `empty`, which is noted where the cell is required."""
        text = self.texts.get(column, "")
        if text in FAILED_FORMULAS:
            self.note(column, "Rumus di sel ini gagal dihitung. Perbaiki rumusnya, atau ketik isinya.")
        elif text:
            return self.guarded(column, lambda: read(text))
        elif required:
            self.note(column, "Belum diisi.")
        return empty
