"""A Dinas brings in what it already has."""

import pytest
from sqlalchemy import func, select

from marketplace.catalogue.errors import ImportRefused
from marketplace.catalogue.models.attractions import Attraction, Facility, ManagerKind
from marketplace.catalogue.models.counts import PlaceCount
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Availability, Delivery, Payment, Product
from marketplace.catalogue.spreadsheets.imports import save_plan
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from tests.support.personas import a_business, a_kim, a_product, an_officer_of
from tests.support.places import KEDUNGREJO, PURWANTORO
from tests.support.spreadsheets import (
    a_picture_file,
    a_product_row,
    an_attraction_row,
    bring_in,
    bring_in_file,
    faults_of,
    write_workbook,
)

pytestmark = [pytest.mark.usefixtures("app"), pytest.mark.both_databases]


def test_a_product_arrives_with_its_business_and_waits_for_its_kim():
    kim = a_kim()

    report = bring_in(a_product_row())

    product = db.session.scalars(select(Product)).one()
    assert (product.name, product.price, product.unit, product.status) == (
        "Keripik tempe",
        18_000,
        "bungkus",
        ListingStatus.WAITING,
    )
    assert product.business.owner_name == "Sri Wahyuni"
    assert product.business.whatsapp == "+6281234567890"
    assert product.business.kim == kim
    assert (report.created, report.published, report.businesses_created) == (1, 0, 1)


def test_an_officer_may_publish_at_once_and_the_village_counts_it():
    bring_in(a_product_row(), publish=True)

    assert db.session.scalars(select(Product)).one().is_public
    assert db.session.get_one(PlaceCount, KEDUNGREJO).products == 1


def test_a_row_that_names_a_status_decides_for_itself():
    bring_in(a_product_row(status="draf"), a_product_row(nama="Keripik pisang", status="tayang"), publish=False)

    statuses = dict(db.session.execute(select(Product.name, Product.status)).all())
    assert statuses == {"Keripik tempe": ListingStatus.DRAFT, "Keripik pisang": ListingStatus.PUBLISHED}


def test_every_field_of_a_product_can_be_filled():
    bring_in(
        a_product_row(
            harga_coret="20.000", isi_bersih="250 g", ketersediaan="pre order", hari_pesan="3 hari",
            minimal_pesan="5", musim="Desember-Februari", pengiriman="ambil sendiri; ekspedisi",
            pembayaran="COD, QRIS", varian="Asli=18000; Pedas=19.000", bahan="Kedelai, tepung", tahan="3 bulan",
            simpan="Tempat kering", merek="Bu Sri", pirt="2063515012345", pirt_berlaku="31-12-2028", halal="ID3511",
            halal_berlaku="2027-05-01", bpom="MD 1234", nib="1234567890123", dusun="Krajan",
            jam_buka="Senin-Sabtu 08.00-16.00", contoh="ya",
        )
    )  # fmt: skip

    product = db.session.scalars(select(Product)).one()
    assert product.availability is Availability.TO_ORDER
    assert product.days_to_make == 3
    assert product.season == {12, 1, 2}
    assert product.delivery == {Delivery.PICK_UP, Delivery.COURIER}
    assert product.payment == {Payment.CASH, Payment.QRIS}
    assert [(variant.name, variant.price) for variant in product.variants] == [("Asli", 18_000), ("Pedas", 19_000)]
    assert product.pirt_expires_on.isoformat() == "2028-12-31"
    assert product.business.nib == "1234567890123"
    assert product.business.hamlet == "Krajan"
    assert str(product.business.opening_hours).startswith("Senin-Sabtu 08.00-16.00")
    assert product.is_example
    assert product.business.is_example


def test_every_field_of_an_attraction_can_be_filled():
    bring_in(
        an_attraction_row(
            whatsapp="0812 3456 7890", jam_buka="24 jam", tiket_anak="gratis", parkir_motor="3000",
            fasilitas="Toilet, Mushola; kamar mandi", pengelola="Pokdarwis Sumber", jenis_pengelola="Pokdarwis",
            peringatan="Jalan longsor", peringatan_sampai="31-12-2027", lintang="-6,8620", bujur="111.8730",
            jalan_kaki="10 menit", musim_terbaik="Juni-Agustus",
        )
    )  # fmt: skip

    attraction = db.session.scalars(select(Attraction)).one()
    assert (attraction.adult_ticket, attraction.child_ticket) == (5_000, 0)
    assert attraction.facilities == {Facility.TOILET, Facility.PRAYER_ROOM}
    assert attraction.manager_kind is ManagerKind.POKDARWIS
    assert (attraction.latitude, attraction.longitude, attraction.is_exact_point) == (-6.862, 111.873, True)
    assert attraction.walking_minutes == 10


