"""How often listings are looked at, and how often somebody goes on to WhatsApp: sums by day, without who it was."""

import secrets
import threading
import time
from collections.abc import Sequence
from datetime import date, timedelta
from hashlib import blake2b

from sqlalchemy import delete, select

from marketplace.catalogue import policy
from marketplace.catalogue.models.counts import ListingDayCount
from marketplace.catalogue.models.listings import Listing
from marketplace.foundation import clock
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.foundation.tally import Row, Tally

# A year and a season: a seller compares this Lebaran with the last one.
DAYS_KEPT = 400
# A process counts no more different listings a day: each is a row.
MOST_LISTINGS_A_DAY = 200_000
# Whoever comes back to a listing within this many seconds has not come twice.
ONE_VISIT = 3600.0
# So many visits are remembered at most, a few megabytes; when more come, the oldest are forgotten sooner.
MOST_VISITS = 100_000
# SQLite counts every id of a list as a parameter.
IDS_AT_ONCE = 500

VIEW, TAP = (1, 0), (0, 1)

counts = ListingDayCount.__table__


class Visits:
    """Who was here within about an hour, in two halves: the elder is dropped when the younger is old or full.

    What is kept of a visit is a number that only this process can make, so that nobody reads from it who it was.
    """

    def __init__(self, seconds: float, most: int):
        self.seconds = seconds
        self.most = most
        self._key = secrets.token_bytes(16)
        self._lock = threading.Lock()
        self._younger, self._elder = set(), set()
        self._begun_at = time.monotonic()

    def is_new(self, visit: str) -> bool:
        """Tell whether this visit was not made lately, and remember it."""
        mark = blake2b(visit.encode(errors="replace"), key=self._key, digest_size=8).digest()
        with self._lock:
            self._forget_the_elder()
            if mark in self._younger or mark in self._elder:
                return False
            self._younger.add(mark)
            return True

    def _forget_the_elder(self) -> None:
        age = time.monotonic() - self._begun_at
        if age < self.seconds and len(self._younger) < self.most // 2:
            return
        # After a quiet night the younger half is as old as the elder.
        self._elder = self._younger if age < 2 * self.seconds else set()
        self._younger, self._begun_at = set(), time.monotonic()


_tally = Tally(counts, key="listing_id", sums=("views", "whatsapp_taps"), most_a_day=MOST_LISTINGS_A_DAY)
_visits = Visits(ONE_VISIT, MOST_VISITS)


def note_view(listing_id: int, visitor: str) -> None:
    """Remember that a visitor looks at a listing, once an hour; touches memory alone."""
    _note(listing_id, visitor, VIEW)


def note_tap(listing_id: int, visitor: str) -> None:
    """Remember that a visitor goes from a listing to WhatsApp, once an hour; touches memory alone."""
    _note(listing_id, visitor, TAP)


def flush() -> None:
    """Write what was counted since the last time, in a transaction of its own; nothing is lost while that fails."""
    _tally.flush(_write)


def forget_visits() -> None:
    """Begin anew: nothing is counted that was not written, and nobody has been here."""
    global _visits
    _tally.take()
    _visits = Visits(ONE_VISIT, MOST_VISITS)


def forget_old_days(actor: Actor, today: date) -> int:
    """Let go of what was counted more than 400 days ago; return of how many listings' days."""
    require(policy.may_forget_counts(actor))
    return db.session.execute(delete(counts).where(counts.c.day < today - timedelta(days=DAYS_KEPT))).rowcount


def _note(listing_id: int, visitor: str, amounts: tuple[int, int]) -> None:
    if _visits.is_new(f"{listing_id} {amounts} {visitor}"):
        _tally.add(clock.today(), listing_id, *amounts)


def _write(rows: list[Row]) -> None:
    # A database that was put back from a copy may not know what was shown a moment ago.
    known = _known_listings([row["listing_id"] for row in rows])
    rows = [row for row in rows if row["listing_id"] in known]
    if rows:
        _tally.write(rows)


def _known_listings(ids: Sequence[int]) -> set[int]:
    known: set[int] = set()
    for start in range(0, len(ids), IDS_AT_ONCE):
        known.update(db.session.scalars(select(Listing.id).where(Listing.id.in_(ids[start : start + IDS_AT_ONCE]))))
    return known
