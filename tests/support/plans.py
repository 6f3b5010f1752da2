"""How SQLite finds the rows of a statement."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

EXPLAIN = "EXPLAIN QUERY PLAN "


@contextmanager
def query_plans() -> Iterator[list[str]]:
    """Collect the steps of SQLite's plan of every query that runs inside: `SEARCH listings USING INDEX …`."""
    steps: list[str] = []

    def explain(connection, _cursor, statement, parameters, _context, _many):
        if statement.startswith(("SELECT", "WITH")):
            plan = connection.exec_driver_sql(EXPLAIN + statement, parameters)
            steps.extend(row.detail for row in plan)

    event.listen(Engine, "before_cursor_execute", explain)
    try:
        yield steps
    finally:
        event.remove(Engine, "before_cursor_execute", explain)
