"""What a start does before it serves: the newest schema, the places, the categories and, where wanted, examples."""

from collections.abc import Callable

import click
from flask import Flask

from marketplace.catalogue.services.categories import load_categories
from marketplace.examples.services import load_examples
from marketplace.foundation import database
from marketplace.foundation.transactions import committed
from marketplace.regions.services import load_regions

Report = Callable[[str], None]


def prepare(app: Flask, report: Report = click.echo) -> None:
    """Bring the database to what this version needs; a second call changes nothing.

    Of several processes that start at once, one prepares; the others wait and find everything done.
    """
    with database.one_process_at_a_time(app, "start"):
        _prepare(app, report)


def _prepare(app: Flask, report: Report) -> None:
    if database.upgrade(app):
        report("Basis data disiapkan.")
    with app.app_context():
        with committed():
            regions = load_regions()
            load_categories()
        if regions.added:
            report(f"{regions.added} wilayah Jawa Timur dimuat.")
        if app.extensions["settings"].example_data:
            load_examples(report)
