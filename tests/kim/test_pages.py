"""The page of a KIM."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest

from marketplace.catalogue.services.counts import recount
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.kim.models import KimStatus
from tests.support.page_parts import cards_on, facts_on, structured_on
from tests.support.personas import a_business, a_coordinator_of, a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, MARGOREJO, TUBAN


def test_a_kim_shows_who_they_are_and_what_their_village_offers(client):
    kim = a_kim(name="KIM Kedung Makmur", introduction="Kami merawat batik gedog.", address="Balai Desa Kedungrejo")
    kim.opening_hours = parse_opening_hours("Senin-Jumat 08.00-15.00")
    a_coordinator_of(kim, name="Rini Wulandari")
    a_product(name="Batik gedog")
    an_attraction(name="Sendang Maron")
    recount()

    page = client.get(f"/kim/{kim.slug}")

    assert page.heading == "KIM Kedung Makmur"
    assert "Desa Kedungrejo, Kecamatan Kerek, Kabupaten Tuban" in page.words
    for words in ("Kami merawat batik gedog.", "Balai Desa Kedungrejo", "Senin–Jumat, 08.00–15.00"):
        assert words in page.words
    assert facts_on(page)["Ketua"] == "Sulastri"
    assert facts_on(page)["Koordinator"] == "Rini Wulandari"
    assert list(cards_on(page)) == ["Batik gedog", "Sendang Maron"]
    assert "1 produk, langsung dari pembuatnya" in page.words


def test_the_number_of_a_coordinator_is_not_public(client):
    kim = a_kim()
    rini = a_coordinator_of(kim)
    page = client.get(f"/kim/{kim.slug}")

    assert rini.phone not in page.text
    assert rini.phone.removeprefix("+") not in page.text


def test_a_kim_shows_its_decree_and_its_registration_and_is_not_the_official_site(client):
    kim = a_kim(
        name="KIM Kedung Makmur",
        decree_number="141/07/2025",
        decree_on=date(2025, 3, 3),
        decree_signatory="Kepala Desa Kedungrejo",
        decree_begins_on=date(2025, 3, 3),
        decree_ends_on=date(2028, 3, 2),
        registration_number="KIM.35.23/0042",
        registered_on=date(2025, 4, 1),
        site_address="kedungmakmur.kim.id",
    )

    page = client.get(f"/kim/{kim.slug}")

    assert facts_on(page).items() >= {
        ("Nomor SK", "141/07/2025"),
        ("Tanggal SK", "3 Maret 2025"),
        ("Ditandatangani", "Kepala Desa Kedungrejo"),
        ("Masa bakti", "3 Maret 2025 – 2 Maret 2028"),
        ("Nomor Induk", "KIM.35.23/0042"),
        ("Terdaftar", "1 April 2025"),
    }
    assert "bukan situs resminya" in page.words
    assert page.links["kedungmakmur.kim.id"] == "https://kedungmakmur.kim.id"


def test_a_kim_can_be_written_to_with_a_text_that_names_its_page(client):
    kim = a_kim(name="KIM Kedung Makmur", whatsapp="+6281234567890")

    address = urlsplit(client.get(f"/kim/{kim.slug}").links["WhatsApp KIM"])

    (text,) = parse_qs(address.query)["text"]
    assert address.path == "/6281234567890"
    assert "KIM Kedung Makmur" in text
    assert text.endswith(f"http://pasar.test/kim/{kim.slug}")


def test_a_kim_without_a_number_sends_people_to_the_village_hall(client):
    kim = a_kim(whatsapp=None)

    page = client.get(f"/kim/{kim.slug}")

    assert "tanya di balai desa" in page.words
    assert "WhatsApp KIM" not in page.links


def test_a_kim_of_a_kecamatan_shows_all_its_villages_and_what_they_offer(client):
    kim = a_kim(village_code=None, name="KIM Kecamatan Kerek", whatsapp=None)
    a_product(a_business(a_village(MARGOREJO)), name="Tape singkong")
    recount()

    page = client.get(f"/kim/{kim.slug}")

    assert "Kecamatan Kerek, Kabupaten Tuban" in page.words
    assert {f"/desa/{KEDUNGREJO}", f"/desa/{MARGOREJO}"} <= set(page.links.values())
    assert "Tape singkong" in page.links
    assert f"/wilayah/{KEREK}/produk" in page.links.values()
    assert "tanya di balai kecamatan" in page.words


def test_a_kim_of_a_village_does_not_list_the_villages_around(client):
    kim = a_kim()

    assert f"/desa/{MARGOREJO}" not in client.get(f"/kim/{kim.slug}").links.values()


def test_a_kim_with_an_empty_stall_says_so(client):
    kim = a_kim(name="KIM Kedung Makmur")

    page = client.get(f"/kim/{kim.slug}")

    assert "KIM Kedung Makmur belum memasukkan dagangan warganya." in page.words
    assert page.links["Cara menjual lewat KIM"] == "/cara-jual"


def test_an_example_kim_says_that_it_is_one(client):
    kim = a_kim(is_example=True)

    assert "Contoh" in client.get(f"/kim/{kim.slug}").words
    assert "Contoh" not in client.get(f"/kim/{a_kim().slug}").words


@pytest.mark.parametrize("status", [KimStatus.APPLYING, KimStatus.ARCHIVED])
def test_a_kim_that_is_not_active_has_no_page(client, status):
    page = client.get(f"/kim/{a_kim(status=status).slug}")

    assert page.status_code == 404
    assert "KIM ini belum terdaftar di Pasar KIM" in page.words


def test_a_kim_called_hostile_names_stays_text(client):
    kim = a_kim(
        name="KIM <script>alert(1)</script> \"Maju\" & 'Jaya'", introduction="</script><script>alert(2)</script>"
    )

    page = client.get(f"/kim/{kim.slug}")

    assert page.heading == "KIM <script>alert(1)</script> \"Maju\" & 'Jaya'"
    assert "</script><script>alert(2)</script>" in page.words
    assert "<script>alert" not in page.text


def test_a_kim_tells_search_engines_where_it_lies(client):
    kim = a_kim(name="KIM Kedung Makmur")

    page = client.get(f"/kim/{kim.slug}")

    crumbs = structured_on(page, "BreadcrumbList")
    assert [step["name"] for step in crumbs["itemListElement"]] == ["Tuban", "Kerek", "Kedungrejo", "KIM Kedung Makmur"]
    assert crumbs["itemListElement"][0]["item"] == f"http://pasar.test/wilayah/{TUBAN}"
    assert page.tree.find("head/link[@rel='canonical']").get("href") == f"http://pasar.test/kim/{kim.slug}"
