"""Databases that judged queries are asked of."""

from pathlib import Path

import click
from flask import Flask

from benchmarks.kept import CACHE, kept_folder
from marketplace import create_app, first_start
from marketplace.catalogue.spreadsheets.imports import save_plan
from marketplace.catalogue.spreadsheets.pictures import PictureDesk, store_pictures
from marketplace.catalogue.spreadsheets.plans import check_table
from marketplace.catalogue.spreadsheets.tables import read_table
from marketplace.config import Settings
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db, reading
from marketplace.foundation.transactions import committed

SPREADSHEETS = {".csv", ".xlsx"}


def marketplace_with(listings: Path | None) -> Flask:
    """Return a marketplace with these listings, or with the example data; a second call finds it made.

    `listings` is a spreadsheet as `catalogue import` reads it, or a folder with one and its photos.
    """
    if listings is None:
        return _application(kept_folder(CACHE, "examples", [], _fill_with_examples), with_examples=True)
    spreadsheet = _spreadsheet_in(listings) if listings.is_dir() else listings
    folder = kept_folder(CACHE, spreadsheet.stem, [listings], lambda folder: _fill(folder, spreadsheet))
    return _application(folder, with_examples=False)


def _application(folder: Path, with_examples: bool) -> Flask:
    return create_app(Settings.from_environment({"DATA_DIR": str(folder), "EXAMPLE_DATA": str(int(with_examples))}))


def _fill_with_examples(folder: Path) -> None:
    app = _application(folder, with_examples=True)
    first_start.prepare(app, _say_nothing)
    with app.app_context():
        db.engine.dispose()


def _fill(folder: Path, spreadsheet: Path) -> None:
    app = _application(folder, with_examples=False)
    first_start.prepare(app, _say_nothing)
    with app.app_context():
        with PictureDesk() as desk:
            with reading():
                plan = check_table(read_table(spreadsheet), spreadsheet.parent, desk)
                # The pictures are worked through without a transaction that waits for them.
                db.session.rollback()
            store_pictures(plan.pictures.values())
            with committed():
                save_plan(CONSOLE, plan, publish=True)
        db.engine.dispose()


def _spreadsheet_in(folder: Path) -> Path:
    found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in SPREADSHEETS]
    if len(found) != 1:
        raise click.UsageError(f"{folder} should hold one spreadsheet and its photos; it holds {len(found)}")
    return found[0]


def _say_nothing(_text: str) -> None:
    pass
