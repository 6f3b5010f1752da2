"""What goes on behind the pages: one process of a node keeps the index, each one that serves writes its counts."""

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import filelock
from flask import Flask

from marketplace.catalogue.services import attention
from marketplace.catalogue.spreadsheets.progress import Item
from marketplace.foundation import clock
from marketplace.foundation.database import reading
from marketplace.foundation.transactions import committed
from marketplace.search import popular
from marketplace.search.find.engine import current_engine
from marketplace.search.index import changes
from marketplace.search.index.building import reason_to_rebuild, rebuild
from marketplace.search.index.integrity import IndexDamaged
from marketplace.search.index.state import replace_file
from marketplace.search.index.store import Store, is_panic
from marketplace.search.indexer import Indexer

LOG = logging.getLogger("pasarkim.search")

LOCK, HOLDER = "indexer.lock", "indexer.json"
# Seconds between two looks at the outbox: after there was something, and after nothing for a while.
SHORTEST_PAUSE, LONGEST_PAUSE = 0.5, 1.0
SLOWER = 1.1
# Seconds after a fault, doubled by each that follows.
FIRST_PAUSE_OF_FAULTS, LONGEST_PAUSE_OF_FAULTS = 1.0, 60.0
# Seconds between two looks at whether the files are whole and the outbox is complete.
BETWEEN_CHECKS = 60.0
BETWEEN_CLEANINGS = 3600.0
BETWEEN_COUNTS = 10.0
# Seconds between two looks at whether there is an index whose words can be learned.
BETWEEN_TRIES = 0.5
# Seconds that somebody who ends the process waits for what is under way.
PATIENCE = 5.0

# Waits as many seconds as it is given and tells whether it is time to end.
Waiting = Callable[[float], bool]


class Ended(Exception):
    """The process is to end, and what takes long is given up."""


class Keeper:
    """Keeps the index of this node while it holds the lock; until then it looks now and then whether it is free."""

    def __init__(self, app: Flask, must_end: Waiting):
        self.app = app
        self.must_end = must_end
        self.store: Store = app.extensions["search"]
        self.indexer = Indexer(self.store)
        self.store.folder.mkdir(parents=True, exist_ok=True)
        self.lock = filelock.FileLock(self.store.folder / LOCK)
        self._pause = SHORTEST_PAUSE
        self._checked_at = self._cleaned_at = float("-inf")
        self._has_read_everything = False

    def keep(self) -> None:
        """Look after the index until it is time to end; whatever goes wrong is logged and tried again."""
        pause = 0.0
        fault_pause = FIRST_PAUSE_OF_FAULTS
        try:
            while not self.must_end(pause):
                try:
                    pause, fault_pause = self.look(), FIRST_PAUSE_OF_FAULTS
                except Ended:
                    return
                except BaseException as fault:
                    # Here ends whatever nobody has foreseen: a full disk, a database that is away, a broken library.
                    if not isinstance(fault, Exception) and not is_panic(fault):
                        raise
                    LOG.exception("the search index cannot be kept; the next try follows in %.0f s", fault_pause)
                    self.indexer.let_go()
                    self._checked_at = float("-inf")
                    pause, fault_pause = fault_pause, min(fault_pause * 2, LONGEST_PAUSE_OF_FAULTS)
        finally:
            self.close()

    def look(self) -> float:
        """Do once what there is to do and return the seconds until the next look."""
        if not self._holds_the_lock():
            return LONGEST_PAUSE
        with self.app.app_context():
            self._repair_if_needed()
            try:
                applied = self.indexer.catch_up()
            except IndexDamaged as damage:
                LOG.error("the search index cannot be written: %s", damage)
                self._rebuild_if_damaged()
                applied = self.indexer.catch_up()
            self._clean_now_and_then()
        self._pause = SHORTEST_PAUSE if applied else min(self._pause * SLOWER, LONGEST_PAUSE)
        return self._pause

    def close(self) -> None:
        """Let go of the index and of the lock, so that another process may take over."""
        try:
            self.indexer.close()
        except IndexDamaged as damage:
            LOG.error("the search index could not be closed: %s", damage)
        self.lock.release()

    def _holds_the_lock(self) -> bool:
        if self.lock.is_locked:
            return True
        try:
            self.lock.acquire(timeout=0)
        except filelock.Timeout:
            return False
        since = clock.now().isoformat(timespec="seconds")
        replace_file(self.store.folder / HOLDER, json.dumps({"process": os.getpid(), "since": since}))
        return True

    def _repair_if_needed(self) -> None:
        now = time.monotonic()
        is_time_to_check = now - self._checked_at > BETWEEN_CHECKS
        if not is_time_to_check and self.store.current() and not self.store.is_reported_damaged():
            return
        # All bytes once, when the process begins: a disk may have lost some while nobody looked.
        reason = reason_to_rebuild(self.store, reads_everything=not self._has_read_everything)
        self._rebuild_because(reason)
        self._has_read_everything, self._checked_at = True, now

    def _rebuild_if_damaged(self) -> None:
        self.indexer.let_go()
        self._rebuild_because(reason_to_rebuild(self.store, reads_everything=True))

    def _rebuild_because(self, reason: str | None) -> None:
        if reason is None:
            return
        LOG.warning("building the search index: %s", reason)
        self.indexer.let_go()
        count = rebuild(self.store, self._giving_up_at_the_end)
        LOG.warning("the search index is built: %s listings", count)

    def _giving_up_at_the_end(self, items: Iterable[Item], label: str, total: int) -> Iterator[Item]:
        for item in items:
            if self.must_end(0):
                raise Ended
            yield item

    def _clean_now_and_then(self) -> None:
        now = time.monotonic()
        if now - self._cleaned_at > BETWEEN_CLEANINGS:
            with self.app.app_context(), committed():
                changes.remove_old_changes(clock.now())
            self._cleaned_at = now


