"""Runs migrations in the application's own engine, so that SQLite is tuned here as everywhere."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator

target = current_app.extensions["migrate"]
database = target.db


def render_plain_types(kind, item, _autogenerate_context):
    """Write our column types as what the database sees, so that migrations outlive the classes."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


@contextmanager
def tables_may_be_copied(connection: Connection) -> Iterator[None]:
    """Let SQLite put a changed copy in a table's place although rows refer to it; afterwards every reference is whole."""
    if connection.dialect.name != "sqlite":
        yield
        return
    # Past SQLAlchemy, which would begin a transaction first: inside one SQLite does not listen to this.
    driver = connection.connection.driver_connection
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        broken = driver.execute("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise RuntimeError(f"references that lead nowhere: {broken[:5]}")
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def run_migrations() -> None:
    """Run every migration that is missing, each in its transaction."""
    with database.engine.connect() as connection, tables_may_be_copied(connection):
        context.configure(
            connection=connection,
            target_metadata=database.metadatas[None],
            transaction_per_migration=True,
            render_item=render_plain_types,
            **target.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("Migrations run against a database: SQL files cannot be made for batches on SQLite.")
run_migrations()