def test_an_attraction_without_a_point_stands_in_its_village():
    bring_in(an_attraction_row())

    attraction = db.session.scalars(select(Attraction)).one()
    assert (attraction.latitude, attraction.longitude) == (attraction.village.latitude, attraction.village.longitude)
    assert not attraction.is_exact_point


def test_a_lone_name_beside_an_attraction_is_its_managers():
    bring_in(an_attraction_row(usaha="BUMDes Maju"))

    attraction = db.session.scalars(select(Attraction)).one()
    assert (attraction.manager_name, attraction.business) == ("BUMDes Maju", None)


@pytest.mark.parametrize(
    "place",
    [
        "Ds. Kedungrejo Kec. Kerek Kab. Tuban",
        "Dusun Krajan RT 02 RW 01 Ds. Kedungrejo Kec. Kerek Kab. Tuban",
        "Desa Kedungrejo, Kec. Kerek Kab. Tuban",
        "35.23.08.2009",
        "3523082009",
        "Kedungrejo, Kerek, Tuban",
        "Desa/Kelurahan Kedungrejo, Kec. Kerek, Kab. Tuban",
        "ds. kedung rejo , kecamatan KEREK, Kabupaten Tuban, Jawa Timur",
        "Kedungrejo",
    ],
)
def test_a_village_may_be_named_in_any_usual_way(place):
    bring_in(a_product_row(desa=place))

    assert db.session.scalars(select(Product)).one().village_code == KEDUNGREJO


def test_a_list_with_a_column_for_each_level_is_understood():
    bring_in(a_product_row(desa="Kel. Purwantoro", kecamatan="Blimbing", kabupaten="Malang"))

    assert db.session.scalars(select(Product)).one().village_code == PURWANTORO


def test_a_village_in_the_wrong_kabupaten_is_not_guessed():
    (fault,) = faults_of(a_product_row(desa="Kedungrejo, Kerek, Kota Malang"))

    assert (fault.row, fault.column) == (2, "desa")


def test_a_misspelt_village_is_answered_with_the_near_one():
    (fault,) = faults_of(a_product_row(desa="Kedungreja, Kerek, Tuban"))

    assert "35.23.08.2009" in fault.message


@pytest.mark.parametrize("category", ["makanan-ringan", "Makanan Ringan", "camilan & olahan kering", "KERIPIK"])
def test_a_category_may_be_named_by_any_of_its_words(category):
    bring_in(a_product_row(kategori=category))

    assert db.session.scalars(select(Product)).one().category.slug == "makanan-ringan"


def test_a_shelf_that_is_too_wide_is_answered_with_what_is_on_it():
    (fault,) = faults_of(a_product_row(kategori="Makanan & camilan"))

    assert "Kue dan Jajanan" in fault.message


def test_the_same_thing_twice_in_a_file_is_named_with_its_first_row():
    (fault,) = faults_of(a_product_row(), a_product_row(nama="keripik  TEMPE!"))

    assert (fault.row, fault.column) == (3, "nama")
    assert "baris 2" in fault.message


def test_two_rows_that_disagree_about_a_business_are_told_so():
    (fault,) = faults_of(a_product_row(), a_product_row(nama="Keripik pisang", whatsapp="0813-9876-5432"))

    assert (fault.row, fault.column) == (3, "whatsapp")


def test_two_businesses_may_sell_the_same_thing():
    bring_in(a_product_row(), a_product_row(usaha="Dapur Bu Nur", pemilik="Nurul"))

    assert db.session.scalar(select(func.count()).select_from(Product)) == 2


def test_the_same_file_again_changes_nothing():
    rows = (a_product_row(varian="A=1000; B=2000", musim="Juni"), an_attraction_row(jam_buka="07.00-17.00"))
    bring_in(*rows)
    changed_at = db.session.scalars(select(Listing.updated_at).order_by(Listing.id)).all()

    report = bring_in(*rows)

    assert (report.created, report.updated, report.unchanged) == (0, 0, 2)
    assert (report.businesses_created, report.businesses_updated) == (0, 0)
    assert db.session.scalars(select(Listing.updated_at).order_by(Listing.id)).all() == changed_at


def test_a_changed_row_changes_its_listing_which_stays_published():
    bring_in(a_product_row(varian="A=1000; B=2000"), publish=True)

    report = bring_in(a_product_row(harga="20.000", varian="B=2500; C=3000", whatsapp="0813-9876-5432"))

    product = db.session.scalars(select(Product)).one()
    assert (report.updated, report.businesses_updated, report.updated_rows) == (1, 1, [2])
    assert (product.price, product.status) == (20_000, ListingStatus.PUBLISHED)
    assert [(variant.name, variant.price) for variant in product.variants] == [("B", 2_500), ("C", 3_000)]
    assert product.business.whatsapp == "+6281398765432"


