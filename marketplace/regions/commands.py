"""The reference data of places, from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from marketplace.foundation.errors import Refusal
from marketplace.foundation.transactions import committed
from marketplace.regions import services

commands = AppGroup("regions", help="East Java's kabupaten, kota, kecamatan, desa and kelurahan.")


@commands.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=services.REFERENCE_FILE)
@click.option("--force", is_flag=True, help="Load FILE although it lacks many of the places that are there.")
def load_regions(file: Path, force: bool):
    """Bring the database to what FILE says (default: the data shipped with the marketplace)."""
    try:
        with committed():
            report = services.load_regions(file, may_retire_many=force)
    except Refusal as refusal:
        raise click.ClickException(refusal.user_message) from refusal
    click.echo(f"{report.added} ditambah, {report.changed} diperbarui, {report.retired} tidak dipakai lagi.")
