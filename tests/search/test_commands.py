"""The index from the command line."""

import os

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import update

from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.search import popular
from marketplace.search.background import Keeper
from marketplace.search.index.building import rebuild
from marketplace.search.index.store import Store
from tests.search.indexes import change, folder_of, ids_found, publish_product, store_of


@pytest.fixture
def market(app: Flask, tmp_path, monkeypatch) -> Flask:
    """The marketplace with an index of its own and in it three products."""
    monkeypatch.setitem(app.extensions, "search", Store(tmp_path / "search"))
    with committed():
        for _ in range(3):
            publish_product()
    rebuild(app.extensions["search"])
    return app


@pytest.fixture
def ids(market: Flask) -> list[int]:
    """The ids of those products."""
    return ids_found(market)


def run(app: Flask, *arguments: str) -> Result:
    """Run a command as the process of its own that it is, which has not looked at the index before."""
    app.extensions["search"] = store_of(app)
    return app.test_cli_runner().invoke(args=["search", *arguments])


def set_without_telling(listing_id: int, **columns) -> None:
    with committed():
        db.session.execute(update(Listing).where(Listing.id == listing_id).values(**columns))


def test_an_index_is_built(market):
    before = folder_of(market)

    result = run(market, "rebuild")

    assert result.exit_code == 0
    assert "Indeks pencarian disusun: 3 produk dan wisata." in result.output
    assert folder_of(market) != before


def test_the_status_tells_what_there_is_and_what_waits(market, ids):
    change(market, ids[0], name="Keripik tempe sagu")

    said = run(market, "status").output

    assert "Siap: ya" in said
    assert "Dijaga oleh: tidak ada" in said
    assert "Produk dan wisata: 3" in said
    assert "Perubahan yang menunggu: 1" in said


def test_the_status_tells_who_keeps_the_index(market):
    keeper = Keeper(market, lambda _seconds: False)
    keeper.look()

    assert f"Dijaga oleh: proses {os.getpid()} sejak {clock.now().year}" in run(market, "status").output
    keeper.close()


def test_the_status_of_an_index_that_is_not_there(market):
    (folder_of(market).parent / "current").unlink()

    said = run(market, "status").output

    assert "Siap: belum" in said
    assert "search rebuild" in said


def test_an_index_that_agrees_is_verified(market):
    result = run(market, "verify")

    assert result.exit_code == 0
    assert "cocok dengan basis data: 3" in result.output


def test_what_differs_is_told_and_mended(market, ids):
    set_without_telling(ids[0], status=ListingStatus.ARCHIVED)
    set_without_telling(ids[1], name="Keripik tempe sagu", version=Listing.version + 1)

    result = run(market, "verify")
    assert result.exit_code == 1
    assert f"Masih ada di indeks: 1 ({ids[0]})" in result.output
    assert f"Berbeda di indeks: 1 ({ids[1]})" in result.output

    assert run(market, "verify", "--mend").exit_code == 1
    keeper = Keeper(market, lambda _seconds: False)
    keeper.look()
    keeper.close()
    assert run(market, "verify").exit_code == 0


def test_what_is_missing_is_told(market, ids):
    set_without_telling(ids[2], status=ListingStatus.ARCHIVED)
    run(market, "rebuild")
    set_without_telling(ids[2], status=ListingStatus.PUBLISHED)

    assert f"Belum ada di indeks: 1 ({ids[2]})" in run(market, "verify").output


def test_without_an_index_there_is_nothing_to_verify(market):
    (folder_of(market).parent / "current").unlink()

    result = run(market, "verify")

    assert result.exit_code == 1
    assert "search rebuild" in result.output


def test_the_report_tells_what_is_sought_and_not_found(market):
    for _ in range(3):
        popular.note("keripik tempe", 5)
    popular.note("durian montong", 0)
    popular.flush()

    most, in_vain = run(market, "report").output.split("\n\n")

    assert "keripik tempe: 3 kali, 0 tanpa hasil" in most
    assert "durian montong: 1 kali, 1 tanpa hasil" in in_vain
    assert "keripik tempe" not in in_vain


def test_the_report_of_a_quiet_month(market):
    assert run(market, "report").output.count("belum ada") == 2


def test_a_command_of_the_catalogue_leaves_an_index_that_is_up_to_date_with_nobody_running(market):
    with committed():
        id = publish_product()

    result = market.test_cli_runner().invoke(args=["catalogue", "recount"])

    assert result.exit_code == 0, result.output
    assert id in ids_found(market)


def test_while_somebody_keeps_the_index_a_command_leaves_it_to_them(market):
    keeper = Keeper(market, lambda _seconds: False)
    keeper.look()
    with committed():
        id = publish_product()

    result = market.test_cli_runner().invoke(args=["catalogue", "recount"])
    found_before = ids_found(market)
    keeper.look()
    keeper.close()

    assert result.exit_code == 0, result.output
    assert id not in found_before
    assert id in ids_found(market)
