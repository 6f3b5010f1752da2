"""Whom a buyer or visitor writes to, and what is typed already."""

import pytest

from marketplace.catalogue.contacts import (
    contact_for_attraction,
    contact_for_business,
    contact_for_kim,
    contact_for_product,
)
from marketplace.catalogue.queries.listings import get_public_attraction, get_public_product
from tests.support.personas import a_business, a_kim, a_product, an_attraction

URL = "http://pasar.test/produk/1-keripik"

pytestmark = pytest.mark.usefixtures("app")


def contact_of(product):
    return contact_for_product(get_public_product(product.id), URL)


def test_a_buyer_writes_to_the_business_first_then_to_the_kim_then_to_nobody():
    silent = a_product(a_business(whatsapp=None))
    reachable = a_product(a_business(name="Tempe Sanan"))
    assert contact_of(silent) is None

    a_kim(name="KIM Kedung Makmur")
    assert contact_of(silent).name == "KIM Kedung Makmur"
    assert contact_of(reachable).name == "Tempe Sanan"


def test_a_product_without_a_business_is_ordered_from_the_kim():
    a_kim(name="KIM Kedung Makmur")

    assert contact_of(a_product(business_id=None)).name == "KIM Kedung Makmur"


def test_an_order_says_what_how_much_from_where_and_ends_with_the_page():
    contact = contact_of(a_product(a_business(name="Tempe Sanan"), name="Keripik tempe", price=18_000, minimum_order=5))

    assert contact.message.splitlines() == [
        "Halo Tempe Sanan,",
        "saya mau pesan Keripik tempe (Rp18.000 / bungkus) dari Desa Kedungrejo, Tuban.",
        "Jumlah: 5 bungkus",
        URL,
    ]


def test_a_product_without_a_price_is_asked_for_it():
    assert "(harga per kg berapa?)" in contact_of(a_product(price=None, unit="kg")).message


def test_those_who_run_an_attraction_are_called_by_its_name_when_they_have_none():
    attraction = an_attraction(name="Sendang Maron", whatsapp="+6281234567890")

    contact = contact_for_attraction(get_public_attraction(attraction.id), URL)

    assert (contact.name, contact.shown_phone) == ("Pengelola Sendang Maron", "0812-3456-7890")
    assert contact.message.endswith(URL)


def test_a_business_and_a_kim_are_asked_about_what_they_show():
    kim = a_kim(name="KIM Kedung Makmur")
    business = a_business(name="Tempe Sanan", whatsapp=None, kim_id=kim.id)

    assert contact_for_business(business, URL).name == "KIM Kedung Makmur"
    assert "Tempe Sanan" in contact_for_business(business, URL).message
    assert contact_for_kim(kim, URL).message.splitlines()[-1].endswith(URL)
    assert contact_for_kim(a_kim(whatsapp=None), URL) is None
