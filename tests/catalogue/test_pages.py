"""The page of a product."""

from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Availability, Delivery, Payment, Variant
from tests.support.nearby import make_neighbours
from tests.support.page_parts import cards_on, facts_on, sections_on, structured_on
from tests.support.personas import a_business, a_category, a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, MARGOREJO, PURWANTORO

HOSTILE = "Keripik <script>alert(1)</script> \"Bu\" & 'Pak'"
NOT_PUBLIC = [status for status in ListingStatus if status is not ListingStatus.PUBLISHED]


def path_of(product) -> str:
    return f"/produk/{product.id}-{product.slug}"


def order_text(page) -> str:
    """Return what is typed already when the buyer presses the button."""
    (address,) = {link for words, link in page.links.items() if words.endswith("lewat WhatsApp")}
    return parse_qs(urlsplit(address).query)["text"][0]


@pytest.mark.both_databases
def test_a_product_shows_what_it_is_what_it_costs_who_makes_it_and_where(client):
    a_kim(name="KIM Kedung Makmur", slug="kim-kedung")
    business = a_business(name="Tempe Sanan", owner_name="Sumiati", hamlet="Dusun Krajan")
    product = a_product(
        business, name="Keripik tempe", price=18_000, unit="bungkus", description="Digoreng dua kali.", photos=2
    )

    page = client.get(path_of(product))

    assert page.heading == "Keripik tempe"
    for words in (
        "Rp18.000 / bungkus",
        "Siap dipesan",
        "Digoreng dua kali.",
        "Sumiati, Dusun Krajan",
        "Desa Kedungrejo, Tuban",
    ):
        assert words in page.words
    assert page.links["Tempe Sanan"] == f"/usaha/{business.id}-tempe-sanan"
    assert page.links["KIM Kedung Makmur"] == "/kim/kim-kedung"
    assert [photo.get("alt") for photo in page.tree.findall(".//section[@class='gallery']//li[@id]//img")] == [
        "Foto 1",
        "Foto 2",
    ]
    assert "Contoh" not in page.words


@pytest.mark.parametrize("slug", ["", "-salah", "-keripik-tempe-lama", "-KERIPIK-TEMPE"])
def test_any_other_name_in_the_address_leads_to_the_right_one(client, slug):
    product = a_product(name="Keripik tempe")

    answer = client.get(f"/produk/{product.id}{slug}")

    assert (answer.status_code, answer.location) == (301, path_of(product))


@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_a_product_that_is_not_public_has_no_page_and_no_hint_of_one(client, status):
    product = a_product(status=status)

    for path in (path_of(product), f"/produk/{product.id}", f"/produk/{product.id}-salah"):
        page = client.get(path)
        assert page.status_code == 404
        assert "Mungkin produknya sudah diturunkan" in page.words
        assert "Keripik tempe" not in page.words


def test_a_product_is_not_found_among_attractions_nor_the_other_way_round(client):
    product, attraction = a_product(), an_attraction()

    assert client.get(f"/wisata/{product.id}-{product.slug}").status_code == 404
    assert client.get(f"/wisata/{product.id}").status_code == 404
    assert client.get(f"/produk/{attraction.id}-{attraction.slug}").status_code == 404


def test_hostile_names_and_descriptions_stay_text(client):
    business = a_business(name="<img src=x onerror=alert(1)>", owner_name='"><b>x</b>')
    product = a_product(
        business,
        name=HOSTILE,
        description="</script><script>alert(2)</script>\n{{ 7 * 7 }}",
        unit="<i>kg</i>",
        brand="</dl>",
    )

    page = client.get(path_of(product))

    assert page.heading == HOSTILE
    assert "</script><script>alert(2)</script> {{ 7 * 7 }}" in page.words
    assert "<img src=x onerror=alert(1)>" in page.words
    assert "<script>alert" not in page.text
    assert page.meta("og:title").startswith(HOSTILE)
    assert structured_on(page, "Product")["name"] == HOSTILE
    assert structured_on(page, "Product")["description"].startswith("</script>")


