"""An index of a few listings, and ways to damage it."""

from collections.abc import Callable
from pathlib import Path
from shutil import rmtree

from flask import Flask
from tantivy import Query

from marketplace.catalogue.models.listings import Listing
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.database import db, reading
from marketplace.foundation.transactions import committed
from marketplace.search.index.integrity import META
from marketplace.search.index.store import Store
from marketplace.search.verifying import Differences, compare
from tests.support.personas import a_product
from tests.support.places import plant_places

SAME = Differences([], [], [])


def plant_products(app: Flask, count: int = 3) -> list[int]:
    """Add the places and some published products, noted as services do; return their ids."""
    with app.app_context(), committed():
        plant_places()
        return [publish_product() for _ in range(count)]


def publish_product(**columns) -> int:
    """Add a published product and note it, inside a transaction of the caller's."""
    product = a_product(**columns)
    note_changes([product.id])
    return product.id


def change(app: Flask, listing_id: int, **columns) -> None:
    """Change a listing and note it, as a service does, and commit."""
    with app.app_context(), committed():
        listing = db.session.get_one(Listing, listing_id)
        for name, value in columns.items():
            setattr(listing, name, value)
        db.session.flush()
        note_changes([listing_id])


def store_of(app: Flask) -> Store:
    """Return the index of the application as another process sees it: looked at anew."""
    return Store(app.extensions["search"].folder)


def ids_found(app: Flask) -> list[int] | None:
    """Return which listings are in the index, None while there is none to be used."""
    reader = store_of(app).reader()
    if reader is None:
        return None
    hits = reader.searcher.search(Query.all_query(), limit=1_000).hits
    return sorted(reader.searcher.fast_field_values("id", [address for _, address in hits]))


def differences(app: Flask) -> Differences:
    """Compare the index with the database."""
    with app.app_context(), reading():
        return compare(store_of(app).reader())


def folder_of(app: Flask) -> Path:
    """Return the folder of the generation in use."""
    store = app.extensions["search"]
    return store.folder / store.current()


def _segment_file(folder: Path, suffix: str = "idx") -> Path:
    return next(folder.glob(f"*.{suffix}"))


def put_instead(path: Path, content: bytes) -> None:
    """Let a file have other content for whoever opens it from now on.

    The file itself stays as it is for those who have it in memory: one that shrinks there ends the whole process.
    """
    other = path.with_name(f"{path.name}.other")
    other.write_bytes(content)
    other.replace(path)


def _cut_in_half(folder: Path) -> None:
    path = _segment_file(folder)
    put_instead(path, path.read_bytes()[: path.stat().st_size // 2])


def _empty(folder: Path) -> None:
    put_instead(_segment_file(folder, "fast"), b"")


def flip_a_byte(folder: Path) -> None:
    """Change one byte of what was written, which leaves the file as long as it was and its ending whole."""
    path = _segment_file(folder, "term")
    content = bytearray(path.read_bytes())
    content[len(content) // 4] ^= 0xFF
    put_instead(path, bytes(content))


def _make_foreign(folder: Path) -> None:
    state = folder / "state.json"
    state.write_text(state.read_text().replace('"version": "', '"version": "older-'))


# What can be seen when the index is opened.
DAMAGES: dict[str, Callable[[Path], None]] = {
    "the folder is gone": rmtree,
    "the list of files is gone": lambda folder: (folder / META).unlink(),
    "the list of files is garbage": lambda folder: put_instead(folder / META, b'{"segments": 3'),
    "the list of files is empty": lambda folder: put_instead(folder / META, b""),
    "a file is gone": lambda folder: _segment_file(folder, "store").unlink(),
    "a file is cut short": _cut_in_half,
    "a file is empty": _empty,
    "it is of another version": _make_foreign,
    "its state is gone": lambda folder: (folder / "state.json").unlink(),
    "its state is garbage": lambda folder: (folder / "state.json").write_text("\0\0"),
}
