"""Databases that judged queries are asked of, kept from run to run because making one takes a while."""

import hashlib
import shutil
from pathlib import Path

import click
from flask import Flask

from marketplace import create_app, first_start
from marketplace.catalogue.spreadsheets.imports import save_plan
from marketplace.catalogue.spreadsheets.pictures import PictureDesk, store_pictures
from marketplace.catalogue.spreadsheets.plans import check_table
from marketplace.catalogue.spreadsheets.tables import read_table
from marketplace.config import Settings
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db, reading
from marketplace.foundation.transactions import committed

PROJECT = Path(__file__).resolve().parents[1]
CACHE = PROJECT / ".cache" / "relevance"
SPREADSHEETS = {".csv", ".xlsx"}
# What a database follows from, besides the spreadsheet.
SOURCES = ("migrations/versions", "marketplace/examples", "marketplace/regions/data", "marketplace/catalogue/data")


def marketplace_with(listings: Path | None) -> Flask:
    """Return a marketplace with these listings, or with the example data; a second call finds it made.

    `listings` is a spreadsheet as `catalogue import` reads it, or a folder with one and its photos.
    """
    spreadsheet = _spreadsheet_in(listings) if listings and listings.is_dir() else listings
    folder = CACHE / _digest([PROJECT / name for name in SOURCES] + ([listings] if listings else []))
    if not folder.exists():
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        _fill(_application(unfinished, with_examples=spreadsheet is None), spreadsheet)
        unfinished.rename(folder)
    return _application(folder, with_examples=spreadsheet is None)


def _application(folder: Path, with_examples: bool) -> Flask:
    return create_app(Settings.from_environment({"DATA_DIR": str(folder), "EXAMPLE_DATA": str(int(with_examples))}))


def _fill(app: Flask, spreadsheet: Path | None) -> None:
    first_start.prepare(app, _say_nothing)
    with app.app_context():
        if spreadsheet:
            _bring_in(spreadsheet)
        db.engine.dispose()


def _bring_in(spreadsheet: Path) -> None:
    with PictureDesk() as desk:
        with reading():
            plan = check_table(read_table(spreadsheet), spreadsheet.parent, desk)
            # The pictures are worked through without a transaction that waits for them.
            db.session.rollback()
        store_pictures(plan.pictures.values())
        with committed():
            save_plan(CONSOLE, plan, publish=True)


def _spreadsheet_in(folder: Path) -> Path:
    found = [path for path in sorted(folder.iterdir()) if path.suffix.lower() in SPREADSHEETS]
    if len(found) != 1:
        raise click.UsageError(f"{folder} should hold one spreadsheet and its photos; it holds {len(found)}")
    return found[0]


def _digest(sources: list[Path]) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for source in sources:
        files = sorted(source.rglob("*")) if source.is_dir() else [source]
        for path in files:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def _say_nothing(_text: str) -> None:
    pass
