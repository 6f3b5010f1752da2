"""The database: one SQLAlchemy session a request, its column types, and SQLite tuned for one busy village server."""

import enum
import hashlib
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import NewType

import filelock
import flask_migrate
import sqlalchemy.exc
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import BigInteger, DateTime, Enum, MetaData, String, TypeDecorator, event, func, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.orm import DeclarativeBase, registry

from marketplace.config import BadSetting
from marketplace.foundation.paths import migrations_folder

Rupiah = NewType("Rupiah", int)
"""Whole rupiah; there is no smaller unit in trade."""

READING_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_only_reads: ContextVar[bool] = ContextVar("only_reads", default=False)
_writes: ContextVar[bool] = ContextVar("writes", default=False)


class UtcDateTime(TypeDecorator):
    """A moment: aware, in UTC. SQLite has no zone and keeps the UTC wall time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value, dialect):
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value, dialect):
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class TextSet(TypeDecorator):
    """A set of members of one StrEnum, kept as sorted text with commas: `ambil,diantar`."""

    impl = String(200)
    cache_ok = True

    def __init__(self, members: type[enum.StrEnum]):
        super().__init__()
        self.members = members

    def process_bind_param(self, value: Iterable[str] | None, dialect):
        if value is None:
            return None
        return ",".join(sorted(self.members(member).value for member in value))

    def process_result_value(self, value: str | None, dialect):
        if value is None:
            return None
        return frozenset(self.members(member) for member in value.split(",") if member)


class Base(DeclarativeBase):
    """What every model inherits: constraint names that migrations can name, and types by annotation."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    registry = registry(
        metadata=metadata,
        type_annotation_map={
            datetime: UtcDateTime,
            Rupiah: BigInteger,
            enum.StrEnum: Enum(
                enum.StrEnum,
                native_enum=False,
                create_constraint=True,
                length=20,
                values_callable=lambda members: [member.value for member in members],
            ),
        },
    )


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = flask_migrate.Migrate()


@contextmanager
def reading() -> Iterator[None]:
    """Promise that what runs inside only reads, so that on SQLite it waits for no writer and stops none."""
    token = _only_reads.set(True)
    try:
        yield
    finally:
        _only_reads.reset(token)


@contextmanager
def writing() -> Iterator[None]:
    """Let a transaction that begins inside write although the request only reads, as when a sign-in is renewed."""
    token = _writes.set(True)
    try:
        yield
    finally:
        _writes.reset(token)


def text_enum(members: type[enum.StrEnum], name: str) -> Enum:
    """Return the type of a second column of one enumeration in the same table: `name` tells its check apart."""
    return Enum(
        members,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda members: [member.value for member in members],
    )


def take_turns(name: str) -> None:
    """Wait until no other transaction that has asked for this turn is under way; keep the turn until this one ends.

    SQLite lets one transaction write at a time, whatever it is about: there the turn begins with the transaction.
    """
    connection = db.session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_key_of_lock(name))))


def _key_of_lock(name: str) -> int:
    """Return the number by which PostgreSQL, the same in every process, knows what a lock is called here."""
    return int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), signed=True)


@contextmanager
def one_process_at_a_time(app: Flask, name: str) -> Iterator[None]:
    """Hold a lock that outlives transactions, for work of many; a process that dies lets go of it.

    On PostgreSQL it is a lock of the database's own, held on one connection; on SQLite, which serves one machine, a
    locked file beside the database.
    """
    with app.app_context():
        engine = db.engine
    if engine.dialect.name != "postgresql":
        with filelock.FileLock(f"{engine.url.database}.lock"):
            yield
        return
    # No transaction is left open meanwhile: it would keep the database from clearing up.
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(select(func.pg_advisory_lock(_key_of_lock(name))))
        try:
            yield
        finally:
            connection.execute(select(func.pg_advisory_unlock(_key_of_lock(name))))


def connect(app: Flask) -> None:
    """Give the application its database."""
    settings = app.extensions["settings"]
    app.config["SQLALCHEMY_DATABASE_URI"] = settings.database_url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    db.init_app(app)
    migrate.init_app(app, db, directory=str(migrations_folder()), render_as_batch=True, compare_type=True)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _tune_sqlite(db.engine)


def refuse_an_unreachable_database(app: Flask) -> None:
    """Try one connection; refuse with BadSetting, which tells no password, when there is none to be had."""
    with app.app_context():
        engine = db.engine
    try:
        engine.connect().close()
    except sqlalchemy.exc.DBAPIError as error:
        # Passwords also stand in queries.
        address = engine.url.set(query={}).render_as_string(hide_password=True)
        reason, *_ = str(error.orig).splitlines() or [type(error.orig).__name__]
        raise BadSetting("DATABASE_URL", address, f"cannot be used: {reason}") from error


def is_busy_or_away(error: Exception) -> bool:
    """Tell whether the same statement may well succeed later: the fault is that of the moment, not the statement's."""
    # What SQLite says to the beginning of a transaction arrives as it is, all else in SQLAlchemy's wrapping.
    cause = getattr(error, "orig", error)
    if isinstance(cause, sqlite3.Error):
        # The lower byte is the kind of error, whatever its variant.
        return cause.sqlite_errorcode & 0xFF in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    # PostgreSQL's drivers call it operational only when the server is away, full, stopping, or let go of a deadlock.
    return True


def upgrade(app: Flask) -> bool:
    """Bring the database to the newest migration and tell whether there was anything to do.

    A start that finds nothing to do has not even loaded a migration.
    """
    with app.app_context():
        if _current_revision() == _newest_revision():
            return False
        flask_migrate.upgrade()
        return True


def _current_revision() -> str | None:
    with reading(), db.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _newest_revision() -> str | None:
    scripts = ScriptDirectory(str(migrations_folder()))
    return scripts.get_current_head()


def _engine_options(settings) -> dict:
    if settings.is_sqlite:
        # The connection used last has its pages and prepared statements at hand.
        return {"connect_args": {"timeout": 5}, "pool_use_lifo": True}
    return {"pool_size": settings.web_threads, "max_overflow": 2, "pool_pre_ping": True}


def _tune_sqlite(engine: Engine) -> None:
    """Readers never wait for the writer, a writer waits its turn, and foreign keys mean what they say."""

    @event.listens_for(engine, "connect")
    def prepare(connection, _record):
        # The driver's own way of beginning transactions takes the write lock too late; `begin` below replaces it.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=5000",
            "cache_size=-16000",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection):
        # A transaction that begins as a reader and then writes can fail at once when another writes: SQLite does
        # not let it wait. So whoever may write takes the lock at the start.
        connection.connection.driver_connection.execute("BEGIN" if _reads() else "BEGIN IMMEDIATE")


def _reads() -> bool:
    if _writes.get():
        return False
    return _only_reads.get() or (has_request_context() and request.method in READING_METHODS)
