"""The catalogue from the command line: spreadsheets in and out, shelves, counts."""

from pathlib import Path
from typing import NoReturn

import click
from flask import current_app
from flask.cli import AppGroup

from marketplace.catalogue.errors import ImportRefused
from marketplace.catalogue.services import categories, counts, publishing
from marketplace.catalogue.spreadsheets.exports import export_listings
from marketplace.catalogue.spreadsheets.imports import ImportReport, foresee, save_plan
from marketplace.catalogue.spreadsheets.pictures import PictureDesk, store_pictures
from marketplace.catalogue.spreadsheets.plans import Plan, check_table
from marketplace.catalogue.spreadsheets.progress import with_a_bar
from marketplace.catalogue.spreadsheets.tables import read_table
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import reading
from marketplace.foundation.errors import Refusal
from marketplace.foundation.formatting import angka
from marketplace.foundation.transactions import committed
from marketplace.kim.queries import get_public_kim

commands = AppGroup("catalogue", help="Products and attractions, their categories, and spreadsheets of them.")

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)


@commands.command("import")
@click.argument("file", type=FILE)
@click.option("--photos", type=FOLDER, help="The folder that holds the files of the column foto.")
@click.option("--dry-run", is_flag=True, help="Check everything and save nothing.")
@click.option("--publish", is_flag=True, help="Publish listings instead of letting them wait for their KIM.")
def import_listings(file: Path, photos: Path | None, dry_run: bool, publish: bool):
    """Bring in the listings of FILE (.csv or .xlsx).

    Every row is checked first; with a single fault nothing is saved. The same file again changes nothing. A row
    whose column `status` is filled decides for itself whether it is published.
    """
    with PictureDesk() as desk:
        try:
            # A context of its own gives back its transaction: nobody waits while photos are being looked at.
            with current_app.app_context(), reading():
                plan = check_table(read_table(file), photos, desk, with_a_bar)
                if dry_run:
                    _show(foresee(plan, publish), plan, "Akan")
                    click.echo("Ini baru pemeriksaan: belum ada yang disimpan.")
                    return
            store_pictures(plan.pictures.values(), with_a_bar)
            with committed():
                report = save_plan(CONSOLE, plan, publish, with_a_bar)
        except ImportRefused as refusal:
            _show_faults(refusal)
        except Refusal as refusal:
            raise click.ClickException(refusal.user_message) from refusal
    _show(report, plan, "Sudah")


@commands.command("export")
@click.argument("file", type=NEW_FILE)
@click.option("--kabupaten", metavar="CODE", help="Only this kabupaten or kota, such as 35.23.")
@click.option("--photos", type=click.Path(file_okay=False, path_type=Path), help="Write the photos to this folder.")
def export(file: Path, kabupaten: str | None, photos: Path | None):
    """Write listings to FILE (.csv or .xlsx) in the columns that `import` reads."""
    try:
        with reading():
            count = export_listings(CONSOLE, file, kabupaten, photos, with_a_bar)
    except Refusal as refusal:
        raise click.ClickException(refusal.user_message) from refusal
    except OSError as error:
        raise click.ClickException(f"{error.filename or file}: {error.strerror}") from error
    click.echo(f"{angka(count)} baris ditulis ke {file}.")


@commands.command("load-categories")
def load_categories():
    """Bring the categories to what the file shipped with the marketplace says."""
    try:
        with committed():
            report = categories.load_categories()
    except Refusal as refusal:
        raise click.ClickException(refusal.user_message) from refusal
    click.echo(f"{report.added} kategori ditambah, {report.changed} diperbarui, {report.archived} diarsipkan.")


@commands.command("recount")
def recount():
    """Count the public listings of every place and category anew."""
    with committed():
        counts.recount()
    click.echo("Semua jumlah sudah dihitung ulang.")


@commands.command("publish")
@click.argument("ids", type=int, nargs=-1)
@click.option("--kim", "kim_slug", metavar="SLUG", help="Publish what waits for this KIM.")
@click.option("--waiting", is_flag=True, help="Publish everything that waits.")
def publish(ids: tuple[int, ...], kim_slug: str | None, waiting: bool):
    """Publish the listings with these IDS, or what waits for a KIM, or all that waits.

    What was posted for a seller goes on waiting until the seller has agreed.
    """
    if sum(map(bool, (ids, kim_slug, waiting))) != 1:
        raise click.UsageError("Name listings, or a KIM with --kim, or --waiting.")
    try:
        held = 0
        with committed():
            if ids:
                number = publishing.publish_listings(CONSOLE, ids, clock.now())
            else:
                kim = get_public_kim(kim_slug) if kim_slug else None
                number = publishing.publish_waiting(CONSOLE, kim, clock.now())
                held = publishing.count_awaiting_consent(CONSOLE, kim)
    except Refusal as refusal:
        raise click.ClickException(refusal.user_message) from refusal
    click.echo(f"{angka(number)} sekarang tayang.")
    if held:
        click.echo(f"{angka(held)} dilewati: penjualnya belum menyetujui.")


@commands.command("send-back")
@click.argument("id", type=int)
@click.option("--reason", required=True, help="What is to be mended, as the seller reads it.")
def send_back(id: int, reason: str):
    """Send the listing ID back to its seller, who reads the reason on their desk."""
    try:
        with committed():
            listing = publishing.send_back(CONSOLE, id, reason, clock.now())
            name = listing.name
    except Refusal as refusal:
        raise click.ClickException(refusal.user_message) from refusal
    click.echo(f'"{name}" perlu perbaikan.')


def _show(report: ImportReport, plan: Plan, tense: str) -> None:
    click.echo(
        f"{tense} dibuat: {angka(report.created)}, diperbarui: {angka(report.updated)}, "
        f"tidak berubah: {angka(report.unchanged)}; {angka(report.published)} langsung tayang."
    )
    click.echo(
        f"Usaha baru: {angka(report.businesses_created)}, diperbarui: {angka(report.businesses_updated)}. "
        f"Foto: {angka(len(plan.pictures))}."
    )


def _show_faults(refusal: ImportRefused) -> NoReturn:
    for fault in refusal.faults:
        click.echo(str(fault), err=True)
    raise click.ClickException(refusal.user_message)
