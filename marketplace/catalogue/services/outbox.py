"""Telling search what has changed in the catalogue."""

from collections.abc import Iterable

from marketplace.foundation import outbox
from marketplace.foundation.outbox import Subject


def note_changes(listing_ids: Iterable[int]) -> None:
    """Note that these listings were added, changed, published or archived; once a batch, after its flush."""
    outbox.note(Subject.LISTING, listing_ids)


def note_changed_businesses(business_ids: Iterable[int]) -> None:
    """Note that these businesses changed, and with them what is found of their listings."""
    outbox.note(Subject.BUSINESS, business_ids)


def note_changed_categories(category_ids: Iterable[int]) -> None:
    """Note that these categories are called otherwise; a group stands for all its leaves."""
    outbox.note(Subject.CATEGORY, category_ids)
