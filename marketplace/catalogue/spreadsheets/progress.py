"""Showing how far a long command has come."""

from collections.abc import Iterable, Iterator
from typing import Protocol, TypeVar

import click

Item = TypeVar("Item")


class Progress(Protocol):
    """Passes items on one by one while telling somebody how many of `total` are done."""

    def __call__(self, items: Iterable[Item], label: str, total: int) -> Iterable[Item]: ...


def silently(items: Iterable[Item], label: str, total: int) -> Iterable[Item]:
    """Pass the items on and tell nobody."""
    return items


def with_a_bar(items: Iterable[Item], label: str, total: int) -> Iterator[Item]:
    """Pass the items on and draw a bar on the terminal; where there is no terminal only the label is written."""
    with click.progressbar(items, label=label, length=total, update_min_steps=max(1, total // 200)) as shown:
        yield from shown
