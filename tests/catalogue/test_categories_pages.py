"""The pages of lists: of the province, a category, a place; page after page."""

import pytest

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.models.products import Availability
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.services.counts import recount
from marketplace.foundation.opening_hours import parse_opening_hours
from tests.support.page_parts import cards_on, structured_on
from tests.support.personas import a_business, a_category, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, KOTA_MALANG, MARGOREJO, PURWANTORO, TUBAN

PRODUCT_LISTS = (
    "/produk",
    "/kategori/camilan",
    "/kategori/makanan-camilan",
    f"/wilayah/{TUBAN}/produk",
    f"/wilayah/{KEREK}/produk",
    f"/desa/{KEDUNGREJO}/produk",
)
ATTRACTION_LISTS = (
    "/wisata",
    "/kategori/tempat-wisata",
    f"/wilayah/{TUBAN}/wisata",
    f"/wilayah/{KEREK}/wisata",
    f"/desa/{KEDUNGREJO}/wisata",
)


def pages_of(client, path: str) -> list:
    """Open a list and, as long as there is more, what follows."""
    pages = [client.get(path)]
    while following := pages[-1].links.get("Muat lebih banyak"):
        pages.append(client.get(following))
        assert len(pages) < 10, "the list never ends"
    return pages


@pytest.mark.both_databases
@pytest.mark.parametrize("path", PRODUCT_LISTS)
def test_a_list_is_read_to_its_end_with_nothing_twice_and_nothing_lost(client, path):
    business = a_business()
    for number in range(50):
        a_product(business, name=f"Keripik {number:02}")

    pages = pages_of(client, path)

    assert [len(cards_on(page)) for page in pages] == [24, 24, 2]
    assert [name for page in pages for name in cards_on(page)] == [
        f"Keripik {number:02}" for number in reversed(range(50))
    ]
    assert "Kembali ke awal" not in pages[0].links
    assert [page.links["Kembali ke awal"] for page in pages[1:]] == [path, path]


@pytest.mark.parametrize("path", ATTRACTION_LISTS)
def test_a_list_of_attractions_goes_on_as_well(client, path):
    for number in range(25):
        an_attraction(name=f"Goa {number:02}")
    a_product()

    assert [len(cards_on(page)) for page in pages_of(client, path)] == [24, 1]


def test_what_is_published_between_two_pages_pushes_nothing_onto_the_second(client):
    business = a_business()
    for number in range(30):
        a_product(business, name=f"Keripik {number:02}")

    first = client.get("/produk")
    a_product(business, name="Baru saja")
    second = client.get(first.links["Muat lebih banyak"])

    assert list(cards_on(second)) == [f"Keripik {number:02}" for number in reversed(range(6))]


def test_only_the_first_page_is_for_search_engines(client):
    business = a_business()
    for _ in range(25):
        a_product(business)

    first, second = pages_of(client, "/produk")

    assert first.meta("robots") is None
    assert second.meta("robots") == "noindex, follow"
    assert second.tree.find("head/link[@rel='canonical']").get("href") == "http://pasar.test/produk"


def test_a_list_that_is_exactly_one_page_long_offers_no_other(client):
    business = a_business()
    for _ in range(24):
        a_product(business)

    assert "Muat lebih banyak" not in client.get("/produk").links


def test_a_card_shows_price_unit_place_and_what_is_sold_out_or_an_example(client):
    a_product(a_business(a_village(PURWANTORO)), name="Keripik", price=18_000, unit="bungkus")
    a_product(name="Batik", price=None)
    a_product(name="Kopi", availability=Availability.SOLD_OUT)
    a_product(name="Teh", is_example=True)

    cards = cards_on(client.get("/produk"))

    assert "Rp18.000 / bungkus" in cards["Keripik"]
    assert "Purwantoro, Kota Malang" in cards["Keripik"]
    assert "Tanya harga" in cards["Batik"]
    assert cards["Kopi"].startswith("Habis")
    assert cards["Teh"].startswith("Contoh")
    assert "Contoh" not in cards["Keripik"]


def test_a_card_of_an_attraction_shows_its_ticket_and_its_hours(client):
    an_attraction(name="Goa", adult_ticket=0, opening_hours=parse_opening_hours("24 jam"))
    an_attraction(name="Pantai", adult_ticket=15_000)
    an_attraction(name="Hutan", adult_ticket=None)

    cards = cards_on(client.get("/wisata"))

    assert "Gratis · 24 jam" in cards["Goa"]
    assert "Tiket Rp15.000" in cards["Pantai"]
    assert "Tiket: tanya pengelola" in cards["Hutan"]


