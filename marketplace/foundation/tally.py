"""What is counted with every page and written now and then: sums by day in memory, added to a table by each process."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import date

import sqlalchemy.exc
from flask import current_app
from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from marketplace.foundation.database import db, is_busy_or_away
from marketplace.foundation.transactions import committed

Row = dict[str, object]


class Tally:
    """Sums in memory, which any thread may add to, until they are taken away.

    `key` names the column that says, beside the day, what is counted; `sums` the columns that are added up. A day
    counts no more than `most_a_day` different keys, so that nobody fills the database with nonsense.
    """

    def __init__(self, table: Table, key: str, sums: tuple[str, ...], most_a_day: int):
        self.table = table
        self.key = key
        self.sums = sums
        self.most_a_day = most_a_day
        self._lock = threading.Lock()
        self._kept: dict[tuple[date, object], tuple[int, ...]] = {}
        self._day: date | None = None
        self._keys_of_day: set[object] = set()

    def add(self, day: date, key: object, *amounts: int) -> None:
        """Add to the sums of this key on this day, unless the day has seen too many different keys."""
        with self._lock:
            if day != self._day:
                self._day, self._keys_of_day = day, set()
            if key not in self._keys_of_day and len(self._keys_of_day) >= self.most_a_day:
                return
            self._keys_of_day.add(key)
            self._add(day, key, amounts)

    def take(self) -> list[Row]:
        """Return the sums as rows, in the order of their keys, and begin again."""
        with self._lock:
            kept, self._kept = self._kept, {}
        return [
            {"day": day, self.key: key, **dict(zip(self.sums, amounts, strict=True))}
            for (day, key), amounts in sorted(kept.items())
        ]

    def give_back(self, rows: list[Row]) -> None:
        """Add rows that were taken and are still to be written."""
        with self._lock:
            for row in rows:
                self._add(row["day"], row[self.key], tuple(row[name] for name in self.sums))

    def flush(self, write: Callable[[list[Row]], None]) -> None:
        """Have what was counted since the last time written, in a transaction of its own.

        While the database is busy or away nothing is lost: the sums stay and are written the next time.
        """
        rows = self.take()
        if not rows:
            return
        try:
            with committed():
                write(rows)
        except (sqlite3.OperationalError, sqlalchemy.exc.OperationalError, sqlalchemy.exc.TimeoutError) as error:
            self.give_back(rows)
            if not is_busy_or_away(error):
                raise
            current_app.logger.warning("%s are written later: %s", self.table.name, getattr(error, "orig", error))

    def write(self, rows: list[Row]) -> None:
        """Add rows to what the table has, also while other processes add theirs."""
        dialect = postgresql if db.session.get_bind().dialect.name == "postgresql" else sqlite
        insert = dialect.insert(self.table)
        sums = {name: self.table.c[name] + insert.excluded[name] for name in self.sums}
        keys = [self.table.c.day, self.table.c[self.key]]
        # Rows come in one order from every process, so that none waits for another that waits for it.
        db.session.execute(insert.on_conflict_do_update(index_elements=keys, set_=sums), rows)

    def _add(self, day: date, key: object, amounts: tuple[int, ...]) -> None:
        known = self._kept.get((day, key), (0,) * len(self.sums))
        self._kept[day, key] = tuple(map(int.__add__, known, amounts))
