"""Photos from the command line: making again what is derived, and checking what is kept."""

import click
from flask.cli import AppGroup

from marketplace.foundation.database import reading
from marketplace.foundation.transactions import committed
from marketplace.photos import queries, services
from marketplace.photos.errors import MasterLost

commands = AppGroup("photos", help="Photos: their variants and their storage.")


@commands.command("rebuild")
def rebuild_photos():
    """Make all variants and previews again from the masters."""
    lost = []
    with reading(), committed():
        photos = queries.list_digests_and_widths()
    with click.progressbar(photos, label="Membuat ulang foto") as progress:
        for digest, _width in progress:
            # One transaction each: visitors may write while thousands of photos are worked through.
            try:
                with committed():
                    services.rebuild_photo(digest)
            except MasterLost:
                lost.append(digest)
    for digest in lost:
        click.echo(f"{digest}: {MasterLost.user_message}", err=True)
    click.echo(f"{len(photos) - len(lost)} foto dibuat ulang.")
    if lost:
        raise click.exceptions.Exit(1)


@commands.command("verify")
def verify_photos():
    """Check that every photo has its master, unharmed, and all its files."""
    with reading(), committed():
        photos = queries.list_digests_and_widths()
    faults = []
    with click.progressbar(photos, label="Memeriksa foto") as progress:
        for digest, width in progress:
            faults += services.list_faults(digest, width)
    for fault in faults:
        remedy = "buat ulang dengan `photos rebuild`" if fault.is_derived else "pulihkan dari cadangan"
        click.echo(f"{fault.key}: hilang atau rusak; {remedy}", err=True)
    click.echo(f"{len(photos)} foto diperiksa, {len(faults)} berkas bermasalah.")
    if faults:
        raise click.exceptions.Exit(1)
