"""Counting what a page asks the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

TRANSACTION_WORDS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")


@contextmanager
def query_budget(most: int) -> Iterator[list[str]]:
    """Fail, listing every statement, when what runs inside sends more than this many to the database."""
    statements: list[str] = []

    def remember(_connection, _cursor, statement, _parameters, _context, _many):
        if not statement.startswith(TRANSACTION_WORDS):
            statements.append(statement)

    event.listen(Engine, "before_cursor_execute", remember)
    try:
        yield statements
    finally:
        event.remove(Engine, "before_cursor_execute", remember)
    listing = "\n\n".join(f"{number}. {statement}" for number, statement in enumerate(statements, 1))
    assert len(statements) <= most, f"{len(statements)} statements where {most} were promised:\n\n{listing}"
