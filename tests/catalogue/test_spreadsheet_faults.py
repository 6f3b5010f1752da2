"""A Dinas is told everything that must be put right, at once, and nothing is saved before it is."""

import pytest
from sqlalchemy import func, select

from marketplace.catalogue.errors import ImportRefused
from marketplace.catalogue.models.listings import Listing
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.spreadsheets.imports import save_plan
from marketplace.catalogue.spreadsheets.pictures import PictureDesk
from marketplace.catalogue.spreadsheets.plans import check_table
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.photos.models import Photo
from marketplace.umkm.models import Business, BusinessStatus
from tests.support.personas import a_business
from tests.support.spreadsheets import (
    a_picture_file,
    a_product_row,
    an_attraction_row,
    bring_in,
    bring_in_file,
    faults_of,
    table_of_rows,
    write_workbook,
)

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_databases]


def test_all_faults_are_told_at_once_by_row_and_column_and_nothing_is_saved():
    faults = faults_of(
        a_product_row(nama="Keripik baik"),
        a_product_row(harga="mahal", whatsapp="0812", kategori="keripik langit"),
        a_product_row(jenis="barang antik"),
        a_product_row(nama="Ke", satuan="", foto="a.jpg"),
        an_attraction_row(varian="A=1000", lintang="-7.9", bujur=""),
    )

    assert [(fault.row, fault.column) for fault in faults] == [
        (3, "kategori"), (3, "whatsapp"), (3, "harga"), (4, "jenis"), (5, "nama"), (5, "satuan"), (5, "foto"),
        (6, "varian"), (6, "bujur"),
    ]  # fmt: skip
    assert all(fault.message.endswith((".", "?")) for fault in faults)
    assert db.session.scalar(select(func.count()).select_from(Listing)) == 0
    assert db.session.scalar(select(func.count()).select_from(Business)) == 0


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"harga_coret": "10.000"}, "harga_coret"),
        ({"harga": "", "harga_coret": "10.000"}, "harga_coret"),
        ({"ketersediaan": "pesan dulu"}, "hari_pesan"),
        ({"ketersediaan": "siap", "hari_pesan": "3"}, "hari_pesan"),
        ({"usaha": "", "pemilik": "", "whatsapp": "0812-3456-7890"}, "whatsapp"),
        ({"pemilik": ""}, "pemilik"),
        ({"terbit": "17-08-2099"}, "terbit"),
        ({"deskripsi": "x" * 9000}, "deskripsi"),
        ({"harga": "#N/A"}, "harga"),
    ],
)
def test_a_product_that_contradicts_itself_is_refused(cells, column):
    assert column in {fault.column for fault in faults_of(a_product_row(**cells))}


def test_hours_of_more_than_a_day_holds_are_refused_with_their_row():
    too_many = a_product_row(jam_buka="06.00-07.00, 08.00-09.00, 10.00-11.00, 12.00-13.00, 14.00-15.00")
    twice = an_attraction_row(jam_buka="Sabtu 07.00-12.00, 11.00-17.00")

    assert [str(fault) for fault in faults_of(too_many, twice)] == [
        f'Baris 2, kolom jam_buka: Jam buka "{too_many["jam_buka"]}" terlalu banyak. '
        "Paling banyak 3 rentang jam sehari.",
        f'Baris 3, kolom jam_buka: Jam buka "{twice["jam_buka"]}" bertumpukan. '
        "Tulis rentang jam yang tidak saling menutupi.",
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"peringatan": "Longsor"}, "peringatan_sampai"),
        ({"peringatan_sampai": "31-12-2027"}, "peringatan"),
        ({"lintang": "111.87", "bujur": "-6.86"}, "lintang"),
        ({"lintang": "-8.5", "bujur": "115.0"}, "lintang"),
        ({"satuan": "kg"}, "satuan"),
    ],
)
def test_an_attraction_that_contradicts_itself_is_refused(cells, column):
    assert column in {fault.column for fault in faults_of(an_attraction_row(**cells))}


