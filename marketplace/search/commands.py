"""The search index and what people seek, from the command line."""

import os
import signal
import threading
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext

from marketplace.catalogue.commands import commands as catalogue_commands
from marketplace.catalogue.services.outbox import note_changes
from marketplace.catalogue.spreadsheets.progress import with_a_bar
from marketplace.foundation.database import reading
from marketplace.foundation.formatting import angka
from marketplace.foundation.transactions import committed
from marketplace.search import popular
from marketplace.search.background import Keeper, keeper_of
from marketplace.search.index import changes
from marketplace.search.index.building import reason_to_rebuild, rebuild
from marketplace.search.index.state import read_state
from marketplace.search.index.store import INDEX_VERSION, Store, current_store
from marketplace.search.verifying import Differences, compare

commands = AppGroup("search", help="The search index, and what people seek.")

IDS_SHOWN = 10


@catalogue_commands.result_callback()
@with_appcontext
def catch_up(*_results, **_parameters) -> None:
    """After a command that may have changed listings bring the index up to date, unless somebody keeps it already.

    While the marketplace runs its own process does that; while it does not, nobody else would before the next start.
    """
    keeper = Keeper(current_app._get_current_object(), must_end=lambda _seconds: False)
    try:
        keeper.look()
    finally:
        keeper.close()


@commands.command("rebuild")
def rebuild_index():
    """Build the index anew beside the one in use, and let it take over; the marketplace may be running."""
    count = rebuild(current_store(), with_a_bar)
    click.echo(f"Indeks pencarian disusun: {angka(count)} produk dan wisata.")


@commands.command("status")
def show_status():
    """Show what the index holds, how far it lags behind and who keeps it."""
    store = current_store()
    reader = store.reader()
    name = store.current()
    click.echo(f"Siap: {'ya' if reader else 'belum'}")
    click.echo(f"Dijaga oleh: {keeper_of(store.folder) or 'tidak ada'}")
    if name is None:
        click.echo("Indeks belum ada. Jalankan: flask --app marketplace search rebuild")
        return
    state = read_state(store.folder / name)
    click.echo(f"Generasi: {name}, {angka(_kilobytes(store, name))} KB")
    if reason_to_rebuild(store):
        click.echo("Indeks ini akan disusun ulang.")
    if reader:
        click.echo(f"Produk dan wisata: {angka(reader.searcher.num_docs)}")
    if state:
        is_own = state.version == INDEX_VERSION
        click.echo(f"Versi: {state.version}{'' if is_own else f', seharusnya {INDEX_VERSION}'}")
        with reading():
            click.echo(f"Perubahan yang menunggu: {angka(changes.count_waiting(state))}")


@commands.command("verify")
@click.option("--mend", is_flag=True, help="Let the indexer read anew whatever differs.")
def verify_index(mend: bool):
    """Compare the index with the database; end with status 1 when they differ."""
    reader = current_store().reader()
    if reader is None:
        raise click.ClickException("Indeks belum bisa dipakai. Jalankan: flask --app marketplace search rebuild")
    # A context of its own ends its transaction, so that mending may begin another.
    with current_app.app_context(), reading():
        differences = compare(reader)
    if not differences.ids:
        click.echo(f"Indeks cocok dengan basis data: {angka(reader.searcher.num_docs)} produk dan wisata.")
        return
    _show(differences)
    if mend:
        with committed():
            note_changes(differences.ids)
        click.echo("Dicatat untuk dibaca ulang.")
    raise click.exceptions.Exit(1)


@commands.command("follow")
@click.option("--while-parent-lives", is_flag=True, hidden=True, help="End when the process that began this one ends.")
def follow_changes(while_parent_lives: bool):
    """Keep the index in step with the database until told to stop.

    A server with one process does this by itself, and one with several begins this command: it is for those who run
    web processes of their own.
    """
    end = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: end.set())
    Keeper(current_app._get_current_object(), _waiting(end, while_parent_lives)).keep()


@commands.command("report")
@click.option("--days", type=click.IntRange(1, popular.DAYS_KEPT), default=30, show_default=True)
@click.option("--limit", type=click.IntRange(1, 1_000), default=30, show_default=True)
def report_searches(days: int, limit: int):
    """Show what people seek most, and what they seek and do not find."""
    with reading():
        most = popular.report(days, limit)
        in_vain = popular.report(days, limit, only_in_vain=True)
    _show_searches(f"Paling dicari dalam {days} hari:", most)
    click.echo()
    _show_searches("Dicari tetapi tidak ditemukan:", in_vain)


def _waiting(end: threading.Event, while_parent_lives: bool) -> Callable[[float], bool]:
    parent = os.getppid()
    return lambda seconds: end.wait(seconds) or (while_parent_lives and os.getppid() != parent)


def _kilobytes(store: Store, name: str) -> int:
    return sum(path.stat().st_size for path in (store.folder / name).iterdir() if path.is_file()) // 1024


def _show(differences: Differences) -> None:
    for label, ids in (
        ("Belum ada di indeks", differences.missing),
        ("Masih ada di indeks", differences.extra),
        ("Berbeda di indeks", differences.stale),
    ):
        if ids:
            shown = ", ".join(map(str, ids[:IDS_SHOWN])) + (", …" if len(ids) > IDS_SHOWN else "")
            click.echo(f"{label}: {angka(len(ids))} ({shown})")


def _show_searches(title: str, rows: list[popular.SearchesOfWords]) -> None:
    click.echo(title)
    for row in rows:
        click.echo(f"  {row.words}: {angka(row.searches)} kali, {angka(row.without_results)} tanpa hasil")
    if not rows:
        click.echo("  belum ada")
