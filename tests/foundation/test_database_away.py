"""What people see while the database is busy, broken or away: a page, and when to come back."""

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url

from marketplace.accounts.models import User
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from tests.foundation.conftest import pages
from tests.support.personas import BEGINNING, PASSWORD, PASSWORD_HASH


@pytest.fixture
def marketplace(fresh_marketplace):
    """A marketplace with a database of its own, in which Siti has an account."""
    fresh_marketplace.register_blueprint(pages)
    fresh_marketplace.config["PROPAGATE_EXCEPTIONS"] = False
    siti = User(name="Siti Aminah", phone="+6281234567890", password_hash=PASSWORD_HASH, created_at=BEGINNING)
    with fresh_marketplace.app_context(), committed():
        db.session.add(siti)
    return fresh_marketplace


@pytest.fixture
def siti(marketplace):
    """Siti's browser, signed in."""
    client = marketplace.test_client()
    answer = client.submit("/masuk", phone="0812-3456-7890", password=PASSWORD)
    assert answer.status_code == 302
    return client


@pytest.mark.both_databases
def test_a_signed_in_person_sees_the_page_of_a_failed_query(siti):
    answer = siti.get("/uji/pertanyaan-salah")

    assert answer.status_code == 500
    assert answer.heading == "Ada gangguan di pihak kami"


@pytest.mark.both_databases
def test_a_signed_in_person_sees_a_page_although_accounts_cannot_be_read(marketplace, siti):
    with marketplace.app_context(), committed():
        db.session.execute(text("ALTER TABLE users RENAME TO users_elsewhere"))

    answer = siti.get("/akun")

    assert answer.status_code == 500
    assert answer.heading == "Ada gangguan di pihak kami"


@pytest.mark.both_databases
def test_a_process_whose_database_has_no_tables_yet_is_not_ready(marketplace):
    with marketplace.app_context(), committed():
        db.session.execute(text("ALTER TABLE regencies RENAME TO regencies_later"))

    assert marketplace.test_client().get("/readyz").status_code == 503


class TestWhileAnImportWrites:
    """SQLite has one writer at a time."""

    @pytest.fixture(autouse=True)
    def import_that_goes_on(self, marketplace):
        with closing(sqlite3.connect(make_url(marketplace.config["SQLALCHEMY_DATABASE_URI"]).database)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            yield
            writer.rollback()

    def test_people_sign_in(self, marketplace):
        answer = marketplace.test_client().submit("/masuk", phone="0812-3456-7890", password=PASSWORD)

        assert answer.status_code == 302

    def test_a_person_whose_password_was_wrong_is_told_so(self, marketplace):
        answer = marketplace.test_client().submit("/masuk", phone="0812-3456-7890", password="salah")

        assert answer.status_code == 422

    def test_who_has_something_to_save_is_asked_to_come_back(self, marketplace):
        answer = marketplace.test_client().submit("/uji/provinsi", code="97")

        assert answer.status_code == 503
        assert answer.heading == "Sedang dirapikan sebentar"
        assert int(answer.headers["Retry-After"]) > 0
