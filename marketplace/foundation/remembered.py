"""What changes seldom and is asked for with every key that somebody presses: read now and then, kept in between."""

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """A value that is read anew when it is this many seconds old; each process has its own."""

    def __init__(self, read: Callable[[], Value], seconds: float):
        self._read = read
        self._seconds = seconds
        self._reading = threading.Lock()
        self._kept: tuple[Value, float] | None = None

    def get(self) -> Value:
        """Return the value; while one thread reads it anew, the others go on with what there was."""
        kept = self._kept
        if kept is not None and time.monotonic() < kept[1]:
            return kept[0]
        if not self._reading.acquire(blocking=kept is None):
            return kept[0]
        try:
            latest = self._kept
            # Whoever waited for the first reading finds it done.
            if latest is None or latest is kept:
                latest = self._kept = (self._read(), time.monotonic() + self._seconds)
            return latest[0]
        finally:
            self._reading.release()

    def forget(self) -> None:
        """Read the value anew when it is asked for next."""
        self._kept = None
