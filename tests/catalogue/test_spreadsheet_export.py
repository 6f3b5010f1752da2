"""Listings leave as they came."""

import csv

import pytest
from sqlalchemy import delete, select

from marketplace.catalogue.errors import ExportRefused
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.listings import Listing, ListingPhoto
from marketplace.catalogue.models.products import Product, Variant
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.spreadsheets.exports import export_listings
from marketplace.catalogue.spreadsheets.tables import read_table
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.storage import current_storage
from marketplace.photos.addresses import master_key
from marketplace.photos.models import Photo
from marketplace.umkm.models import Business
from tests.support.personas import a_business, a_product, an_administrator, an_attraction
from tests.support.places import KOTA_MALANG, PURWANTORO, TUBAN
from tests.support.spreadsheets import a_picture_file, a_product_row, an_attraction_row, bring_in, bring_in_file

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_databases]

HARD_TEXT = "=1+1\nbaris kedua; \"kutip\", 'tunggal' — “khas” ＝x"


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_what_was_exported_makes_the_same_marketplace_elsewhere(tmp_path, suffix):
    a_varied_marketplace(tmp_path)
    first, second = tmp_path / f"pertama{suffix}", tmp_path / f"kedua{suffix}"
    export_listings(CONSOLE, first, photos_folder=tmp_path / "keluar")
    empty_the_marketplace()

    bring_in_file(first, photos=tmp_path / "keluar")
    export_listings(CONSOLE, second, photos_folder=tmp_path / "keluar lagi")

    assert first.read_bytes() == second.read_bytes()
    names = [sorted(path.name for path in (tmp_path / folder).iterdir()) for folder in ("keluar", "keluar lagi")]
    assert names[0] == names[1]


def test_bringing_back_what_was_exported_changes_nothing(tmp_path):
    a_varied_marketplace(tmp_path)
    export_listings(CONSOLE, tmp_path / "daftar.csv", photos_folder=tmp_path / "keluar")

    report = bring_in_file(tmp_path / "daftar.csv", photos=tmp_path / "keluar")

    assert (report.created, report.updated, report.unchanged) == (0, 0, 4)
    assert (report.businesses_created, report.businesses_updated) == (0, 0)


def test_no_cell_of_an_export_begins_like_a_formula(tmp_path):
    load_categories()
    dangerous = ("=HYPERLINK(1)", "+62812", "-10 derajat", "@SUM(1)")
    for text in dangerous:
        a_product(name=text, description=f"\t{text}", brand=text, ingredients=f"\r{text}")

    export_listings(CONSOLE, tmp_path / "daftar.csv")

    with (tmp_path / "daftar.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {f"'{text}" for text in dangerous} <= set(cells)


def test_a_workbook_holds_prices_as_numbers_and_formulas_as_text(tmp_path):
    a_product(name="=1+1", price=18_000)

    export_listings(CONSOLE, tmp_path / "daftar.xlsx")

    table = read_table(tmp_path / "daftar.xlsx")
    cells = dict(zip(table.header, table.rows[0][1], strict=False))
    assert (cells["nama"], cells["harga"]) == ("=1+1", "18000")


def test_a_kabupaten_may_be_exported_alone(tmp_path):
    a_product(name="Dari Tuban")
    an_attraction(village=None, name="Juga dari Tuban")
    a_product(a_business(village_code=PURWANTORO), name="Dari Malang")

    assert export_listings(CONSOLE, tmp_path / "tuban.csv", TUBAN) == 2
    assert export_listings(CONSOLE, tmp_path / "malang.csv", KOTA_MALANG) == 1
    with pytest.raises(ExportRefused):
        export_listings(CONSOLE, tmp_path / "bali.csv", "51.01")


def test_an_export_needs_a_name_that_says_its_kind(tmp_path):
    with pytest.raises(ExportRefused, match=r"\.xlsx"):
        export_listings(CONSOLE, tmp_path / "daftar.pdf")


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_an_export_that_cannot_be_finished_leaves_the_last_one_whole(tmp_path, suffix):
    a_varied_marketplace(tmp_path)
    file, photos = tmp_path / f"daftar{suffix}", tmp_path / "keluar"
    export_listings(CONSOLE, file, photos_folder=photos)
    before, names = file.read_bytes(), sorted(path.name for path in tmp_path.iterdir())
    photo = db.session.scalars(select(Photo)).first()
    current_storage().delete(master_key(photo.digest))

    with pytest.raises(ExportRefused, match=f"Foto {photo.digest} dari .* `photos verify`"):
        export_listings(CONSOLE, file, photos_folder=photos)

    assert file.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == names


def test_an_export_into_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(ExportRefused, match="tidak ada"):
        export_listings(CONSOLE, tmp_path / "mana" / "daftar.csv")


def test_people_without_the_console_export_nothing(tmp_path):
    with pytest.raises(NotAllowed):
        export_listings(an_administrator(), tmp_path / "daftar.csv")


def a_varied_marketplace(folder) -> None:
    """Listings with every kind of field, photos that two of them share, and text that is hard to write."""
    a_picture_file(folder, "a.jpg")
    a_picture_file(folder, "b.jpg", "teal")
    bring_in(
        a_product_row(
            foto="a.jpg; b.jpg", alt_foto="Dari depan | Dari samping", varian="Asli=18000; Pedas=19000",
            musim="Desember-Februari", jam_buka="Senin-Jumat 08.00-16.00", pirt="206", pirt_berlaku="31-12-2028",
            tentang_usaha="Sejak 1998\nturun-temurun", terbit="2026-10-01 07:15:09", status="tayang",
        ),
        a_product_row(nama="Kopi Ijen", kategori="kopi", harga="", foto="b.jpg", usaha="", pemilik="", whatsapp=""),
        a_product_row(nama="Kopi pesanan", desa=PURWANTORO, ketersediaan="pesan dulu", hari_pesan="3", status="arsip"),
        an_attraction_row(
            foto="a.jpg", lintang="-6.8620", bujur="111.8730", fasilitas="toilet, musala", peringatan="Longsor",
            peringatan_sampai="31-12-2027", jam_buka="18.00-02.00", tiket_anak="gratis", status="tayang",
        ),
        photos=folder,
    )  # fmt: skip
    product = db.session.scalars(select(Product).where(Product.name == "Kopi Ijen")).one()
    product.description = HARD_TEXT
    db.session.flush()


def empty_the_marketplace() -> None:
    """Take everything away but the places and the shelves."""
    for model in (ListingPhoto, Variant, Product, Attraction, Listing, Business, Photo):
        db.session.execute(delete(model.__table__))
    db.session.expunge_all()
