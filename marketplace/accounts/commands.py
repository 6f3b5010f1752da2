"""Accounts from the command line: making them, ending sign-ins; offices are given in kim."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask.cli import AppGroup

from marketplace.accounts import passwords
from marketplace.accounts.models import Appointment
from marketplace.accounts.queries import people as queries
from marketplace.accounts.services import people as services
from marketplace.accounts.services.devices import end_sign_ins
from marketplace.foundation import clock, phones
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import reading
from marketplace.foundation.errors import Refusal
from marketplace.foundation.transactions import committed

commands = AppGroup("accounts", help="People with an account, their offices and sign-ins.")


@commands.command("create")
@click.argument("name")
@click.argument("phone")
@click.option("--village", metavar="CODE", help="Where the person lives, such as 35.23.08.2009.")
@click.option("--generate", is_flag=True, help="Make up a password and show it, instead of asking for one.")
def create_account(name: str, phone: str, village: str | None, generate: bool):
    """Make an account for NAME, who signs in with PHONE; the password is asked for and not shown."""
    password = passwords.new_password() if generate else _asked_password()
    with refusals_told(), committed():
        user = services.create_account(CONSOLE, name, phone, password, village)
        done = f"Akun {user.name} dibuat: {phones.shown(user.phone)}"
    click.echo(done)
    if generate:
        click.echo(f"Kata sandi: {password}")


@commands.command("end-sessions")
@click.argument("phone")
def end_sessions(phone: str):
    """Sign the person with this PHONE out everywhere, as after a lost telephone."""
    with refusals_told(), committed():
        user = queries.get_user_by_phone(phone)
        end_sign_ins(CONSOLE, user, clock.now())
        done = f"{user.name} harus masuk lagi di semua perangkat."
    click.echo(done)


@commands.command("list")
def list_accounts():
    """Show who has an account, and which offices they hold."""
    with reading():
        for user in queries.list_users():
            offices = ", ".join(map(_in_words, user.appointments))
            click.echo("\t".join((phones.shown(user.phone), user.name, offices)).rstrip())


def _asked_password() -> str:
    return click.prompt("Kata sandi", hide_input=True, confirmation_prompt="Sekali lagi")


def _in_words(appointment: Appointment) -> str:
    return " ".join(filter(None, (appointment.office.value, appointment.regency_code)))


@contextmanager
def refusals_told() -> Iterator[None]:
    """Show a refusal as the one sentence that it is."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.user_message) from refusal
