"""Selling from the command line: what nobody answers for is put away."""

import click
from flask.cli import AppGroup

from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.formatting import angka
from marketplace.foundation.transactions import committed
from marketplace.selling.services.archive import archive_unanswered

commands = AppGroup("selling", help="What sellers are asked about their listings.")


@commands.command("remind")
def remind():
    """Archive what its seller has not answered for in 120 days; run it once a day. Nothing is deleted."""
    with committed():
        number = archive_unanswered(CONSOLE, clock.now())
    click.echo(f"{angka(number)} disimpan di arsip karena tidak dijawab.")
