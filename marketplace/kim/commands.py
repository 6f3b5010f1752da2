"""Giving offices from the command line: beside those of accounts, those inside a KIM."""

import click

from marketplace.accounts.commands import commands, refusals_told
from marketplace.accounts.models import Office
from marketplace.accounts.queries import people as queries
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.transactions import committed
from marketplace.kim import services
from marketplace.kim.models import MemberRole
from marketplace.kim.queries import get_public_kim
from marketplace.regions import queries as regions

COORDINATOR = MemberRole.COORDINATOR.value


@commands.command("appoint")
@click.argument("phone")
@click.argument("office", type=click.Choice([COORDINATOR, *(office.value for office in Office)]))
@click.option("--regency", metavar="CODE", help="The officer's kabupaten or kota, such as 35.23.")
@click.option("--kim", "slug", metavar="SLUG", help="The coordinator's KIM, as in the address of its page.")
def appoint(phone: str, office: str, regency: str | None, slug: str | None):
    """Give the person with this PHONE an OFFICE."""
    if (office == COORDINATOR) != bool(slug) or (office == COORDINATOR and regency):
        raise click.ClickException("Koordinator perlu --kim, bukan --regency; jabatan lain tidak memakai --kim.")
    with refusals_told(), committed():
        user = queries.get_user_by_phone(phone)
        if slug:
            services.appoint_coordinator(CONSOLE, user, get_public_kim(slug), clock.now())
        else:
            place = regency and regions.get_regency(regency)
            services.appoint_to_office(CONSOLE, user, Office(office), place, clock.now())
        done = f"{user.name} sekarang {office}."
    click.echo(done)