def test_what_a_file_has_no_column_for_stays_as_it_is():
    bring_in(a_product_row(merek="Bu Sri", harga_coret="25.000"))

    bring_in(a_product_row(harga="30.000"))

    product = db.session.scalars(select(Product)).one()
    # The struck-through price would now be lower than the price, which says nothing true.
    assert (product.brand, product.price, product.regular_price) == ("Bu Sri", 30_000, None)


def test_what_waits_is_published_when_the_officer_asks_but_what_was_archived_stays_away():
    bring_in(a_product_row(), a_product_row(nama="Keripik pisang", status="arsip"))

    report = bring_in(a_product_row(), a_product_row(nama="Keripik pisang"), publish=True)

    statuses = dict(db.session.execute(select(Product.name, Product.status)).all())
    assert statuses == {"Keripik tempe": ListingStatus.PUBLISHED, "Keripik pisang": ListingStatus.ARCHIVED}
    assert (report.updated, report.published) == (1, 1)


def test_a_business_that_the_marketplace_knows_needs_no_owner_in_the_file():
    business = a_business(name="Dapur Bu Sri", owner_name="Sri")
    a_product(business, name="Keripik tempe", price=18_000)

    report = bring_in(a_product_row(usaha="dapur bu sri", pemilik="", whatsapp="", kategori="keripik"))

    assert (report.created, report.updated, report.businesses_created) == (0, 1, 0)
    assert business.owner_name == "Sri"


def test_photos_come_along_with_what_they_show(tmp_path):
    a_picture_file(tmp_path, "Depan.JPG")
    a_picture_file(tmp_path, "samping.jpg", "teal")
    row = a_product_row(foto="depan.jpg; samping.jpg", alt_foto="Keripik dari depan | Keripik dari samping")

    bring_in(row, photos=tmp_path)
    report = bring_in(row, photos=tmp_path)

    product = db.session.scalars(select(Product)).one()
    assert [use.alt_text for use in product.photos] == ["Keripik dari depan", "Keripik dari samping"]
    assert report.unchanged == 1


def test_an_empty_cell_leaves_the_photos_and_other_files_replace_them(tmp_path):
    a_picture_file(tmp_path, "a.jpg")
    a_picture_file(tmp_path, "b.jpg", "teal")
    bring_in(a_product_row(foto="a.jpg", alt_foto="Tampak depan"), photos=tmp_path)

    bring_in(a_product_row())
    assert len(db.session.scalars(select(Product)).one().photos) == 1

    bring_in(a_product_row(foto="b.jpg;a.jpg"), photos=tmp_path)
    assert [use.alt_text for use in db.session.scalars(select(Product)).one().photos] == ["", "Tampak depan"]


def test_columns_may_be_called_and_ordered_otherwise(tmp_path):
    header = ["No", "Nama Produk", " JENIS ", "Kategori", "Desa/Kelurahan", "Nama UMKM", "Nama Pemilik", "No. WA"]
    header += ["Harga (Rp)", "Satuan", "Deskripsi", "Foto", "Isi Bersih"]
    row = [
        1,
        "Kopi Ijen",
        "Produk",
        "kopi",
        "35.23.08.2009",
        "Kopi Bu Sri",
        "Sri",
        81234567890.0,
        18000.0,
        "kg",
        "",
        "",
    ]

    bring_in_file(write_workbook(tmp_path / "daftar.xlsx", [header, row]))

    product = db.session.scalars(select(Product)).one()
    assert (product.price, product.business.whatsapp) == (18_000, "+6281234567890")


def test_columns_that_are_missing_unknown_or_there_twice_are_named(tmp_path):
    header = ["jenis", "nama", "kategori", "desa", "usaha", "pemilik", "whatsapp", "harga", "satuan", "deskripsi"]
    path = write_workbook(tmp_path / "daftar.xlsx", [[*header, "harga", "deskripsih"], ["produk"]])

    with pytest.raises(ImportRefused) as refusal:
        bring_in_file(path)

    assert {(fault.row, fault.column) for fault in refusal.value.faults} == {
        (1, "harga"), (1, "deskripsih"), (1, "foto"),
    }  # fmt: skip


def test_people_without_the_console_import_nothing():
    with pytest.raises(NotAllowed):
        save_plan(an_officer_of(), None)
