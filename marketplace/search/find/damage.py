"""What happens when an index turns out to be damaged in the middle of a search."""

from collections.abc import Callable
from typing import TypeVar

from marketplace.search.index.integrity import IndexDamaged
from marketplace.search.index.store import Reader, current_store, damage_named

Answer = TypeVar("Answer")


def answer_or_none(reader: Reader, answer: Callable[[], Answer]) -> Answer | None:
    """Return the answer, or None after telling the store that its index could not give one."""
    try:
        with damage_named():
            return answer()
    except IndexDamaged:
        current_store().report_damage(reader)
        return None
