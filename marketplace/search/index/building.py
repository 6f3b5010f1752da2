"""Building a new index beside the one in use, and putting it in its place at once."""

import shutil
from pathlib import Path

import filelock
from flask import current_app
from tantivy import Index

from marketplace.catalogue.spreadsheets.progress import Progress, silently
from marketplace.foundation import clock
from marketplace.foundation.database import reading
from marketplace.search.index import changes, sources
from marketplace.search.index.documents import document_of
from marketplace.search.index.integrity import IndexDamaged, refuse_damaged
from marketplace.search.index.schema import register, schema
from marketplace.search.index.state import read_state, write_state
from marketplace.search.index.store import INDEX_VERSION, Store, new_name

LOCK = "rebuild.lock"
# Bytes of documents that are gathered before they become files, and the threads that gather them.
HEAP, THREADS = 100_000_000, 2


def rebuild(store: Store, progress: Progress = silently) -> int:
    """Build an index of what is public now and let it take over; return how many listings are in it.

    Searches go on meanwhile in the old one. Changes that are committed during the building stand in the outbox behind
    what the new index remembers to have read. Of two who build at once the second waits; one that dies leaves a
    folder that the next removes.
    """
    store.folder.mkdir(parents=True, exist_ok=True)
    with filelock.FileLock(store.folder / LOCK):
        _remove_all_but(store, {store.current()} | _the_one_before(store))
        folder = store.folder / new_name(clock.now())
        folder.mkdir()
        try:
            count = _build(folder, progress)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        before = store.current()
        store.use(folder.name)
        _remove_all_but(store, {folder.name, before})
    return count


def reason_to_rebuild(store: Store, reads_everything: bool = False) -> str | None:
    """Return why the index in use cannot be kept up to date, None when it can; asks the database."""
    name = store.current()
    if name is None:
        return "there is none"
    if store.is_reported_damaged():
        return "damage was reported"
    state = read_state(store.folder / name)
    if state is None:
        return "it does not say how far it goes"
    if state.version != INDEX_VERSION:
        return "it was made by other rules"
    try:
        refuse_damaged(store.folder / name, reads_everything)
    except IndexDamaged as damage:
        return str(damage)
    with current_app.app_context(), reading():
        if state.database != changes.database_name():
            return "it was made of another database"
        if changes.has_missed_changes(state):
            return "changes that it has not read are gone"
    return None


def _build(folder: Path, progress: Progress) -> int:
    index = Index(schema(), path=str(folder))
    register(index)
    writer = index.writer(HEAP, THREADS)
    count = 0
    try:
        # A context of its own ends its transaction before the files are merged.
        with current_app.app_context(), reading():
            # Before the first listing is read: whatever is changed after this moment is read from the outbox.
            state = changes.state_now(INDEX_VERSION)
            for listing in progress(sources.read_public(), "Menyusun indeks", sources.count_public()):
                writer.add_document(document_of(listing))
                count += 1
        writer.commit()
    finally:
        # Also after a fault: its threads must not go on writing to a folder that is about to be removed.
        writer.wait_merging_threads()
    write_state(folder, state)
    return count


def _the_one_before(store: Store) -> set[str]:
    """Return the newest generation older than the one in use, which somebody may still be reading."""
    current = store.current() or ""
    return {max((folder.name for folder in _generations(store) if folder.name < current), default="")}


def _remove_all_but(store: Store, kept: set[str | None]) -> None:
    for folder in _generations(store):
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _generations(store: Store) -> list[Path]:
    return [path for path in store.folder.iterdir() if path.is_dir()]
