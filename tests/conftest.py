"""What every test may ask for: an application on either database, a strict reader of its pages, a browser."""

from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from flask import Flask

from marketplace.foundation.database import db
from tests.support.applications import (
    Marketplaces,
    forget_the_index,
    migrated_database,
    new_marketplace,
    undone_afterwards,
)
from tests.support.client import PageReader
from tests.support.passwords import hash_cheaply

pytest_plugins = ["tests.support.whole_run", "tests.support.browsers"]

# Tests of these roles speak of rows: they run inside an application, those of the first set on both databases.
ROLES_ON_BOTH_DATABASES = {"test_models", "test_queries", "test_services"}
ROLES_ON_A_DATABASE = {*ROLES_ON_BOTH_DATABASES, "test_policy", "test_forms", "test_pages", "test_commands"}

hash_cheaply()

# A test's transaction is the outermost: what the code under test commits or rolls back is a savepoint inside it.
db.session.session_factory.configure(join_transaction_mode="create_savepoint")


def pytest_pycollect_makemodule(module_path, parent) -> pytest.Module:
    """Run the tests of such a file inside an application, so that their sentences need not ask for it."""
    module = pytest.Module.from_parent(parent, path=module_path)
    if module_path.stem in ROLES_ON_A_DATABASE:
        module.add_marker(pytest.mark.usefixtures("app"))
    return module


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run the tests of rows on SQLite and on PostgreSQL, those of pages on SQLite unless marked."""
    if "database" not in metafunc.fixturenames:
        return
    is_about_rows = metafunc.module.__name__.rpartition(".")[2] in ROLES_ON_BOTH_DATABASES
    is_marked = metafunc.definition.get_closest_marker("both_databases") is not None
    databases = ("sqlite", "postgresql") if is_about_rows or is_marked else ("sqlite",)
    metafunc.parametrize("database", databases)


@pytest.fixture(scope="session")
def marketplaces(tmp_path_factory, worker_id) -> Iterator[Marketplaces]:
    """The applications of this process, one for each database."""
    applications = Marketplaces(tmp_path_factory.mktemp("marketplace"), f"pasarkim_{worker_id}")
    yield applications
    applications.close()


@pytest.fixture
def app(marketplaces: Marketplaces, database: str, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A marketplace with a few places and no listing; whatever the test writes is undone after it."""
    if database == "postgresql":
        application = marketplaces.on_postgresql(request.getfixturevalue("postgresql_url"))
    else:
        application = marketplaces.on_sqlite()
    with application.app_context(), undone_afterwards():
        yield application
    forget_the_index(application)


@pytest.fixture
def client(app: Flask) -> PageReader:
    """A visitor without an account who refuses pages with faults."""
    return app.test_client()


@pytest.fixture
def fresh_marketplace(tmp_path, database: str, request: pytest.FixtureRequest) -> Iterator[Flask]:
    """A marketplace with a database of its own, in which several threads may commit; it has no row yet."""
    with ExitStack() as stack:
        changes = {}
        if database == "postgresql":
            url = request.getfixturevalue("postgresql_url")
            name = f"pasarkim_fresh_{request.getfixturevalue('worker_id')}"
            changes["database_url"] = stack.enter_context(migrated_database(url, name, tmp_path))
        app = new_marketplace(tmp_path, **changes)
        yield app
        with app.app_context():
            db.engine.dispose()
