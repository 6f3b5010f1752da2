"""Keeping the index in use in step with the database: whatever the outbox names is read anew and replaced."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from flask import current_app
from sqlalchemy import Row
from tantivy import IndexWriter, Query

from marketplace.foundation import clock
from marketplace.foundation.database import reading
from marketplace.search.index import changes, sources
from marketplace.search.index.documents import document_of
from marketplace.search.index.integrity import IndexDamaged
from marketplace.search.index.schema import schema
from marketplace.search.index.state import State, read_state, write_state
from marketplace.search.index.store import Store, damage_named, open_index

# Bytes of documents gathered before they become files, by one thread: what arrives here arrives little by little.
HEAP, THREADS = 30_000_000, 1
# Rows of the outbox between two commits of the index, when many have come together.
ROWS_AT_ONCE = 5_000
# An index that has nothing to do says so this often, in seconds, lest it be taken for one that was left behind.
BETWEEN_SIGNS_OF_LIFE = 3600


class Indexer:
    """Writes to the generation in use; of all processes of a node only the one that holds the lock has one."""

    def __init__(self, store: Store):
        self.store = store
        self._folder: Path | None = None
        self._writer: IndexWriter | None = None
        self._state: State | None = None

    def catch_up(self) -> int:
        """Apply everything that the outbox holds for this index; return how many rows that was.

        Applying a row twice does no harm, so the state is kept after the index is committed: what is killed in
        between applies some rows again. Refuses with IndexDamaged when the files cannot be written; the next call
        begins with opening them again.
        """
        self._turn_to_the_one_in_use()
        applied = 0
        # A context of its own gives back its transaction, and the next call sees what was committed since.
        with current_app.app_context(), reading():
            while rows := changes.read_changes(self._state, ROWS_AT_ONCE):
                self._apply(rows)
                self._keep(self._state.having_read([row.id for row in rows], clock.now().timestamp()))
                applied += len(rows)
        self._keep(self._caught_up())
        return applied

    def close(self) -> None:
        """Let go of the index; files that are being merged are finished first."""
        if self._writer is not None:
            with damage_named():
                self._writer.wait_merging_threads()
        self.let_go()

    def let_go(self) -> None:
        """Let go of the index at once, as after a fault."""
        self._folder = self._writer = self._state = None

    def _turn_to_the_one_in_use(self) -> None:
        name = self.store.current()
        if name is None:
            raise IndexDamaged("there is none")
        folder = self.store.folder / name
        if folder == self._folder:
            return
        self.let_go()
        state = read_state(folder)
        if state is None:
            raise IndexDamaged("it does not say how far it goes")
        index = open_index(folder)
        with damage_named():
            writer = index.writer(HEAP, THREADS)
            # What a process that was killed has written and never committed.
            writer.garbage_collect_files()
        self._folder, self._writer, self._state = folder, writer, state

    def _apply(self, rows: Iterable[Row]) -> None:
        subjects = dict.fromkeys((row.subject, row.key) for row in rows)
        ids = sorted({id for subject, key in subjects for id in changes.ids_concerned(subject, key)})
        try:
            with damage_named():
                # By a query: the library's deleting by term takes any number for a signed one and finds no id.
                self._writer.delete_documents_by_query(Query.term_set_query(schema(), "id", ids))
            for listing in sources.read_public(ids):
                document = document_of(listing)
                with damage_named():
                    self._writer.add_document(document)
            with damage_named():
                self._writer.commit()
        except BaseException:
            # Half of the rows must not be committed with the next ones.
            self.let_go()
            raise

    def _keep(self, state: State) -> None:
        if state != self._state:
            write_state(self._folder, state)
            self._state = state

    def _caught_up(self) -> State:
        now = clock.now().timestamp()
        state = self._state.having_read([], now)
        is_due = now - state.caught_up_at > BETWEEN_SIGNS_OF_LIFE
        return replace(state, caught_up_at=now) if is_due or state != self._state else state