class Background:
    """The threads of a process that serves.

    One learns the words of the index before anybody searches, one writes what was counted, and one keeps the index
    where that is wanted.
    """

    def __init__(self, app: Flask, keeps_index: bool):
        self.app = app
        self._end = threading.Event()
        self._threads = [
            threading.Thread(target=self._learn_words, name="search-words", daemon=True),
            threading.Thread(target=self._write_counts, name="search-counts", daemon=True),
        ]
        if keeps_index:
            self._threads.append(threading.Thread(target=self._keep_index, name="search-index", daemon=True))

    def start(self) -> None:
        """Begin; in a process that was forked, after the fork, which threads do not survive."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End, and wait a little for what is under way."""
        self._end.set()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _keep_index(self) -> None:
        # Made here, because a lock does not survive a fork either.
        Keeper(self.app, self._end.wait).keep()

    def _learn_words(self) -> None:
        is_ready = False
        while not is_ready and not self._end.wait(BETWEEN_TRIES):
            try:
                with self.app.app_context(), reading():
                    is_ready = current_engine() is not None
            except Exception:
                LOG.exception("the words of the search index could not be learned; the next try follows")

    def _write_counts(self) -> None:
        is_end = False
        while not is_end:
            is_end = self._end.wait(BETWEEN_COUNTS)
            for flush in (popular.flush, attention.flush):
                try:
                    with self.app.app_context():
                        flush()
                except Exception:
                    LOG.exception("what was counted could not be written; the next try follows")


def keeper_of(folder: Path) -> str | None:
    """Return which process keeps the index in this folder and since when, in words; None when none does."""
    if not folder.is_dir():
        return None
    try:
        with filelock.FileLock(folder / LOCK).acquire(timeout=0):
            return None
    except filelock.Timeout:
        pass
    try:
        holder = json.loads((folder / HOLDER).read_text(encoding="utf-8"))
        return f"proses {holder['process']} sejak {holder['since']}"
    except (OSError, ValueError, KeyError):
        return "proses lain"
