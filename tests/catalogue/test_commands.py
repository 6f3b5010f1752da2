"""The catalogue from the command line."""

import pytest
from sqlalchemy import func, select

from marketplace.catalogue.models.counts import PlaceCount
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.services.categories import load_categories
from marketplace.foundation.database import db
from tests.support.personas import a_kim, a_product
from tests.support.places import KEDUNGREJO
from tests.support.spreadsheets import a_picture_file, a_product_row, an_attraction_row, csv_bytes


@pytest.fixture
def run(app):
    """Run a command of the catalogue and return its result."""
    load_categories()
    runner = app.test_cli_runner()
    return lambda *words: runner.invoke(args=["catalogue", *map(str, words)])


@pytest.fixture
def a_list(tmp_path):
    """Write rows to a CSV file and return its path."""

    def write(*rows):
        path = tmp_path / "daftar.csv"
        path.write_bytes(csv_bytes(rows, delimiter=";", encoding="cp1252"))
        return path

    return write


def count_listings() -> int:
    return db.session.scalar(select(func.count()).select_from(Listing))


def test_an_operator_looks_before_saving(run, a_list):
    result = run("import", a_list(a_product_row(), an_attraction_row()), "--dry-run", "--publish")

    assert result.exit_code == 0
    assert "Akan dibuat: 2" in result.output
    assert "2 langsung tayang" in result.output
    assert count_listings() == 0


def test_an_operator_brings_in_a_list_with_photos(run, a_list, tmp_path):
    a_picture_file(tmp_path, "a.jpg")
    path = a_list(a_product_row(foto="a.jpg"), an_attraction_row())

    first = run("import", path, "--photos", tmp_path, "--publish")
    second = run("import", path, "--photos", tmp_path, "--publish")
    foreseen = run("import", path, "--photos", tmp_path, "--dry-run")

    assert "Sudah dibuat: 2" in first.output
    assert "tidak berubah: 2" in second.output
    assert "tidak berubah: 2" in foreseen.output
    assert count_listings() == 2


def test_faults_are_printed_by_row_and_column_and_the_command_fails(run, a_list):
    result = run("import", a_list(a_product_row(harga="mahal"), a_product_row(desa="Atlantis")))

    assert result.exit_code == 1
    assert 'Baris 2, kolom harga: "mahal" tidak terbaca' in result.output
    assert 'Baris 3, kolom desa: Desa "Atlantis" tidak ditemukan.' in result.output
    assert "Belum ada yang disimpan." in result.output
    assert count_listings() == 0


def test_a_file_that_is_no_table_is_refused_with_a_sentence(run, tmp_path):
    path = tmp_path / "foto.csv"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")

    result = run("import", path)

    assert result.exit_code == 1
    assert "Kirim berkas .csv atau .xlsx." in result.output


def test_an_operator_takes_out_what_was_brought_in(run, a_list, tmp_path):
    run("import", a_list(a_product_row()))

    result = run("export", tmp_path / "keluar.csv", "--kabupaten", "35.23")

    assert "1 baris ditulis" in result.output
    assert run("import", tmp_path / "keluar.csv").output.count("tidak berubah: 1") == 1
    assert run("export", tmp_path / "tidak" / "ada.csv").exit_code == 1


def test_an_operator_has_everything_counted_anew(run):
    a_product()
    db.session.flush()

    assert run("recount").exit_code == 0
    assert db.session.get_one(PlaceCount, KEDUNGREJO).products == 1


def test_an_operator_loads_the_shelves(run):
    assert "0 kategori ditambah" in run("load-categories").output


def test_an_operator_publishes_what_waits_for_a_kim(run):
    kim, product = a_kim(), a_product(status=ListingStatus.WAITING, published_at=None)

    result = run("publish", "--kim", kim.slug)

    assert "1 sekarang tayang." in result.output
    assert product.is_public


def test_an_operator_publishes_by_number_and_sends_back_with_a_reason(run):
    product = a_product(status=ListingStatus.WAITING, published_at=None)

    run("publish", product.id)
    assert product.is_public

    result = run("send-back", product.id, "--reason", "Foto kedua masih buram.")
    assert result.exit_code == 0
    assert product.fix_reason == "Foto kedua masih buram."


def test_an_operator_reads_how_many_wait_for_their_seller(run):
    asked = a_product(status=ListingStatus.WAITING, published_at=None, awaits_consent=True)

    assert "1 dilewati: penjualnya belum menyetujui." in run("publish", "--waiting").output
    assert "belum disetujui penjualnya" in run("publish", asked.id).output
    assert not asked.is_public


def test_an_operator_says_what_to_publish(run):
    assert run("publish").exit_code == 2
    assert "987654" in run("publish", 987654).output
