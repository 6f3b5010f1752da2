"""The one clock: moments are aware and in UTC, days are those of western Indonesia (WIB)."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

WIB = ZoneInfo("Asia/Jakarta")


def now() -> datetime:
    """Return this moment, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """Return the day that it is in East Java."""
    return now().astimezone(WIB).date()
