"""What a process keeps at hand to answer searches: the words of its index and the names of its places."""

import threading
import time
from functools import partial
from typing import NamedTuple

from flask import Flask, current_app

from marketplace.foundation.database import reading
from marketplace.search.find.directory import Directory, read_directory
from marketplace.search.find.lexicon import Lexicon
from marketplace.search.find.understanding import Understanding
from marketplace.search.index.schema import TEXT
from marketplace.search.index.store import Reader, current_store
from marketplace.search.language.tokens import ROOT

# Words are gathered from the whole index, which takes a while when it is large: at most so often, in seconds.
LEXICON_LASTS = 30
# A new KIM or a renamed place changes no listing: names are read again after this time at the latest, in seconds.
NAMES_LAST = 300


class Knowledge(NamedTuple):
    """The words of an index as it was at one time, and the names that go with it."""

    lexicon: Lexicon
    directory: Directory
    stamp: object
    read_at: float


class Engine(NamedTuple):
    """An open index and what is known of its words."""

    reader: Reader
    directory: Directory
    lexicon: Lexicon
    understanding: Understanding

    @property
    def searcher(self):
        return self.reader.searcher


class Knowing:
    """Keeps the knowledge of one process, and renews it beside the searches when the index has changed."""

    def __init__(self) -> None:
        self._knowledge: Knowledge | None = None
        self._lock = threading.Lock()

    def engine(self) -> Engine | None:
        """Return what answers searches now, or None while there is no index."""
        reader = current_store().reader()
        if reader is None:
            return None
        knowledge = self._current(reader)
        occurs = partial(_occurs, reader)
        understanding = Understanding(knowledge.lexicon, knowledge.directory.gazetteer, occurs)
        return Engine(reader, knowledge.directory, knowledge.lexicon, understanding)

    def _current(self, reader: Reader) -> Knowledge:
        knowledge = self._knowledge
        if knowledge is None:
            with self._lock:
                return self._knowledge or self._learn(reader)
        age = time.monotonic() - knowledge.read_at
        is_old = age > NAMES_LAST or (age > LEXICON_LASTS and knowledge.stamp != reader.stamp)
        if is_old and self._lock.acquire(blocking=False):
            threading.Thread(target=self._renew, args=(current_app._get_current_object(), reader), daemon=True).start()
        return knowledge

    def _renew(self, app: Flask, reader: Reader) -> None:
        try:
            with app.app_context(), reading():
                self._learn(reader)
        finally:
            self._lock.release()

    def _learn(self, reader: Reader) -> Knowledge:
        directory = read_directory()
        lexicon = Lexicon(reader.searcher, directory.gazetteer.words.values())
        self._knowledge = Knowledge(lexicon, directory, reader.stamp, time.monotonic())
        return self._knowledge


def keep_engine(app: Flask) -> None:
    """Give the application a place for what its process knows."""
    app.extensions["search_engine"] = Knowing()


def current_engine() -> Engine | None:
    """Return what answers searches now, or None while there is no index."""
    return current_app.extensions["search_engine"].engine()


def _occurs(reader: Reader, root: str) -> bool:
    return reader.searcher.doc_freq(TEXT, ROOT + root) > 0
