"""Several people who work at one moment, each in a transaction of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from marketplace.catalogue.models.counts import PlaceCount
from marketplace.catalogue.models.listings import Listing
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.services.counts import recount
from marketplace.catalogue.spreadsheets.imports import ImportReport, save_plan
from marketplace.catalogue.spreadsheets.pictures import PictureDesk
from marketplace.catalogue.spreadsheets.plans import Plan, check_table
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db, reading
from marketplace.foundation.storage import LocalStorage
from marketplace.foundation.transactions import committed
from marketplace.regions.models import Regency
from marketplace.umkm.models import Business
from tests.support.personas import a_product
from tests.support.places import KEDUNGREJO, TUBAN, plant_places
from tests.support.spreadsheets import a_picture_file, a_product_row, csv_bytes, table_of_rows

pytestmark = pytest.mark.both_databases


@pytest.fixture
def marketplace(fresh_marketplace: Flask) -> Flask:
    """A marketplace with places and shelves, in which several threads may commit."""
    with fresh_marketplace.app_context(), committed():
        plant_places()
        load_categories()
    return fresh_marketplace


@contextmanager
def while_another_waits(marketplace: Flask, work: Callable[[], Any]):
    """Run the block in a transaction; what another thread begins before its end must wait for that. Yields a list
    that holds, after the block, what the other's work came to."""

    def work_in_a_transaction() -> Any:
        with marketplace.app_context(), committed():
            return work()

    outcomes: list[Any] = []
    with ThreadPoolExecutor(1) as another, marketplace.app_context():
        with committed():
            yield outcomes
            other = another.submit(work_in_a_transaction)
            with pytest.raises(TimeoutError):
                other.result(timeout=0.5)
        outcomes.append(other.result(timeout=5))


def a_checked_plan(marketplace: Flask) -> Plan:
    rows = (a_product_row(), a_product_row(nama="Jamu kunyit", usaha="", pemilik="", whatsapp=""))
    with marketplace.app_context(), reading(), PictureDesk() as desk:
        return check_table(table_of_rows(*rows), None, desk)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_the_same_file_brought_in_twice_at_once_is_brought_in_once(marketplace):
    mine, theirs = a_checked_plan(marketplace), a_checked_plan(marketplace)

    with while_another_waits(marketplace, lambda: save_plan(CONSOLE, theirs, publish=True)) as outcomes:
        assert save_plan(CONSOLE, mine, publish=True).created == 2

    assert outcomes == [ImportReport(unchanged=2)]
    with marketplace.app_context():
        assert (count(Listing), count(Business)) == (2, 1)
        assert db.session.get_one(PlaceCount, KEDUNGREJO).products == 2


def test_counting_twice_at_once_counts_right(marketplace):
    with marketplace.app_context(), committed():
        a_product()
        recount()

    with while_another_waits(marketplace, recount):
        a_product(db.session.scalars(select(Business)).one())
        recount()

    with marketplace.app_context():
        assert db.session.get_one(PlaceCount, KEDUNGREJO).products == 2


def test_nobody_who_signs_in_waits_while_photo_files_are_stored(marketplace, tmp_path, monkeypatch):
    class StorageWhileSomebodyWrites(LocalStorage):
        """Saves, and lets somebody else write to the database meanwhile."""

        def save(self, key, content, content_type):
            with ThreadPoolExecutor(1) as another:
                written.append(another.submit(write_something).result(timeout=4))
            super().save(key, content, content_type)

    def write_something() -> int:
        with marketplace.app_context(), committed():
            regency = update(Regency).where(Regency.code == TUBAN).values(corrected_name="Kabupaten Tuban")
            return db.session.execute(regency).rowcount

    written: list[int] = []
    monkeypatch.setitem(marketplace.extensions, "storage", StorageWhileSomebodyWrites(tmp_path / "kept"))
    a_picture_file(tmp_path, "a.jpg")
    (tmp_path / "daftar.csv").write_bytes(csv_bytes([a_product_row(foto="a.jpg")]))

    report = marketplace.test_cli_runner().invoke(
        args=["catalogue", "import", str(tmp_path / "daftar.csv"), "--photos", str(tmp_path)]
    )

    assert report.exit_code == 0, report.output
    # The master, its variants and its preview.
    assert written == [1] * 4
