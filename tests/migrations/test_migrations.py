"""Migrations lead to what the models say, carry rows along, and can be taken back by one step."""

import re

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, MetaData, func, inspect, select

from marketplace.foundation import database
from marketplace.foundation.database import db
from marketplace.foundation.paths import migrations_folder
from tests.migrations.rows import ROWS_AFTER

SCRIPTS = ScriptDirectory(str(migrations_folder()))
# Oldest first.
REVISIONS = [script.revision for script in reversed(list(SCRIPTS.walk_revisions()))]


def tables_now() -> MetaData:
    """Return the tables as the database has them, whatever the models say."""
    tables = MetaData()
    tables.reflect(db.engine)
    return tables


def count_rows() -> dict[str, int]:
    with db.engine.connect() as connection:
        counts = {
            name: connection.scalar(select(func.count()).select_from(table))
            for name, table in tables_now().tables.items()
        }
    counts.pop("alembic_version", None)
    return counts


def add_rows_of(revision: str) -> None:
    tables = tables_now().tables
    with db.engine.begin() as connection:
        for name, row in ROWS_AFTER.get(revision, []):
            connection.execute(tables[name].insert().values(row))


def test_there_is_one_line_of_migrations():
    assert len(SCRIPTS.get_heads()) == 1
    assert [f"{number:04}" for number in range(1, len(REVISIONS) + 1)] == REVISIONS


@pytest.mark.parametrize("script", list(SCRIPTS.walk_revisions()), ids=lambda script: script.revision)
def test_a_migration_is_named_after_what_it_does(script):
    assert re.fullmatch(r"\d{4}_[a-z0-9_]+\.py", re.split(r"[\\/]", script.path)[-1])
    assert script.doc


@pytest.mark.usefixtures("unmigrated")
def test_migrations_lead_to_what_the_models_say():
    flask_migrate.upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


@pytest.mark.usefixtures("unmigrated")
def test_the_database_checks_what_the_models_say_that_it_checks():
    flask_migrate.upgrade()
    inspector = inspect(db.engine)
    for table in db.metadata.sorted_tables:
        declared = {
            table_constraint_name(constraint)
            for constraint in table.constraints
            if isinstance(constraint, CheckConstraint)
        }
        kept = {constraint["name"] for constraint in inspector.get_check_constraints(table.name)}
        assert kept == declared, table.name


def table_constraint_name(constraint: CheckConstraint) -> str:
    """Return the name as the database has it, after the naming convention."""
    return str(db.engine.dialect.identifier_preparer.format_constraint(constraint)).strip('"')


@pytest.mark.usefixtures("unmigrated")
def test_rows_of_every_age_are_carried_to_today():
    added = 0
    for revision in REVISIONS:
        flask_migrate.upgrade(revision=revision)
        add_rows_of(revision)
        added += len(ROWS_AFTER.get(revision, []))

    counts = count_rows()
    assert sum(counts.values()) >= added
    assert [name for name, count in counts.items() if not count] == [], "a table without a row in rows.py"


@pytest.mark.usefixtures("unmigrated")
def test_the_newest_migration_can_be_taken_back_and_made_again_with_rows_in_the_database():
    for revision in REVISIONS:
        flask_migrate.upgrade(revision=revision)
        add_rows_of(revision)

    flask_migrate.downgrade(revision="-1")
    before = count_rows()
    flask_migrate.upgrade()

    assert set(before) <= set(count_rows())
    assert len(REVISIONS) > 1 or before == {}


def test_a_database_that_is_up_to_date_is_left_alone(unmigrated):
    assert database.upgrade(unmigrated)
    assert not database.upgrade(unmigrated)
