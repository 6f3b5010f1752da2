"""How the catalogue says no."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.foundation.errors import Conflict, Invalid, NotFound


class WrongStatus(Conflict):
    """A listing cannot go from its status to that one."""

    user_message = "Status produk ini sudah berubah. Muat ulang halaman, lalu coba lagi."

    def __init__(self, current: str, wanted: str):
        super().__init__()
        self.current, self.wanted = current, wanted


class ConsentMissing(Conflict):
    """The seller for whom a listing was posted has not said that it may be shown."""

    def __init__(self, name: str):
        super().__init__(f"{name} belum disetujui penjualnya, jadi belum bisa tayang.")


class NothingToPublish(NotFound):
    """There is no listing with that number."""


class ReasonMissing(Invalid):
    """Whoever sends a listing back says what is to be mended."""

    user_message = "Tulis apa yang perlu diperbaiki, supaya penjual tahu."


@dataclass(frozen=True)
class Fault:
    """One thing in a spreadsheet that must be put right, where it stands: `row` as the spreadsheet numbers it."""

    row: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"Baris {self.row}, kolom {self.column}: {self.message}"


class ImportRefused(Invalid):
    """A spreadsheet has faults; nothing of it was saved.

    `faults` lists every one, in the order of the rows.
    """

    def __init__(self, faults: Iterable[Fault]):
        self.faults = tuple(faults)
        super().__init__(f"Ada {len(self.faults)} isian yang perlu diperbaiki. Belum ada yang disimpan.")


class TableRefused(Invalid):
    """A file that cannot be read as a spreadsheet at all, or is larger than is read."""

    user_message = "Berkas ini tidak terbaca sebagai tabel. Kirim berkas .csv atau .xlsx."


class CellRefused(Invalid):
    """What one cell says cannot be used."""


class ExportRefused(Invalid):
    """There is nothing that this export could write, or not all of it; the file that was there is as it was."""


class CategoriesRefused(Invalid):
    """A file that cannot be the marketplace's shelves; nothing of it was loaded."""
