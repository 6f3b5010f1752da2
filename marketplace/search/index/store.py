"""Where the index lies and how searches read it.

`DATA_DIR/search/` holds generations, one folder each, and the file `current` that names the one in use. A new
generation is built beside it and takes its place at once; the one before stays for those who still read it.
"""

import hashlib
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from flask import Flask, current_app
from tantivy import Index, Query, Schema, Searcher

from marketplace.search.index import sources
from marketplace.search.index.integrity import META, IndexDamaged, refuse_damaged
from marketplace.search.index.schema import SCHEMA_VERSION, register, schema
from marketplace.search.index.state import read_state, replace_file

LOG = logging.getLogger("pasarkim.search")

FOLDER = "search"
CURRENT = "current"
# Names the generation in which somebody has found damage.
DAMAGED = "damaged"
# In seconds: how often files are asked whether they have changed, and looked through for damage, at most.
BETWEEN_LOOKS = 0.2
BETWEEN_CHECKS = 60.0

Stamp = tuple[str, int, int]


class Reader(NamedTuple):
    """The index at one moment: `stamp` changes with every commit and with every new generation."""

    searcher: Searcher
    schema: Schema
    stamp: Stamp


class _Generation:
    """An opened generation: its index, and what its list of files was like when that was read."""

    def __init__(self, folder: Path):
        """Open what lies in the folder, or refuse with IndexDamaged."""
        refuse_damaged(folder)
        self.folder = folder
        self.index = open_index(folder)
        self.reader = self._read()

    def refresh(self) -> None:
        """Read what was committed meanwhile, or refuse with IndexDamaged."""
        if _stamp_of(self.folder) != self.reader.stamp:
            self.reader = self._read()

    def _read(self) -> Reader:
        stamp = _stamp_of(self.folder)
        with damage_named():
            self.index.reload()
            searcher = self.index.searcher()
            hits = searcher.search(Query.all_query(), limit=1, count=False).hits
            searcher.fast_field_values("id", [address for _, address in hits])
        return Reader(searcher, schema(), stamp)


class Store:
    """The folder of the index as one process sees it; nothing is opened before the first search asks."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._lock = threading.Lock()
        self._opened: _Generation | None = None
        self._refused: Stamp | None = None
        self._looked_at = self._checked_at = float("-inf")

    def reader(self) -> Reader | None:
        """Return the index as it was committed last, or None while there is none that can be used."""
        # While one thread looks the others go on with what there is.
        if self._is_time_to_look() and self._lock.acquire(blocking=self._opened is None):
            try:
                if self._is_time_to_look():
                    self._look()
            finally:
                self._lock.release()
        opened = self._opened
        return opened.reader if opened else None

    def report_damage(self, reader: Reader) -> None:
        """Look for damage after a search in this reader has failed; if there is any, ask for a new index.

        A search may fail for other reasons, and whoever finds one must not keep everybody building.
        """
        generation = self.folder / reader.stamp[0]
        with self._lock:
            if time.monotonic() - self._checked_at < BETWEEN_CHECKS or generation.name != self.current():
                return
            self._checked_at = time.monotonic()
            try:
                refuse_damaged(generation, reads_everything=True)
            except IndexDamaged as damage:
                self._refuse(generation, damage)
            else:
                LOG.error("a search failed although the index is whole")

    def current(self) -> str | None:
        """Return the name of the generation in use, None when there is none."""
        try:
            return (self.folder / CURRENT).read_text(encoding="ascii").strip() or None
        except (OSError, UnicodeDecodeError):
            return None

    def is_reported_damaged(self) -> bool:
        """Tell whether somebody has found damage in the generation in use."""
        try:
            return (self.folder / DAMAGED).read_text(encoding="ascii") == self.current()
        except (OSError, UnicodeDecodeError):
            return False

    def use(self, name: str) -> None:
        """Let this generation take the place of the one in use."""
        replace_file(self.folder / CURRENT, name)
        self._looked_at = float("-inf")

    def _is_time_to_look(self) -> bool:
        return time.monotonic() - self._looked_at >= BETWEEN_LOOKS

    def _look(self) -> None:
        name = self.current()
        try:
            if name is None:
                self._opened = None
            elif self._opened and self._opened.folder.name == name:
                self._opened.refresh()
            elif self._refused is None or self._refused != _stamp_of(self.folder / name):
                self._opened = self._open(self.folder / name)
        except IndexDamaged as damage:
            self._refuse(self.folder / name, damage)
        self._looked_at = time.monotonic()

    def _open(self, folder: Path) -> _Generation | None:
        state = read_state(folder)
        if state is None or state.version != INDEX_VERSION:
            # The indexer sees that, too, and builds another.
            return None
        return _Generation(folder)

    def _refuse(self, folder: Path, damage: IndexDamaged) -> None:
        LOG.error("the search index is damaged and will be built anew: %s", damage)
        self._opened, self._refused = None, _stamp_of(folder)
        try:
            replace_file(self.folder / DAMAGED, folder.name)
        except OSError as error:
            # Whoever keeps the index looks through it now and then all the same.
            LOG.error("nobody can be told of the damage: %s", error)


@contextmanager
def damage_named() -> Iterator[None]:
    """Refuse with IndexDamaged whatever the index library says of files that it cannot use."""
    try:
        yield
    except (OSError, ValueError) as fault:
        raise IndexDamaged(str(fault)) from fault
    except BaseException as fault:
        if not is_panic(fault):
            raise
        raise IndexDamaged(str(fault)) from fault


def is_panic(fault: BaseException | None) -> bool:
    """Tell whether the index library has broken down: its exception has no name that could be imported."""
    return type(fault).__name__ == "PanicException"


def open_index(folder: Path) -> Index:
    """Open the index in this folder, or refuse with IndexDamaged."""
    with damage_named():
        index = Index.open(str(folder))
        register(index)
        # Looked for by `Store`: the library's own way is a thread that a fork would lose.
        index.config_reader("manual")
    return index


def keep_index(app: Flask) -> None:
    """Give the application its index."""
    app.extensions["search"] = Store(app.extensions["settings"].data_dir / FOLDER)


def current_store() -> Store:
    """Return the index of the application at work."""
    return current_app.extensions["search"]


def new_name(now: datetime) -> str:
    """Return the name of a generation begun now; names sort by age."""
    return f"{now:%Y%m%dT%H%M%S%f}"


def _stamp_of(folder: Path) -> Stamp:
    """Return what changes when the index in this folder is committed: its list of files is replaced each time."""
    try:
        status = (folder / META).stat()
    except OSError:
        return (folder.name, 0, 0)
    return (folder.name, status.st_mtime_ns, status.st_ino)


def _version() -> str:
    return hashlib.sha256(SCHEMA_VERSION.encode() + Path(sources.__file__).read_bytes()).hexdigest()[:16]


# Other rules for words and other columns read make other documents.
INDEX_VERSION = _version()