def test_photos_that_cannot_be_used_are_told_before_anything_is_saved(tmp_path):
    (tmp_path / "rusak.jpg").write_bytes(b"bukan foto")
    a_picture_file(tmp_path, "a.jpg")
    a_picture_file(tmp_path, "kembar.jpg")

    faults = faults_of(
        a_product_row(foto="a.jpg; kembar.jpg; rusak.jpg", harga="mahal"),
        a_product_row(nama="Keripik pisang", foto="hilang.jpg; a.jpg; a.jpg"),
        photos=tmp_path,
    )

    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "harga"), (2, "foto"), (2, "foto"), (3, "foto"), (3, "foto"),
    ]  # fmt: skip
    assert db.session.scalar(select(func.count()).select_from(Photo)) == 0


@pytest.mark.parametrize("name", ["../rahasia.jpg", "/etc/passwd", "..\\rahasia.jpg", "tautan.jpg", "dalam"])
def test_no_file_name_leads_out_of_the_folder(tmp_path, name):
    folder = tmp_path / "foto"
    (folder / "dalam").mkdir(parents=True)
    secret = a_picture_file(tmp_path, "rahasia.jpg")
    (folder / "tautan.jpg").symlink_to(secret)

    assert [fault.column for fault in faults_of(a_product_row(foto=name), photos=folder)] == ["foto"]


def test_a_failed_formula_is_no_empty_cell(tmp_path):
    row = a_product_row(foto="")
    path = write_workbook(tmp_path / "daftar.xlsx", [row, row.values()], failed=(1, list(row).index("harga")))

    with pytest.raises(ImportRefused) as refusal:
        bring_in_file(path)

    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [(2, "harga")]


def test_a_row_of_no_known_kind_still_tells_what_else_is_wrong(tmp_path):
    faults = faults_of(
        a_product_row(
            jenis="barang antik", nama="Ke", kategori="keripik langit", desa="Atlantis", nib="1,2E+12",
            foto="tidak-ada.jpg", terbit="17-08-2099", jam_buka="pagi", whatsapp="0812", satuan="",
        ),
        a_product_row(jenis="", kategori="alam", harga="Tanya harga", fasilitas="toilet", varian="A=1000"),
        photos=tmp_path,
    )  # fmt: skip

    assert [(fault.row, fault.column) for fault in faults] == [
        (2, "jenis"), (2, "nama"), (2, "kategori"), (2, "desa"), (2, "whatsapp"), (2, "foto"), (2, "nib"),
        (2, "terbit"), (2, "jam_buka"), (3, "jenis"),
    ]  # fmt: skip


def test_a_photo_of_a_row_of_no_known_kind_is_looked_at_too(tmp_path):
    (tmp_path / "rusak.jpg").write_bytes(b"bukan foto")

    faults = faults_of(a_product_row(jenis="barang antik", foto="rusak.jpg"), photos=tmp_path)

    assert [(fault.row, fault.column) for fault in faults] == [(2, "jenis"), (2, "foto")]


def test_nothing_new_is_added_to_a_business_that_is_archived():
    bring_in(a_product_row(), publish=True)
    business = db.session.scalars(select(Business)).one()
    business.status = BusinessStatus.ARCHIVED
    db.session.flush()

    faults = faults_of(a_product_row(), a_product_row(nama="Keripik pisang", status="tayang"))

    assert [str(fault) for fault in faults] == [
        'Baris 3, kolom usaha: Usaha "Dapur Bu Sri" sudah tidak aktif, jadi tidak bisa ditambahi.'
    ]


def test_what_an_archived_business_has_may_be_brought_in_again_and_what_waits_there_goes_on_waiting():
    bring_in(a_product_row())
    business = db.session.scalars(select(Business)).one()
    business.status = BusinessStatus.ARCHIVED
    db.session.flush()

    report = bring_in(a_product_row(), a_product_row(nama="Keripik lama", status="arsip"), publish=True)

    assert (report.created, report.unchanged, report.published) == (1, 1, 0)


def test_a_plan_that_has_been_overtaken_is_refused():
    load_categories()
    business = a_business(name="Dapur Bu Sri")
    with PictureDesk() as desk:
        plan = check_table(table_of_rows(a_product_row(pemilik="")), None, desk)
    business.name = "Dapur Bu Siti"
    db.session.flush()

    with pytest.raises(ImportRefused) as refusal:
        save_plan(CONSOLE, plan)

    assert [(fault.row, fault.column) for fault in refusal.value.faults] == [(2, "pemilik")]
