"""Databases without a table, on both engines."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from marketplace import create_app
from marketplace.foundation.database import db
from tests.support.applications import empty_database, settings_for_tests


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory) -> Path:
    """A folder for everything but the database: what is made in it is made once."""
    return tmp_path_factory.mktemp("migrations")


@pytest.fixture(params=["sqlite", "postgresql"])
def unmigrated(request: pytest.FixtureRequest, data_dir, tmp_path, worker_id) -> Iterator[Flask]:
    """A marketplace whose database holds nothing at all, inside its application context."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'migrations.sqlite3'}"
        yield from _inside(create_app(settings_for_tests(data_dir, database_url=url)))
        return
    server = request.getfixturevalue("postgresql_url")
    with empty_database(server, f"pasarkim_migrations_{worker_id}") as url:
        yield from _inside(create_app(settings_for_tests(data_dir, database_url=url)))


def _inside(app: Flask) -> Iterator[Flask]:
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()
