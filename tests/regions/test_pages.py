"""The pages of places: from the province to a village, each with a way up and a way on."""

import pytest
from sqlalchemy import update

from marketplace.catalogue.services.counts import recount
from marketplace.foundation.database import db
from marketplace.kim.models import KimStatus
from marketplace.regions.models import Regency
from tests.support.page_parts import structured_on
from tests.support.personas import a_business, a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, KOTA_MALANG, MARGOREJO, PURWANTORO, TUBAN


def test_the_province_shows_a_map_and_a_list_of_all_38(client):
    page = client.get("/wilayah")

    in_list = page.tree.findall(".//ul[@class='regencies']//a")
    on_map = page.tree.findall(".//{*}svg[@class='map__areas']//{*}a")
    assert len(in_list) == len(on_map) == 38
    assert {link.get("href") for link in in_list} == {link.get("href") for link in on_map}
    assert f"/wilayah/{TUBAN}" in {link.get("href") for link in in_list}


@pytest.mark.parametrize("address", ["/", "/wilayah"])
def test_a_kabupaten_that_is_no_longer_named_is_left_out_of_the_map(client, address):
    db.session.get_one(Regency, KOTA_MALANG).is_current = False
    db.session.flush()

    page = client.get(address)

    on_map = {link.get("href") for link in page.tree.findall(".//{*}svg[@class='map__areas']//{*}a")}
    assert len(on_map) == 37
    assert f"/wilayah/{KOTA_MALANG}" not in on_map


@pytest.mark.parametrize("address", ["/", "/wilayah"])
def test_without_a_single_kabupaten_the_page_still_opens(client, address):
    db.session.execute(update(Regency).values(is_current=False))

    assert client.get(address).status_code == 200


def test_the_province_tells_how_much_each_kabupaten_offers(client):
    a_product()
    an_attraction()
    recount()

    links = client.get("/wilayah").links

    assert links["Tuban 2 produk dan wisata"] == f"/wilayah/{TUBAN}"
    assert links["Kota Malang 0 produk dan wisata"] == f"/wilayah/{KOTA_MALANG}"


def test_a_kabupaten_shows_its_kecamatan_with_their_villages_and_what_is_new(client):
    a_kim()
    a_product(name="Batik gedog")
    an_attraction(name="Goa Akbar")
    recount()

    page = client.get(f"/wilayah/{TUBAN}")

    assert page.heading == "Kabupaten Tuban"
    assert "1 kecamatan, 2 desa dan kelurahan" in page.words
    assert page.links["Kedungrejo"] == f"/desa/{KEDUNGREJO}"
    assert "1 produk, 1 wisata" in page.words
    assert {"Batik gedog", "Goa Akbar"} <= page.links.keys()
    assert page.links["Produk 1"] == f"/wilayah/{TUBAN}/produk"


def test_a_kabupaten_shows_only_what_is_its_own(client):
    a_product(a_business(a_village(PURWANTORO)), name="Keripik Sanan")

    assert "Keripik Sanan" not in client.get(f"/wilayah/{TUBAN}").words
    assert "Keripik Sanan" in client.get(f"/wilayah/{KOTA_MALANG}").words


def test_the_richest_village_of_a_kecamatan_stands_first(client):
    a_product(a_business(a_village(MARGOREJO)))
    recount()

    villages = client.get(f"/wilayah/{KEREK}").tree.findall(".//h3[@class='place__name']/a")

    assert [village.get("href") for village in villages] == [f"/desa/{MARGOREJO}", f"/desa/{KEDUNGREJO}"]


def test_a_kecamatan_shows_all_its_villages_and_the_kim_that_is_its_own(client):
    a_kim(village_code=None, name="KIM Kecamatan Kerek", slug="kim-kerek")
    a_kim(name="KIM Kedung Makmur", slug="kim-kedung")
    a_product(name="Batik gedog")

    page = client.get(f"/wilayah/{KEREK}")

    assert page.heading == "Kecamatan Kerek"
    assert {f"/desa/{KEDUNGREJO}", f"/desa/{MARGOREJO}"} <= set(page.links.values())
    assert page.links["KIM Kecamatan Kerek"] == "/kim/kim-kerek"
    assert "KIM Kedung Makmur" not in page.words
    assert "Batik gedog" in page.words


@pytest.mark.parametrize("path", [f"/wilayah/{TUBAN}", f"/wilayah/{KEREK}"])
def test_a_place_where_nothing_is_sold_yet_says_so_and_what_to_do(client, path):
    page = client.get(path)

    assert "Belum ada yang tayang" in page.words
    assert "/kim/daftar" in page.links.values()


def test_a_village_shows_its_kim_its_products_its_attractions_and_its_businesses(client):
    a_kim(
        name="KIM Kedung Makmur", slug="kim-kedung", introduction="Kami merawat batik gedog.", whatsapp="+6281234567890"
    )
    business = a_business(name="Batik Bu Uswatun")
    a_product(business, name="Batik gedog")
    an_attraction(name="Sendang Maron")
    recount()

    page = client.get(f"/desa/{KEDUNGREJO}")

    assert page.heading == "Desa Kedungrejo"
    assert "KIM Kedung Makmur" in page.words
    assert "Kami merawat batik gedog." in page.words
    assert {"Batik gedog", "Sendang Maron", "Batik Bu Uswatun"} <= page.links.keys()
    assert page.links["Produk 1"] == f"/desa/{KEDUNGREJO}/produk"
    assert page.links["Wisata 1"] == f"/desa/{KEDUNGREJO}/wisata"
    assert page.links["WhatsApp KIM"].startswith("https://wa.me/6281234567890?text=Halo%20KIM%20Kedung%20Makmur")