def test_a_product_without_a_price_is_asked_for(client):
    product = a_product(price=None, unit="kg")

    page = client.get(path_of(product))

    assert "Tanya harga" in page.words
    assert "Tanya lewat WhatsApp" in page.links
    assert "Pesan lewat WhatsApp" not in page.links
    assert "harga per kg berapa?" in order_text(page)
    assert page.meta("product:price:amount") is None
    assert "offers" not in structured_on(page, "Product")


def test_a_lowered_price_shows_the_old_one_struck_through(client):
    page = client.get(path_of(a_product(price=18_000, regular_price=22_000)))

    assert [struck.text for struck in page.tree.findall(".//s")] == ["Rp22.000"]
    assert "Biasanya Rp22.000" in page.words


def test_a_sold_out_product_is_asked_about_and_search_engines_know(client):
    page = client.get(path_of(a_product(availability=Availability.SOLD_OUT)))

    assert "Sedang habis" in page.words
    assert "Pesan lewat WhatsApp" not in page.links
    assert structured_on(page, "Product")["offers"]["availability"] == "https://schema.org/OutOfStock"


def test_what_is_made_to_order_says_how_long_it_takes(client):
    page = client.get(path_of(a_product(availability=Availability.TO_ORDER, days_to_make=3)))

    assert "Dibuat setelah dipesan, sekitar 3 hari" in page.words
    assert "Pesan lewat WhatsApp" in page.links
    assert structured_on(page, "Product")["offers"]["availability"] == "https://schema.org/PreOrder"


def test_a_fruit_out_of_season_says_when_it_comes(client):
    product = a_product(name="Mangga gadung", season=frozenset({10, 11, 12}))
    with time_machine.travel(datetime(2026, 9, 30, 16, 59, tzinfo=UTC), tick=False):
        assert "Belum musimnya, biasanya Oktober–Desember" in client.get(path_of(product)).words
    # In Java it is October already.
    with time_machine.travel(datetime(2026, 9, 30, 17, 0, tzinfo=UTC), tick=False):
        assert "Siap dipesan" in client.get(path_of(product)).words


def test_variants_are_shown_with_their_prices(client):
    product = a_product()
    product.variants = [Variant(position=0, name="Asli", price=18_000), Variant(position=1, name="Pedas", price=20_000)]

    page = client.get(path_of(product))

    assert "Asli Rp18.000" in page.words.replace("AsliRp", "Asli Rp")
    assert [choice.get("data-price") for choice in page.tree.findall(".//option")] == ["18000", "20000"]


def test_what_is_known_of_a_product_stands_in_words(client):
    product = a_product(
        net_content="250 g",
        brand="Sanan",
        ingredients="Kedelai, tepung beras",
        shelf_life="3 bulan",
        storage="Tempat kering",
        minimum_order=5,
        delivery=frozenset({Delivery.PICK_UP, Delivery.COURIER}),
        payment=frozenset({Payment.CASH, Payment.QRIS}),
    )

    assert facts_on(client.get(path_of(product))).items() >= {
        ("Isi bersih", "250 g"),
        ("Merek", "Sanan"),
        ("Bahan", "Kedelai, tepung beras"),
        ("Tahan", "3 bulan"),
        ("Simpan", "Tempat kering"),
        ("Minimal pesan", "5 bungkus"),
        ("Kirim", "Ambil sendiri, Ekspedisi"),
        ("Bayar", "Tunai (COD), QRIS"),
    }


