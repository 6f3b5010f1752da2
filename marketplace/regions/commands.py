"""The reference data of places, from the command line."""

from pathlib import Path

import click
from flask.cli import AppGroup

from marketplace.foundation.transactions import committed
from marketplace.regions import services

commands = AppGroup("regions", help="East Java's kabupaten, kota, kecamatan, desa and kelurahan.")


@commands.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), default=services.REFERENCE_FILE)
def load_regions(file: Path):
    """Bring the database to what FILE says (default: the data shipped with the marketplace)."""
    with committed():
        report = services.load_regions(file)
    click.echo(f"{report.added} ditambah, {report.changed} diperbarui, {report.retired} tidak dipakai lagi.")
