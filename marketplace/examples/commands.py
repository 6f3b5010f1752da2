"""The example data from the command line."""

import click
from flask.cli import AppGroup

from marketplace.examples import services

commands = AppGroup("examples", help="Example data for a first look around.")


@commands.command("load")
def load_examples():
    """Add the example KIM, businesses, listings and accounts, where they are not there yet."""
    services.load_examples(click.echo)
