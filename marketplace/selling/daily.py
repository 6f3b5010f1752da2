"""What the server does by itself once a day: asking in vain has an end, and what is old is let go."""

import logging
import threading
from datetime import datetime

from flask import Flask

from marketplace.catalogue.services import attention
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.daily import Work, is_due, last_done, remember_done
from marketplace.foundation.database import one_process_at_a_time, reading
from marketplace.foundation.transactions import committed
from marketplace.selling.services.archive import archive_unanswered
from marketplace.selling.services.silence import note_silence
from marketplace.selling.services.sweeping import sweep

LOG = logging.getLogger("pasarkim.daily")

# Seconds between two looks at whether a day has begun, and after a fault.
BETWEEN_LOOKS, AFTER_A_FAULT = 600.0, 3600.0
# Seconds after the start: first whoever waits for a page is served.
BEFORE_THE_FIRST_LOOK = 20.0
PATIENCE = 5.0


def archive_the_unanswered(_since: datetime | None, at: datetime) -> int:
    """Put away what its seller has not answered for; return how many listings."""
    return archive_unanswered(CONSOLE, at)


def note_the_silent(since: datetime | None, at: datetime) -> int:
    """Let search know whose listings have been left alone for long; return how many."""
    return note_silence(CONSOLE, since, at)


def forget_old_counts(_since: datetime | None, at: datetime) -> int:
    """Let go of what was counted long ago; return how many rows."""
    return attention.forget_old_days(CONSOLE, at.astimezone(clock.WIB).date())


def sweep_drafts(_since: datetime | None, at: datetime) -> int:
    """Forget what nobody needs of drafts and photos on their way; return how many of a batch."""
    return sweep(CONSOLE, at)


WORKS = (
    Work("tak-dijawab", archive_the_unanswered),
    Work("diam", note_the_silent),
    Work("hitungan-lama", forget_old_counts),
    Work("draf-lama", sweep_drafts, in_batches=True),
)


def do_what_is_due(app: Flask, at: datetime) -> list[str]:
    """Do what was not done yet on this day, each in a transaction of its own; return the names of what was done.

    Of several processes one does it, on whatever machine; the others find it done. What fails is logged and stays due.
    """
    with app.app_context(), reading():
        if not any(is_due(work, at) for work in WORKS):
            return []
    with one_process_at_a_time(app, "daily"):
        return [work.name for work in WORKS if _do(app, work, at)]


def _do(app: Flask, work: Work, at: datetime) -> bool:
    try:
        outcome = _do_in_transactions(app, work, at)
    except Exception:
        LOG.exception("the day's work %s was not done; the next try follows", work.name)
        return False
    if outcome is None:
        return False
    LOG.info("the day's work %s is done: %s", work.name, outcome)
    return True


def _do_in_transactions(app: Flask, work: Work, at: datetime) -> int | None:
    """Return how much was done, None when somebody else has done it."""
    number = 0
    while True:
        with app.app_context(), committed():
            if not is_due(work, at):
                return None
            done = work.do(last_done(work.name), at)
            number += done
            if not (work.in_batches and done):
                remember_done(work, at)
                return number


class DailyRounds:
    """The thread of a process that serves, which looks now and then whether a day has begun."""

    def __init__(self, app: Flask):
        self.app = app
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._walk, name="daily", daemon=True)

    def start(self) -> None:
        """Begin; in a process that was forked, after the fork, which threads do not survive."""
        self._thread.start()

    def stop(self) -> None:
        """End, and wait a little for what is under way."""
        self._end.set()
        self._thread.join(PATIENCE)

    def _walk(self) -> None:
        pause = BEFORE_THE_FIRST_LOOK
        while not self._end.wait(pause):
            pause = self._look()

    def _look(self) -> float:
        """Do what is due and return the seconds until the next look."""
        now = clock.now()
        try:
            do_what_is_due(self.app, now)
            with self.app.app_context(), reading():
                is_something_left = any(is_due(work, now) for work in WORKS)
        except Exception:
            LOG.exception("whether the day's work is due could not be seen; the next try follows")
            return AFTER_A_FAULT
        return AFTER_A_FAULT if is_something_left else BETWEEN_LOOKS