def test_a_village_without_a_kim_says_so_and_what_to_do(client):
    page = client.get(f"/desa/{MARGOREJO}")

    assert "Desa Margorejo belum punya KIM di Pasar KIM." in page.words
    assert page.links["Daftarkan KIM"] == "/kim/daftar"
    assert page.links["Cara mendaftarkan KIM"] == "/kim/daftar"
    assert page.links["Lihat desa sekitar"] == f"/wilayah/{KEREK}"


def test_a_village_whose_kim_only_applied_has_no_kim_yet(client):
    a_kim(status=KimStatus.APPLYING, registered_on=None, registration_number=None)

    assert "belum punya KIM" in client.get(f"/desa/{KEDUNGREJO}").words


def test_a_village_with_a_kim_and_nothing_to_sell_says_so_without_calling_for_a_kim(client):
    a_kim(name="KIM Kedung Makmur")

    page = client.get(f"/desa/{KEDUNGREJO}")

    assert "Etalasenya masih kosong" in page.words
    assert "belum punya KIM" not in page.words
    assert page.links["Cara berjualan"] == "/cara-jual"


def test_the_kim_of_the_kecamatan_looks_after_a_village_without_its_own(client):
    a_kim(village_code=None, name="KIM Kecamatan Kerek")

    page = client.get(f"/desa/{MARGOREJO}")

    assert "KIM Kecamatan Kerek" in page.words
    assert "belum punya KIM" not in page.words


def test_every_page_on_the_way_down_leads_back_up(client):
    way = {}
    for path in (f"/wilayah/{TUBAN}", f"/wilayah/{KEREK}", f"/desa/{KEDUNGREJO}"):
        page = client.get(path)
        steps = page.tree.findall(".//ol[@class='crumbs']//*[@class='crumbs__link']")
        way[path] = [step.get("href") for step in steps]
        assert steps[-1].get("aria-current") == "page"

    assert way == {
        f"/wilayah/{TUBAN}": ["/wilayah", None],
        f"/wilayah/{KEREK}": ["/wilayah", f"/wilayah/{TUBAN}", None],
        f"/desa/{KEDUNGREJO}": [f"/wilayah/{TUBAN}", f"/wilayah/{KEREK}", None],
    }


def test_a_village_tells_search_engines_where_it_lies(client):
    page = client.get(f"/desa/{KEDUNGREJO}")

    crumbs = structured_on(page, "BreadcrumbList")
    assert [step["name"] for step in crumbs["itemListElement"]] == ["Tuban", "Kerek", "Kedungrejo"]
    assert crumbs["itemListElement"][-1]["item"] == f"http://pasar.test/desa/{KEDUNGREJO}"
    assert page.tree.find("head/link[@rel='canonical']").get("href") == f"http://pasar.test/desa/{KEDUNGREJO}"
    assert page.title == "Desa Kedungrejo, Tuban · Pasar KIM"
    assert "Kecamatan Kerek, Kabupaten Tuban" in page.meta("description")


def test_a_village_that_was_merged_away_keeps_its_page_but_leaves_the_lists(client):
    a_village(MARGOREJO).is_current = False
    db.session.flush()

    assert client.get(f"/desa/{MARGOREJO}").status_code == 200
    assert f"/desa/{MARGOREJO}" not in client.get(f"/wilayah/{KEREK}").links.values()
    assert "1 kecamatan, 1 desa dan kelurahan" in client.get(f"/wilayah/{TUBAN}").words


def test_a_corrected_name_is_read_on_every_page(client):
    db.session.get_one(Regency, TUBAN).corrected_name = "Kabupaten Toeban"
    a_village().corrected_name = "Kedung Rejo"
    a_product()
    db.session.flush()

    assert "Toeban" in client.get("/wilayah").words
    assert "Kedung Rejo, Toeban" in client.get("/produk").words
    assert client.get(f"/desa/{KEDUNGREJO}").heading == "Desa Kedung Rejo"


@pytest.mark.parametrize(
    "path",
    [
        "/wilayah/35",
        "/wilayah/35.99",
        "/wilayah/35.23.99",
        f"/wilayah/{KEDUNGREJO}",
        "/wilayah/jawa-timur",
        "/desa/35.23.08.9999",
        f"/desa/{KEREK}",
        "/desa/kedungrejo",
        "/wilayah/35.99/produk",
        f"/wilayah/{KEDUNGREJO}/wisata",
        f"/desa/{TUBAN}/produk",
        "/desa/35.23.08.9999/wisata",
    ],
)
def test_a_code_that_no_place_has_leads_to_a_page_that_helps(client, path):
    page = client.get(path)

    assert page.status_code == 404
    assert "Kode wilayah ini tidak ada di Jawa Timur" in page.words
    assert page.links["Ke beranda"] == "/"
