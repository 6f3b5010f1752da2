"""Applications to test: one for each database, made once a process; each test's writes are undone after it."""

import atexit
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree

import sqlalchemy
from flask import Flask
from sqlalchemy.engine import make_url

from marketplace import create_app
from marketplace.config import Settings
from marketplace.foundation import database, transactions
from marketplace.foundation.database import db
from marketplace.foundation.limits import limiter
from marketplace.search.find.engine import keep_engine
from marketplace.search.index.store import keep_index
from tests.support import real_servers
from tests.support.client import PageReader
from tests.support.places import plant_places

# PostgreSQL databases to copy: with every migration and no row, and with the places that tests speak of.
MIGRATED, TEMPLATE = "pasarkim_migrated", "pasarkim_template"
TEMPLATE_LOCK = 35
DATABASE = "pasar-kim.sqlite3"


def settings_for_tests(data_dir: Path, **changes) -> Settings:
    """Return the settings of a marketplace that keeps everything in this folder."""
    defaults = {
        "data_dir": data_dir,
        "database_url": f"sqlite:///{data_dir / DATABASE}",
        "secret_key": "a key that only the tests of this project use",
        "public_url": "http://pasar.test",
        "example_data": False,
    }
    return Settings(**{**defaults, **changes})


def new_marketplace(data_dir: Path, **changes) -> Flask:
    """Return an application in its own folder, on a database with every migration and no row."""
    settings = settings_for_tests(data_dir, **changes)
    prepared = _prepared_folder()
    path = Path(make_url(settings.database_url).database)
    if settings.is_sqlite and not path.exists():
        copyfile(prepared / DATABASE, path)
    if not (settings.data_dir / "static").exists():
        (settings.data_dir / "static").symlink_to(prepared / "static")
    app = create_app(settings)
    app.config["TESTING"] = True
    app.test_client_class = PageReader
    database.upgrade(app)
    return app


@cache
def _prepared_folder() -> Path:
    """Return a folder with an SQLite database that has every migration and no row, and with the static files built.

    Copying the one and sharing the other is faster than making both a hundred times.
    """
    folder = Path(tempfile.mkdtemp(prefix="pasarkim-prepared-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    app = create_app(settings_for_tests(folder))
    database.upgrade(app)
    # The last connection that closes leaves everything in the one file.
    _let_go(app)
    return folder


def new_marketplace_with_places(data_dir: Path, **changes) -> Flask:
    """Return an application whose database holds the places that tests speak of."""
    app = new_marketplace(data_dir, **changes)
    with app.app_context(), transactions.committed():
        plant_places()
    return app


def forget_the_index(app: Flask) -> None:
    """Remove the search index that a command of the test may have left: its listings are undone with the test."""
    folder = app.extensions["search"].folder
    if folder.is_dir():
        rmtree(folder)
        keep_index(app)
        keep_engine(app)


class Marketplaces:
    """The applications of this process.

    The first process that needs PostgreSQL makes a template with every migration and the places; each process then
    has its own copy, named after it.
    """

    def __init__(self, folder: Path, name: str):
        self.folder = folder
        self.name = name
        self._made: list[Flask] = []
        # One application each, however many tests ask.
        self.on_sqlite = cache(self._on_sqlite)
        self.on_postgresql = cache(self._on_postgresql)

    def close(self) -> None:
        """Let go of every connection, so that the server can stop."""
        for app in self._made:
            _let_go(app)

    def _on_sqlite(self) -> Flask:
        app = new_marketplace_with_places(self.folder)
        self._made.append(app)
        return app

    def _on_postgresql(self, url: str) -> Flask:
        with _administrator(url) as administrator:
            real_servers.note("PostgreSQL", administrator.exec_driver_sql("SHOW server_version").scalar_one())
            make_templates(administrator, url, self.folder)
            administrator.exec_driver_sql(f"CREATE DATABASE {self.name} TEMPLATE {TEMPLATE}")
        app = new_marketplace(self.folder, database_url=_with_database(url, self.name))
        self._made.append(app)
        return app


def make_templates(administrator: sqlalchemy.Connection, url: str, folder: Path) -> None:
    """Make the databases that others are copied from, unless another process has made them.

    The lock is kept until the connection closes: PostgreSQL copies for one at a time.
    """
    administrator.exec_driver_sql(f"SELECT pg_advisory_lock({TEMPLATE_LOCK})")
    if not _has_database(administrator, TEMPLATE):
        _make_template(administrator, url, MIGRATED, new_marketplace, folder, "")
        _make_template(administrator, url, TEMPLATE, new_marketplace_with_places, folder, f"TEMPLATE {MIGRATED}")


def _make_template(administrator, url: str, name: str, fill, folder: Path, beginning: str) -> None:
    # It takes its name only when it is complete.
    unfinished = f"{name}_unfinished"
    administrator.exec_driver_sql(f"DROP DATABASE IF EXISTS {unfinished}")
    administrator.exec_driver_sql(f"DROP DATABASE IF EXISTS {name}")
    administrator.exec_driver_sql(f"CREATE DATABASE {unfinished} {beginning}")
    _let_go(fill(folder, database_url=_with_database(url, unfinished)))
    administrator.exec_driver_sql(f"ALTER DATABASE {unfinished} RENAME TO {name}")


@contextmanager
def migrated_database(server_url: str, name: str, folder: Path) -> Iterator[str]:
    """Make a PostgreSQL database with every migration and no row, and drop it at the end; yields its address."""
    with _administrator(server_url) as administrator:
        make_templates(administrator, server_url, folder)
    with empty_database(server_url, name, MIGRATED) as url:
        yield url


@contextmanager
def empty_database(server_url: str, name: str, template: str = "template1") -> Iterator[str]:
    """Make a PostgreSQL database with nothing in it but what the template has, and drop it at the end; yields its address."""
    with _administrator(server_url) as administrator:
        administrator.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        _copy(administrator, name, template)
        real_servers.note("PostgreSQL", administrator.exec_driver_sql("SHOW server_version").scalar_one())
        yield _with_database(server_url, name)
        administrator.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def undone_afterwards() -> Iterator[None]:
    """Let everything inside, also what requests commit, happen in one transaction that is rolled back at the end."""
    # What visitors of the test before have tried counts no longer, either.
    limiter.reset()
    engines = db.engines
    engine = engines[None]
    with engine.connect() as connection:
        transaction = connection.begin()
        engines[None] = connection
        try:
            yield
        finally:
            db.session.remove()
            engines[None] = engine
            transaction.rollback()


@contextmanager
def _administrator(url: str) -> Iterator[sqlalchemy.Connection]:
    engine = sqlalchemy.create_engine(url, isolation_level="AUTOCOMMIT", poolclass=sqlalchemy.NullPool)
    with engine.connect() as connection:
        yield connection


def _copy(administrator: sqlalchemy.Connection, name: str, template: str) -> None:
    # Of two processes that copy one template at a moment PostgreSQL refuses one.
    administrator.exec_driver_sql(f"SELECT pg_advisory_lock({TEMPLATE_LOCK})")
    administrator.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
    administrator.exec_driver_sql(f"SELECT pg_advisory_unlock({TEMPLATE_LOCK})")


def _has_database(administrator: sqlalchemy.Connection, name: str) -> bool:
    found = administrator.execute(sqlalchemy.text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name})
    return found.first() is not None


def _with_database(url: str, name: str) -> str:
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _let_go(app: Flask) -> None:
    with app.app_context():
        db.engine.dispose()
