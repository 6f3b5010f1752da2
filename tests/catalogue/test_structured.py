"""What pages of listings tell machines: search engines, and chats that show a preview."""

from urllib.parse import parse_qs, urlsplit

import pytest

from marketplace.catalogue.cards import listing_path
from marketplace.foundation.opening_hours import parse_opening_hours
from tests.support.page_parts import structured_on
from tests.support.personas import a_business, a_photo, a_product, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, TUBAN


def path_of(listing) -> str:
    return listing_path(listing.kind, listing.id, listing.name)


def test_a_product_tells_search_engines_what_it_costs_and_where_it_is_from(client):
    product = a_product(a_business(name="Tempe Sanan"), name="Keripik tempe", price=18_000, photos=1)
    digest = product.photos[0].photo.digest
    url = f"http://pasar.test{path_of(product)}"

    page = client.get(path_of(product))

    structured = structured_on(page, "Product")
    assert structured["offers"] == {
        "@type": "Offer",
        "url": url,
        "price": "18000",
        "priceCurrency": "IDR",
        "availability": "https://schema.org/InStock",
        "itemCondition": "https://schema.org/NewCondition",
        "seller": {"@type": "Organization", "name": "Tempe Sanan"},
    }
    assert structured["image"] == [f"http://pasar.test/foto/{digest}.jpg"]
    assert [step["item"] for step in structured_on(page, "BreadcrumbList")["itemListElement"]] == [
        f"http://pasar.test/wilayah/{TUBAN}",
        f"http://pasar.test/wilayah/{KEREK}",
        f"http://pasar.test/desa/{KEDUNGREJO}",
    ]
    assert page.tree.find("head/link[@rel='canonical']").get("href") == url


def test_a_product_that_is_sent_to_a_friend_shows_its_photo_and_price(client):
    product = a_product(name="Keripik tempe", price=18_000, photos=1)

    page = client.get(path_of(product))

    assert page.title == "Keripik tempe, Kedungrejo · Pasar KIM"
    assert page.meta("description").startswith("Rp18.000 / bungkus. Desa Kedungrejo, Tuban. Tempe tipis")
    assert page.meta("og:type") == "product"
    assert page.meta("og:image") == f"http://pasar.test/foto/{product.photos[0].photo.digest}.jpg"
    assert (page.meta("og:image:width"), page.meta("og:image:height")) == ("1200", "900")
    assert (page.meta("product:price:amount"), page.meta("product:price:currency")) == ("18000", "IDR")
    shared = parse_qs(urlsplit(page.links["Bagikan"]).query)["text"][0]
    assert shared == f"Keripik tempe dari Desa Kedungrejo http://pasar.test{path_of(product)}"


@pytest.mark.parametrize(("width", "height", "shown"), [(800, 600, ("800", "600")), (3000, 2000, ("1200", "800"))])
def test_a_preview_is_never_said_to_be_larger_than_its_photo(client, width, height, shown):
    product = a_product(photos=1)
    product.photos[0].photo = a_photo(width=width, height=height)

    page = client.get(path_of(product))

    assert (page.meta("og:image:width"), page.meta("og:image:height")) == shown


def test_a_listing_without_a_photo_is_sent_on_with_the_mark_of_the_marketplace(client):
    page = client.get(path_of(a_product()))

    assert page.meta("og:image").startswith("http://pasar.test/static/img/preview.")
    assert "image" not in structured_on(page, "Product")


def test_an_attraction_tells_search_engines_where_it_lies_and_when_it_is_open(client):
    attraction = an_attraction(
        name="Sendang Maron",
        summary="Mata air di bawah beringin.",
        adult_ticket=0,
        latitude=-6.912,
        longitude=111.874,
        opening_hours=parse_opening_hours("Senin-Selasa 07.00-17.00; Sabtu 24 jam"),
        photos=1,
    )

    page = client.get(path_of(attraction))

    assert structured_on(page, "TouristAttraction") == {
        "@context": "https://schema.org",
        "@type": "TouristAttraction",
        "name": "Sendang Maron",
        "description": "Mata air di bawah beringin.",
        "url": f"http://pasar.test{path_of(attraction)}",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Desa Kedungrejo, Kecamatan Kerek",
            "addressLocality": "Kabupaten Tuban",
            "addressRegion": "Jawa Timur",
            "addressCountry": "ID",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": -6.912, "longitude": 111.874},
        "image": [f"http://pasar.test/foto/{attraction.photos[0].photo.digest}.jpg"],
        "isAccessibleForFree": True,
        "openingHours": ["Mo 07:00-17:00", "Tu 07:00-17:00", "Sa 00:00-23:59"],
    }
    assert [step["name"] for step in structured_on(page, "BreadcrumbList")["itemListElement"]] == [
        "Tuban",
        "Kerek",
        "Kedungrejo",
    ]
    assert page.meta("og:type") == "place"


def test_an_attraction_of_which_little_is_known_claims_little(client):
    structured = structured_on(client.get(path_of(an_attraction(adult_ticket=None))), "TouristAttraction")

    assert {"isAccessibleForFree", "openingHours", "image"}.isdisjoint(structured)


def test_an_attraction_with_a_ticket_is_not_free(client):
    structured = structured_on(client.get(path_of(an_attraction(adult_ticket=5_000))), "TouristAttraction")

    assert structured["isAccessibleForFree"] is False
