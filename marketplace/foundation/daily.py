"""Work that is done once a day: when it was done last, remembered by the database that all processes share."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.clock import WIB
from marketplace.foundation.database import db


class DayWork(db.Model):
    """When a piece of the day's work was done last; no row means never."""

    __tablename__ = "day_works"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    done_at: Mapped[datetime]


@dataclass(frozen=True)
class Work:
    """Something to do once on each day: `do(since, at)`, with the moment of the last time, None the first time.

    It returns how much it did. What is done in batches is called again, each time in a transaction of its own, until
    that is nothing.
    """

    name: str
    do: Callable[[datetime | None, datetime], int]
    in_batches: bool = False


def last_done(name: str) -> datetime | None:
    """Return when this was done last, None when never."""
    return db.session.scalar(db.select(DayWork.done_at).where(DayWork.name == name))


def is_due(work: Work, at: datetime) -> bool:
    """Tell whether a day has begun in East Java since this was done: shortly after midnight few people are awake."""
    done_at = last_done(work.name)
    return done_at is None or done_at.astimezone(WIB).date() < at.astimezone(WIB).date()


def remember_done(work: Work, at: datetime) -> None:
    """Remember that this is done, in the transaction that does it."""
    row = db.session.get(DayWork, work.name)
    if row is None:
        db.session.add(DayWork(name=work.name, done_at=at))
    else:
        row.done_at = at
    db.session.flush()
