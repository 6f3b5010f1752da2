"""The page of a business."""

from urllib.parse import parse_qs, urlsplit

import pytest

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.kim.models import KimStatus
from marketplace.umkm.models import BusinessStatus
from tests.support.page_parts import cards_on, facts_on
from tests.support.personas import a_business, a_kim, a_person, a_product
from tests.support.places import KEDUNGREJO


def path_of(business) -> str:
    return f"/usaha/{business.id}-{business.slug}"


def test_a_business_shows_its_owner_its_place_and_all_that_it_sells(client):
    business = a_business(
        name="Tempe Sanan",
        owner_name="Sumiati",
        hamlet="Dusun Krajan",
        description="Tiga turunan membuat keripik.",
        opening_hours=parse_opening_hours("Senin-Sabtu 08.00-16.00"),
        nib="1234567890123",
    )
    a_product(business, name="Keripik tempe")
    a_product(business, name="Keripik usus", status=ListingStatus.WAITING, published_at=None)
    a_product(name="Batik gedog")

    page = client.get(path_of(business))

    assert page.heading == "Tempe Sanan"
    assert "Sumiati · Dusun Krajan, Desa Kedungrejo, Kabupaten Tuban" in page.words
    assert "Tiga turunan membuat keripik." in page.words
    assert facts_on(page)["Senin–Sabtu"] == "08.00–16.00"
    assert "NIB 1234567890123 Belum diperiksa" in page.words
    assert list(cards_on(page)) == ["Keripik tempe"]


def test_the_account_of_an_owner_is_not_public(client):
    siti = a_person(name="Siti Rahasia", phone="+6285700001111")
    business = a_business(owner_id=siti.id)

    page = client.get(path_of(business))

    assert "Siti Rahasia" not in page.text
    assert "85700001111" not in page.text
    assert "0857-0000-1111" not in page.text


@pytest.mark.parametrize("slug", ["", "-salah", "-tempe-sanan-lama"])
def test_any_other_name_in_the_address_leads_to_the_right_one(client, slug):
    business = a_business(name="Tempe Sanan")

    answer = client.get(f"/usaha/{business.id}{slug}")

    assert (answer.status_code, answer.location) == (301, path_of(business))


def test_an_archived_business_has_no_page(client):
    page = client.get(path_of(a_business(status=BusinessStatus.ARCHIVED)))

    assert page.status_code == 404
    assert "Usaha ini sudah tidak berjualan di Pasar KIM" in page.words


def test_a_buyer_writes_to_the_business(client):
    business = a_business(name="Tempe Sanan", whatsapp="+6281234567890")

    page = client.get(path_of(business))

    address = urlsplit(page.links["Tanya lewat WhatsApp"])
    (text,) = parse_qs(address.query)["text"]
    assert address.path == "/6281234567890"
    assert "Tempe Sanan" in text
    assert text.endswith(f"http://pasar.test{path_of(business)}")
    assert "0812-3456-7890" in page.words


def test_a_buyer_writes_to_the_kim_that_sells_for_a_business(client):
    kim = a_kim(name="KIM Kedung Makmur", whatsapp="+6281999999999")
    business = a_business(whatsapp=None, kim_id=kim.id)

    page = client.get(path_of(business))

    assert page.links["Tanya lewat WhatsApp"].startswith(
        "https://wa.me/6281999999999?text=Halo%20KIM%20Kedung%20Makmur"
    )


def test_where_nobody_can_be_written_to_a_buyer_is_told_where_to_ask(client):
    business = a_business(whatsapp=None)

    page = client.get(path_of(business))

    assert "Belum ada nomor WhatsApp di sini." in page.words
    assert "Tanya lewat WhatsApp" not in page.links
    assert page.links["Desa Kedungrejo"] == f"/desa/{KEDUNGREJO}"


def test_a_business_with_an_empty_stall_leads_on_to_its_village(client):
    page = client.get(path_of(a_business()))

    assert "Belum ada yang dijual" in page.words
    assert page.links["Produk dari Kedungrejo"] == f"/desa/{KEDUNGREJO}/produk"


def test_a_long_stall_is_shown_page_by_page(client):
    business = a_business()
    for number in range(30):
        a_product(business, name=f"Keripik {number:02}")

    first = client.get(path_of(business))
    second = client.get(first.links["Muat lebih banyak"])

    assert [*cards_on(first), *cards_on(second)] == [f"Keripik {number:02}" for number in reversed(range(30))]
    assert "Muat lebih banyak" not in second.links
    assert second.links["Kembali ke awal"] == path_of(business)
    assert second.meta("robots") == "noindex, follow"


def test_a_business_called_hostile_names_stays_text(client):
    business = a_business(
        name="<b>\"Tempe\"</b> & 'Tahu'", owner_name="<script>alert(1)</script>", description="</script>"
    )

    page = client.get(path_of(business))

    assert page.heading == "<b>\"Tempe\"</b> & 'Tahu'"
    assert "<script>alert(1)</script> ·" in page.words
    assert "<script>alert" not in page.text


def test_an_example_business_says_that_it_is_one(client):
    assert "Contoh." in client.get(path_of(a_business(is_example=True))).words


@pytest.mark.parametrize("status", [KimStatus.APPLYING, KimStatus.ARCHIVED])
def test_a_kim_that_is_not_active_is_not_shown_with_its_businesses(client, status):
    kim = a_kim(name="KIM Belum Sah", status=status)
    business = a_business(whatsapp=None, kim_id=kim.id)

    page = client.get(path_of(business))

    assert "KIM Belum Sah" not in page.text
    assert "wa.me/62" not in page.text
