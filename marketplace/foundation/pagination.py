"""Lists a page at a time, continued from the last thing seen rather than from a page number.

A numbered page repeats what it showed when something new arrives above it, and the hundredth page costs a hundred
times the first. A page that continues after the last row seen does neither.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Generic, TypeVar

from marketplace.foundation.converters import LARGEST_ID
from marketplace.foundation.errors import NotFound

# The parameter of an address that says after what a list goes on.
CONTINUE = "setelah"
CURSOR = re.compile(r"([0-9]{1,18})-([0-9]{1,10})")
MICROSECOND = 1_000_000
Item = TypeVar("Item")


@dataclass(frozen=True)
class Cursor:
    """The place in a list, newest first, after which the next page goes on."""

    moment: datetime
    id: int

    @classmethod
    def parse(cls, text: str | None) -> "Cursor | None":
        """Return the cursor written in an address, None for the beginning; a made-up one leads nowhere (404)."""
        if not text:
            return None
        match = CURSOR.fullmatch(text)
        if match is None or int(match[2]) > LARGEST_ID:
            raise NotFound
        try:
            seconds, microseconds = divmod(int(match[1]), MICROSECOND)
            moment = datetime.fromtimestamp(seconds, UTC).replace(microsecond=microseconds)
        except (OverflowError, ValueError, OSError) as error:
            raise NotFound from error
        return cls(moment, int(match[2]))

    def __str__(self) -> str:
        return f"{int(self.moment.timestamp()) * MICROSECOND + self.moment.microsecond}-{self.id}"


@dataclass(frozen=True)
class Page(Generic[Item]):
    """Some rows of a list, and the cursor of the next page: None on the last."""

    items: Sequence[Item]
    following: Cursor | None


def page_of(rows: Sequence, size: int) -> Page:
    """Cut rows, newest first and one more than a page holds where there are more, into a page."""
    items = rows[:size]
    has_more = len(rows) > size
    return Page(items, Cursor(items[-1].published_at, items[-1].id) if has_more else None)
