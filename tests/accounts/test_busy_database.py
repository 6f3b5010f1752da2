"""People stay signed in while an import writes for minutes: SQLite has one writer at a time."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy.engine import make_url

from marketplace.accounts.models import User
from marketplace.accounts.sessions import COOKIE
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from tests.support.personas import BEGINNING, PASSWORD, PASSWORD_HASH


@pytest.fixture
def phone(fresh_marketplace):
    """Siti's phone, signed in; hours later somebody begins to write."""
    siti = User(name="Siti Aminah", phone="+6281234567890", password_hash=PASSWORD_HASH, created_at=BEGINNING)
    with fresh_marketplace.app_context(), committed():
        db.session.add(siti)
    address = make_url(fresh_marketplace.config["SQLALCHEMY_DATABASE_URI"]).database
    with time_machine.travel(BEGINNING, tick=False) as clock:
        client = fresh_marketplace.test_client()
        assert client.submit("/masuk", phone="0812-3456-7890", password=PASSWORD).status_code == 302
        clock.shift(timedelta(hours=5))
        with closing(sqlite3.connect(address)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield client
            writer.rollback()


def test_a_browser_that_was_closed_is_let_in_with_the_secret_it_has(phone):
    before = phone.get_cookie(COOKIE).value
    phone.delete_cookie("pasar_kim")

    assert phone.get("/akun").status_code == 200
    assert phone.get_cookie(COOKIE).value == before


def test_who_signs_in_meanwhile_stays_until_the_browser_is_closed(phone):
    phone.delete_cookie("pasar_kim")
    phone.delete_cookie(COOKIE)

    assert phone.submit("/masuk", phone="0812-3456-7890", password=PASSWORD).status_code == 302

    assert phone.get("/akun").status_code == 200
    assert phone.get_cookie(COOKIE) is None
