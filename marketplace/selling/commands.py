"""Selling from the command line: what nobody answers for is put away, what nobody needs is forgotten."""

import click
from flask import current_app
from flask.cli import AppGroup

from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.formatting import angka
from marketplace.foundation.transactions import committed
from marketplace.selling.daily import do_what_is_due
from marketplace.selling.services.archive import archive_unanswered
from marketplace.selling.services.sweeping import sweep

commands = AppGroup("selling", help="What sellers are asked, and what is kept of their drafts.")


@commands.command("remind")
def remind():
    """Archive what its seller has not answered for in 120 days; run it once a day. Nothing is deleted."""
    with committed():
        number = archive_unanswered(CONSOLE, clock.now())
    click.echo(f"{angka(number)} disimpan di arsip karena tidak dijawab.")


@commands.command("sweep")
def sweep_drafts():
    """Forget drafts thrown away 30 days ago, what was sent 90 days ago, and photos that never arrived."""
    now, number = clock.now(), 0
    while True:
        # One transaction a batch: sellers write meanwhile.
        with committed():
            swept = sweep(CONSOLE, now)
        if not swept:
            break
        number += swept
    click.echo(f"{angka(number)} draf dan kiriman foto lama dibersihkan.")


@commands.command("daily")
def do_the_work_of_the_day():
    """Do what is due once a day and was not done yet today; a server that runs does this by itself."""
    done = do_what_is_due(current_app._get_current_object(), clock.now())
    click.echo(f"Selesai: {', '.join(done)}." if done else "Hari ini sudah dikerjakan.")
