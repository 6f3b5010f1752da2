"""What a start does before it serves: the newest schema, the places, the categories, examples where they are wanted,
and an index of what can be found.
"""

from collections.abc import Callable

import click
from flask import Flask

from marketplace.catalogue.services.categories import load_categories
from marketplace.examples.services import load_examples
from marketplace.foundation import database
from marketplace.foundation.database import reading
from marketplace.foundation.formatting import angka
from marketplace.foundation.transactions import committed
from marketplace.regions.services import load_regions
from marketplace.search.index import sources
from marketplace.search.index.building import reason_to_rebuild, rebuild
from marketplace.search.index.store import current_store

Report = Callable[[str], None]
# So many are indexed in a second; more are left to the background, so that browsing need not wait.
MOST_INDEXED_AT_ONCE = 5_000


def prepare(app: Flask, report: Report = click.echo) -> None:
    """Bring the database to what this version needs; a second call changes nothing.

    Of several processes that start at once, one prepares; the others wait and find everything done.
    """
    with database.one_process_at_a_time(app, "start"):
        _prepare(app, report)
    # Each node has an index of its own.
    with app.app_context():
        _prepare_index(report)


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


def _prepare_index(report: Report) -> None:
    store = current_store()
    if reason_to_rebuild(store) is None:
        return
    with reading():
        count = sources.count_public()
    if count > MOST_INDEXED_AT_ONCE:
        report(f"Indeks pencarian untuk {angka(count)} produk dan wisata disusun sambil melayani.")
        return
    report(f"Indeks pencarian disusun: {angka(rebuild(store))} produk dan wisata.")
