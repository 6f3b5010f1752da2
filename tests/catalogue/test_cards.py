"""A listing as lists show it."""

import pytest

from marketplace.catalogue.cards import Card, CardPhoto, listing_path
from marketplace.catalogue.models.categories import ListingKind
from tests.support.page_parts import cards_on
from tests.support.personas import a_product, an_attraction

CARD = Card(
    id=7,
    kind=ListingKind.PRODUCT,
    name="Keripik tempe",
    price=18_000,
    unit="bungkus",
    is_sold_out=False,
    ticket=None,
    hours=None,
    village_code="35.73.01.1007",
    village_name="Purwantoro",
    regency_name="Kota Malang",
    dye=None,
    icon="cookie",
    photo=None,
    is_example=False,
)


def test_a_card_leads_to_the_page_of_its_listing_and_names_the_place():
    assert CARD.url == "/produk/7-keripik-tempe"
    assert CARD.place == "Purwantoro, Kota Malang"


@pytest.mark.parametrize(
    ("kind", "name", "path"),
    [
        (ListingKind.PRODUCT, "Kopi “Wonosalam” 250 g", "/produk/7-kopi-wonosalam-250-g"),
        (ListingKind.ATTRACTION, "Air Terjun Nglirip", "/wisata/7-air-terjun-nglirip"),
        (ListingKind.PRODUCT, "???", "/produk/7-tanpa-nama"),
    ],
)
def test_an_address_is_made_of_kind_number_and_name(kind, name, path):
    assert listing_path(kind, 7, name) == path


def test_a_photo_is_offered_in_the_widths_that_there_are_and_never_enlarged():
    photo = CardPhoto("a" * 32, 700, 525, "#8a5a2b", "Keripik")

    assert [source.split()[1] for source in photo.srcset.split(", ")] == ["320w", "640w", "700w"]


@pytest.mark.both_databases
def test_the_router_finds_what_a_card_leads_to(client):
    a_product(name="Keripik “Tempe” & usus")
    an_attraction(name="Goa Akbar / Ngerong")
    for path in ("/produk", "/wisata"):
        (name,) = cards_on(client.get(path))
        page = client.get(client.get(path).links[name])
        assert (page.status_code, page.heading) == (200, name)
