"""Runs migrations in the application's own engine, so that SQLite is tuned here as everywhere."""

from alembic import context
from flask import current_app
from sqlalchemy import TypeDecorator

target = current_app.extensions["migrate"]
database = target.db


def render_plain_types(kind, item, _autogenerate_context):
    """Write our column types as what the database sees, so that migrations outlive the classes."""
    return f"sa.{item.impl!r}" if kind == "type" and isinstance(item, TypeDecorator) else False


def run_migrations() -> None:
    """Run every migration that is missing, each in its transaction."""
    with database.engine.connect() as connection:
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
