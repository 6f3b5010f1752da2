"""Opening hours as numbers to look up: the half hours of a week in which an attraction is open for a while."""

from datetime import datetime, time
from functools import lru_cache

from marketplace.foundation import clock
from marketplace.foundation.opening_hours import ALL_DAY, OpeningHours

SLOT_MINUTES = 30
SLOTS_A_DAY = 24 * 60 // SLOT_MINUTES
# 0 to 47: a half hour of every day; from 48: the half hours of Monday, of Tuesday …; and the whole week.
WEEK_BEGINS_AT = SLOTS_A_DAY
ALWAYS = WEEK_BEGINS_AT + 7 * SLOTS_A_DAY


@lru_cache(maxsize=4_096)
def slots_of(hours: OpeningHours) -> tuple[int, ...]:
    """Return the half hours that the opening hours touch; most places open every day alike and need few."""
    if all(spans == (ALL_DAY,) for spans in hours.days):
        return (ALWAYS,)
    week = sorted({slot for day, spans in enumerate(hours.days) for span in spans for slot in _touched(day, *span)})
    of_monday = [slot for slot in week if slot < SLOTS_A_DAY]
    every_day = [day * SLOTS_A_DAY + slot for day in range(7) for slot in of_monday]
    return tuple(of_monday if week == every_day else [WEEK_BEGINS_AT + slot for slot in week])


def slots_at(moment: datetime) -> list[int]:
    """Return the numbers of which one stands with whatever is open at this moment."""
    local = moment.astimezone(clock.WIB)
    slot = _slot(local.time())
    return [slot, WEEK_BEGINS_AT + local.weekday() * SLOTS_A_DAY + slot, ALWAYS]


def _touched(day: int, start: time, end: time) -> list[int]:
    first = day * SLOTS_A_DAY + _slot(start)
    minutes = (end.hour * 60 + end.minute - start.hour * 60 - start.minute) % (24 * 60) or 24 * 60
    last = day * SLOTS_A_DAY + (start.hour * 60 + start.minute + minutes - 1) // SLOT_MINUTES
    return [slot % (7 * SLOTS_A_DAY) for slot in range(first, last + 1)]


def _slot(hour: time) -> int:
    return (hour.hour * 60 + hour.minute) // SLOT_MINUTES