def test_a_list_names_how_much_there_is(client):
    for _ in range(3):
        a_product()
    an_attraction()
    recount()

    for path in PRODUCT_LISTS:
        assert "3 produk" in client.get(path).words
    for path in ATTRACTION_LISTS:
        assert "1 wisata" in client.get(path).words


def test_a_group_shows_its_shelves_in_one_order_and_a_shelf_its_own(client):
    for name, slug, group in (
        ("Keripik", "camilan", "makanan-camilan"),
        ("Kue lapis", "kue", "makanan-camilan"),
        ("Kopi", "kopi", "minuman"),
        ("Kerupuk", "camilan", "makanan-camilan"),
    ):
        a_product(name=name, category_id=a_category(slug, group=group).id)

    group, shelf = client.get("/kategori/makanan-camilan"), client.get("/kategori/camilan")

    assert list(cards_on(group)) == ["Kerupuk", "Kue lapis", "Keripik"]
    assert list(cards_on(shelf)) == ["Kerupuk", "Keripik"]
    for page in (group, shelf):
        assert page.links["Kue"] == "/kategori/kue"
        assert page.links["Semua"] == "/kategori/makanan-camilan"
    current = shelf.tree.findall(".//a[@class='chip'][@aria-current='true']")
    assert [chip.get("href") for chip in current] == ["/kategori/camilan"]


def test_a_shelf_leads_back_to_its_group_and_its_kind(client):
    a_category("camilan")

    crumbs = structured_on(client.get("/kategori/camilan"), "BreadcrumbList")["itemListElement"]

    assert [step["item"].removeprefix("http://pasar.test") for step in crumbs] == [
        "/produk",
        "/kategori/makanan-camilan",
        "/kategori/camilan",
    ]


@pytest.mark.parametrize("path", ["/kategori/camilan", "/kategori/pantai"])
def test_an_empty_shelf_says_so_and_leads_on(client, path):
    a_category("camilan")
    a_category("pantai", ListingKind.ATTRACTION, "tempat-wisata")

    page = client.get(path)

    assert "di sini" in page.words and "Belum ada" in page.words
    assert page.links["Cari desa"] == "/wilayah"


def test_a_shelf_that_was_put_away_has_no_page(client):
    a_category("gudang", is_current=False)

    assert client.get("/kategori/gudang").status_code == 404
    assert "Gudang" not in client.get("/produk").words


@pytest.mark.parametrize("path", [*PRODUCT_LISTS, *ATTRACTION_LISTS])
@pytest.mark.parametrize("status", [ListingStatus.WAITING, ListingStatus.ARCHIVED, ListingStatus.DRAFT])
def test_what_is_not_public_stands_in_no_list(client, path, status):
    a_product(status=status)
    an_attraction(status=status)

    assert cards_on(client.get(path)) == {}


def test_a_place_lists_its_own_and_is_named(client):
    a_product(name="Batik gedog")
    a_product(a_business(a_village(PURWANTORO)), name="Keripik Sanan")
    an_attraction(a_village(MARGOREJO), name="Goa Suci")

    assert client.get(f"/wilayah/{TUBAN}/produk").heading == "Produk dari Kabupaten Tuban"
    assert client.get(f"/wilayah/{KEREK}/wisata").heading == "Wisata di Kecamatan Kerek"
    assert client.get(f"/desa/{KEDUNGREJO}/produk").heading == "Produk dari Desa Kedungrejo"
    assert list(cards_on(client.get(f"/wilayah/{TUBAN}/produk"))) == ["Batik gedog"]
    assert list(cards_on(client.get(f"/wilayah/{KOTA_MALANG}/produk"))) == ["Keripik Sanan"]
    assert list(cards_on(client.get(f"/desa/{KEDUNGREJO}/wisata"))) == []
    assert list(cards_on(client.get(f"/desa/{MARGOREJO}/wisata"))) == ["Goa Suci"]


def test_every_shelf_that_is_shipped_has_its_page(client):
    load_categories()

    chips = [link for link in client.get("/produk").links.values() if link.startswith("/kategori/")]

    assert len(chips) >= 7
    for link in chips:
        assert client.get(link).status_code == 200