def test_legal_numbers_are_shown_as_nobody_has_checked_them(client):
    product = a_product(
        a_business(nib="1234567890123"),
        pirt_number="2063578010234-28",
        pirt_expires_on=date(2024, 5, 1),
        halal_number="ID35110000123",
        halal_expires_on=date(2029, 1, 31),
    )

    page = client.get(path_of(product))

    (stamps,) = page.tree.findall(".//ul[@aria-label='Izin']")
    texts = [" ".join(" ".join(stamp.itertext()).split()) for stamp in stamps.findall("li")]
    assert texts == [
        "PIRT 2063578010234-28 Habis masa berlaku 1 Mei 2024",
        "Halal ID35110000123 Belum diperiksa, berlaku sampai 31 Januari 2029",
        "NIB 1234567890123 Belum diperiksa",
        "Apa artinya?",
    ]
    assert page.links["Apa artinya?"] == "/tentang/izin"
    assert "Terverifikasi" not in page.words


def test_a_product_without_legal_numbers_claims_none(client):
    assert client.get(path_of(a_product())).tree.find(".//ul[@aria-label='Izin']") is None


def test_the_order_is_typed_already_and_names_product_village_and_page(client):
    business = a_business(name="Tempe Sanan", whatsapp="+6281234567890")
    product = a_product(business, name="Keripik tempe & usus 100%", price=18_000, minimum_order=5)

    page = client.get(path_of(product))

    assert urlsplit(page.links["Pesan lewat WhatsApp"])[:3] == ("https", "wa.me", "/6281234567890")
    assert order_text(page).splitlines() == [
        "Halo Tempe Sanan,",
        "saya mau pesan Keripik tempe & usus 100% (Rp18.000 / bungkus) dari Desa Kedungrejo, Tuban.",
        "Jumlah: 5 bungkus",
        f"http://pasar.test{path_of(product)}",
    ]
    assert "0812-3456-7890" in page.words


def test_a_buyer_writes_to_the_kim_where_the_business_has_no_number(client):
    a_kim(name="KIM Kedung Makmur", whatsapp="+6281999999999")
    page = client.get(path_of(a_product(a_business(whatsapp=None))))

    assert page.links["Pesan lewat WhatsApp"].startswith("https://wa.me/6281999999999?")
    assert order_text(page).startswith("Halo KIM Kedung Makmur,")


def test_where_nobody_has_a_number_the_buyer_is_told_where_to_ask(client):
    page = client.get(path_of(a_product(a_business(whatsapp=None))))

    assert "Belum ada nomor WhatsApp di sini." in page.words
    assert page.links["Desa Kedungrejo"] == f"/desa/{KEDUNGREJO}"
    assert not [link for words, link in page.links.items() if words.endswith("lewat WhatsApp")]


def test_an_example_says_that_it_is_not_for_sale(client):
    page = client.get(path_of(a_product(is_example=True, photos=1)))

    assert "memperlihatkan cara kerja Pasar KIM dan tidak dijual" in page.words
    assert "Gambar contoh" in page.words


def test_similar_products_come_from_the_nearest_villages_first(client):
    make_neighbours()
    product = a_product(name="Keripik tempe")
    a_product(a_business(a_village(PURWANTORO)), name="Keripik Sanan")
    a_product(a_business(a_village(MARGOREJO)), name="Keripik usus")
    a_product(a_business(a_village(MARGOREJO)), name="Keripik arsip", status=ListingStatus.ARCHIVED)
    a_product(a_business(a_village(MARGOREJO)), name="Kopi", category_id=a_category("kopi", group="minuman").id)

    page = client.get(path_of(product))

    assert sections_on(page)["Mirip, dari desa sekitar"] == ["Keripik usus", "Keripik Sanan"]
    assert cards_on(page)["Keripik usus"].endswith("Margorejo, Tuban · 4 km")


def test_the_village_shows_what_else_it_has(client):
    make_neighbours()
    product = a_product(name="Keripik tempe")
    a_product(name="Batik gedog", category_id=a_category("batik", group="kain").id)
    a_product(name="Batik arsip", category_id=a_category("batik").id, status=ListingStatus.ARCHIVED)

    page = client.get(path_of(product))

    assert sections_on(page)["Lainnya dari Kedungrejo"] == ["Batik gedog"]
    assert "Mirip, dari desa sekitar" not in sections_on(page)
