"""Filling a fresh marketplace with examples."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import select

from marketplace.accounts.models import Office, User
from marketplace.accounts.passwords import hash_password
from marketplace.accounts.services.people import appoint, create_account
from marketplace.catalogue.spreadsheets.imports import save_plan
from marketplace.catalogue.spreadsheets.pictures import PictureDesk, store_pictures
from marketplace.catalogue.spreadsheets.plans import Plan, check_table
from marketplace.catalogue.spreadsheets.progress import Progress, with_a_bar
from marketplace.examples import kims, people
from marketplace.examples.places import ExamplePlaces, ExampleVillage
from marketplace.examples.rows import example_table
from marketplace.examples.source import PICTURES, Source
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db, reading
from marketplace.foundation.transactions import committed
from marketplace.kim.models import Kim
from marketplace.regions.models import Regency
from marketplace.umkm.models import Business

SHOWN_VILLAGE = "35.23.08.2009"
PASSWORD_LETTERS = 8


@dataclass(frozen=True)
class ExampleAccount:
    """An account to sign in with: `office` says, in words, what the person is."""

    office: str
    name: str
    phone: str
    password: str


def load_examples(report: Callable[[str], None], progress: Progress = with_a_bar) -> None:
    """Add the example KIM, businesses, listings and accounts once, and report the accounts every time.

    The listings come in through the spreadsheet import, in one transaction with all else: a start that is
    interrupted leaves nothing behind.
    """
    with current_app.app_context(), reading():
        is_loaded = _has_examples()
    if not is_loaded:
        source = Source.read()
        with PictureDesk() as desk:
            # A context of its own ends its transaction, so that nothing is held while photos are worked through.
            with current_app.app_context(), reading():
                places = ExamplePlaces.from_database(source)
                table = example_table(source, places, clock.now())
                plan = check_table(table, PICTURES, desk, progress)
            store_pictures(plan.pictures.values(), progress)
            with committed():
                _save(places, plan, progress)
        report(f"{len(plan.drafts)} contoh produk dan wisata dimuat.")
    report("Akun contoh (nomor dan kata sandi):")
    for account in example_accounts():
        report(f"  {account.office}: {account.phone}, {account.password}")


def example_accounts() -> list[ExampleAccount]:
    """Return the accounts that people may sign in with on this installation.

    Their passwords follow from the installation's secret key: the same at each start, and known to nobody else.
    """
    return [
        ExampleAccount(office, name, people.phone(number), _password(number))
        for number, (office, name) in enumerate(
            (
                ("Petugas Dinas Kabupaten Tuban", "Contoh Wibowo"),
                ("Koordinator KIM Kedungrejo", "Contoh Lestari"),
                ("Penjual di Desa Kedungrejo", "Contoh Rahayu"),
            ),
            start=1,
        )
    ]


def _has_examples() -> bool:
    return db.session.scalar(select(Kim.id).where(Kim.is_example).limit(1)) is not None


def _save(places: ExamplePlaces, plan: Plan, progress: Progress) -> None:
    officer_account, coordinator_account, seller_account = example_accounts()
    officer = _account(officer_account, None)
    appoint(CONSOLE, officer, Office.OFFICER, db.session.get_one(Regency, SHOWN_VILLAGE[:5]))
    villages = kims.villages_with_kim(places)
    coordinators = _coordinators(villages, coordinator_account)
    db.session.add_all(kims.make_kims(villages, coordinators, clock.now()))
    db.session.flush()
    save_plan(CONSOLE, plan, publish=True, progress=progress)
    seller = _account(seller_account, SHOWN_VILLAGE)
    business = db.session.scalars(
        select(Business).where(Business.village_code == SHOWN_VILLAGE).order_by(Business.id).limit(1)
    ).one()
    business.owner, business.owner_name = seller, seller.name
    db.session.flush()


def _account(account: ExampleAccount, village_code: str | None) -> User:
    return create_account(CONSOLE, account.name, account.phone, account.password, village_code, is_example=True)


def _coordinators(villages: list[ExampleVillage], known: ExampleAccount) -> list[User]:
    """Make one coordinator for each village; all but the one whose password is shown have one that nobody knows."""
    nobodys = hash_password(secrets.token_urlsafe())
    coordinators = []
    for number, village in enumerate(villages):
        if village.code == SHOWN_VILLAGE:
            coordinators.append(_account(known, village.code))
            continue
        coordinator = User(
            name=people.full_name(f"{village.code} koordinator"),
            phone=kims.coordinator_phone(number),
            password_hash=nobodys,
            village_code=village.code,
            is_example=True,
            created_at=clock.now(),
        )
        db.session.add(coordinator)
        coordinators.append(coordinator)
    db.session.flush()
    return coordinators


def _password(number: int) -> str:
    key = current_app.extensions["settings"].secret_key.encode()
    digest = hmac.digest(key, f"example account {number}".encode(), hashlib.sha256)
    return f"contoh-{base64.b32encode(digest).decode().lower()[:PASSWORD_LETTERS]}"
