"""A marketplace with made-up listings, and the index that its searches read, built against the clock."""

import shutil
import time
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from flask import Flask
from tantivy import Index

from benchmarks import generated
from benchmarks.generated.database import FirstIds, add_listings
from benchmarks.generated.listings import generate
from benchmarks.generated.rows import rows_to_index
from benchmarks.kept import kept_folder
from marketplace import create_app, first_start
from marketplace.config import Settings
from marketplace.foundation import clock
from marketplace.foundation.database import db, reading
from marketplace.search.index import changes
from marketplace.search.index.building import HEAP, THREADS
from marketplace.search.index.documents import ListingToIndex, document_of
from marketplace.search.index.schema import register, schema
from marketplace.search.index.state import write_state
from marketplace.search.index.store import INDEX_VERSION, Store, current_store, new_name
from marketplace.search.language.tables import FOLDER as LANGUAGE_TABLES

# Taken from the generator between two looks at the clock.
STRETCH = 1_000
MEGABYTE = 1024 * 1024


class Built(NamedTuple):
    """How building an index went: seconds in all, seconds of them in which listings were made up, size in MB."""

    listings: int
    seconds: float
    seconds_of_generating: float
    megabytes: float
    segments: int

    @property
    def rate(self) -> float:
        """Listings a second, as if they had come from nowhere."""
        return self.listings / (self.seconds - self.seconds_of_generating)

    @property
    def rate_with_generating(self) -> float:
        return self.listings / self.seconds


def prepare(parent: Path, listings: int, seed: int) -> Path:
    """Return the data folder of a marketplace with so many made-up listings and no others, kept from run to run."""
    sources = [*generated.__path__, LANGUAGE_TABLES / "synonyms.txt", LANGUAGE_TABLES / "broader.txt"]

    def fill(folder: Path) -> None:
        app = open_marketplace(folder)
        first_start.prepare(app, lambda _sentence: None)
        with app.app_context():
            add_listings(listings, seed)
            db.engine.dispose()

    return kept_folder(parent, f"{listings}-listings-{seed}", map(Path, sources), fill)


def open_marketplace(folder: Path) -> Flask:
    """Return the application of a data folder."""
    return create_app(Settings.from_environment({"DATA_DIR": str(folder), "EXAMPLE_DATA": "0"}))


def build(folder: Path, listings: int, seed: int) -> Built:
    """Build the index as the product does, but of listings that no database has to be asked for."""
    app = open_marketplace(folder)
    with app.app_context(), reading():
        store = current_store()
        shutil.rmtree(store.folder, ignore_errors=True)
        stopwatch = _Stopwatch()
        # Their ids are those that `add_listings` gives in an empty database.
        rows = stopwatch.passing(rows_to_index(generate(listings, seed), FirstIds()))
        started = time.perf_counter()
        index_folder = _build(store, rows)
        seconds = time.perf_counter() - started
        searcher = Index.open(str(index_folder)).searcher()
        size = sum(file.stat().st_size for file in index_folder.iterdir()) / MEGABYTE
        return Built(searcher.num_docs, seconds, stopwatch.seconds, size, searcher.num_segments)


def _build(store: Store, listings: Iterable[ListingToIndex]) -> Path:
    """Do what `search rebuild` does."""
    folder = store.folder / new_name(clock.now())
    folder.mkdir(parents=True)
    index = Index(schema(), path=str(folder))
    register(index)
    writer = index.writer(HEAP, THREADS)
    for listing in listings:
        writer.add_document(document_of(listing))
    writer.commit()
    writer.wait_merging_threads()
    write_state(folder, changes.state_now(INDEX_VERSION))
    store.use(folder.name)
    return folder


class _Stopwatch:
    """Sums up how long the items that pass by had to be waited for."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def passing(self, items: Iterator) -> Iterator:
        while True:
            started = time.perf_counter()
            stretch = list(islice(items, STRETCH))
            self.seconds += time.perf_counter() - started
            if not stretch:
                return
            yield from stretch
