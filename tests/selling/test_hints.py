"""What is proposed to a seller from the name of what they sell."""

import pytest

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.services.categories import load_categories
from marketplace.selling.hints.categories import list_categories
from marketplace.selling.hints.names import thing_of
from marketplace.selling.hints.prices import hint_of_price
from tests.support.personas import a_business, a_category, a_person, a_product, a_village
from tests.support.places import KEDUNGREJO, MARGOREJO, PURWANTORO
from tests.support.queries import query_budget

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]


@pytest.fixture(autouse=True)
def shelves(app):
    """The real shelves."""
    load_categories()


def snacks():
    return a_category("makanan-ringan")


def sold_at(*prices: int, village: str = KEDUNGREJO, name: str = "Keripik tempe renyah", **columns) -> None:
    shop = a_business(a_village(village))
    for price in prices:
        a_product(shop, name=name, price=price, category_id=snacks().id, **columns)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Keripik Tempe Sanan Original", "makanan-ringan"),
        ("Kripik singkong", "makanan-ringan"),
        ("Batik tulis gedog", "batik-tekstil"),
        ("Kopi robusta bubuk", "kopi-teh-cokelat"),
        ("Madu hutan", "hasil-laut-ternak"),
        ("Beras organik", "hasil-tani"),
        ("Sepatu kulit", "kulit-tas-alas-kaki"),
        ("Jasa jahit", "jasa"),
    ],
)
def test_a_name_proposes_its_category(name, slug):
    assert list_categories(name)[0].slug == slug


@pytest.mark.parametrize("name", ["", "   ", "qwrtz", "!!!", "x" * 5_000, "\ud800", "🥮"])
def test_a_name_that_says_nothing_proposes_nothing(name):
    assert list_categories(name) == []


@pytest.mark.parametrize(
    ("name", "thing"),
    [("Keripik Tempe Sanan Original", "keripik tempe"), ("Dawetku Segar", "dawetku"), ("", "")],
)
def test_a_thing_is_told_from_what_it_is_called_besides(name, thing):
    assert thing_of(name) == thing


def test_the_price_hint_is_of_the_kecamatan_first():
    sold_at(14_000, 15_000, 18_000, 20_000, 25_000)
    sold_at(40_000, 45_000, 50_000, 55_000, 60_000, village=PURWANTORO)

    hint = hint_of_price("Keripik tempe", snacks(), MARGOREJO)

    assert hint.price.text == "Keripik tempe di sekitar sini biasanya Rp15.000–Rp21.000."
    assert hint.unit == "bungkus"


def test_where_few_sell_the_same_the_province_is_asked():
    sold_at(14_000, 15_000)
    sold_at(18_000, 20_000, 20_000, village=PURWANTORO)

    hint = hint_of_price("Keripik tempe", snacks(), KEDUNGREJO)

    assert hint.price.text == "Keripik tempe di Jawa Timur biasanya Rp15.000–Rp20.000."


def test_where_nobody_sells_the_same_the_category_speaks():
    sold_at(10_000, 10_000, 10_000, 10_000, 10_000)

    assert hint_of_price("Emping", snacks(), KEDUNGREJO).price.text == (
        "Makanan ringan di sekitar sini biasanya Rp10.000."
    )


def test_where_few_have_the_whole_name_its_first_word_speaks():
    sold_at(10_000, 10_000, 10_000, 10_000, 10_000, name="Keripik singkong")

    assert hint_of_price("Keripik tempe", snacks(), KEDUNGREJO).price.text == (
        "Keripik di sekitar sini biasanya Rp10.000."
    )


def test_a_unit_that_only_some_of_a_category_have_is_not_proposed():
    sold_at(10_000, 10_000, 10_000)
    sold_at(10_000, 10_000, 10_000, unit="kg")

    assert hint_of_price("Emping", snacks(), KEDUNGREJO).unit is None


def test_prices_of_another_unit_are_not_mixed_in():
    sold_at(10_000, 10_000, 10_000, 10_000, 10_000)
    sold_at(90_000, 95_000, 98_000, unit="kg")

    assert hint_of_price("Keripik tempe", snacks(), KEDUNGREJO).price.high == 10_000


def test_four_prices_tell_nothing_usual():
    sold_at(10_000, 11_000, 12_000, 13_000)

    hint = hint_of_price("Keripik tempe", snacks(), KEDUNGREJO)

    assert (hint.price, hint.unit) == (None, "bungkus")


def test_what_the_public_does_not_see_says_nothing_of_prices():
    sold_at(10_000, 10_000, 10_000, 10_000, 10_000, status=ListingStatus.WAITING, published_at=None)

    assert hint_of_price("Keripik tempe", snacks(), KEDUNGREJO).price is None


@pytest.mark.parametrize("others", [0, 40])
def test_hints_ask_the_database_as_much_however_many_sell(client, others):
    sold_at(*[15_000] * others)
    client.sign_in(a_person(village_code=KEDUNGREJO))

    with query_budget(8):
        client.get("/jual/petunjuk?name=keripik+tempe")


def test_hints_come_as_json_to_who_has_signed_in(client):
    sold_at(14_000, 15_000, 18_000, 20_000, 25_000)
    assert client.get("/jual/petunjuk?name=keripik").status_code == 401

    client.sign_in(a_person(village_code=KEDUNGREJO))
    answer = client.get("/jual/petunjuk?name=keripik+tempe")

    assert answer.json["categories"][0] == {"slug": "makanan-ringan", "name": "Makanan Ringan", "icon": "cookie"}
    assert answer.json["price"]["low"] == 15_000
    assert answer.json["unit"] == "bungkus"
    assert answer.headers["Cache-Control"] == "private, max-age=300"


def test_whoever_sells_elsewhere_than_they_live_reads_the_prices_of_their_business(client):
    sold_at(14_000, 15_000, 18_000, 20_000, 25_000)
    sold_at(40_000, 40_000, 40_000, 40_000, 40_000, village=PURWANTORO)
    siti = a_person(village_code=KEDUNGREJO)
    a_business(a_village(PURWANTORO), owner_id=siti.id)
    client.sign_in(siti)

    assert client.get("/jual/petunjuk?name=keripik+tempe").json["price"]["high"] == 40_000


@pytest.mark.parametrize("query", ["", "?name=%00", "?name=" + "a" * 3_000, "?name=%ff", "?category=%00&name=kopi"])
def test_hints_bear_whatever_is_asked(client, query):
    client.sign_in(a_person())

    assert client.get(f"/jual/petunjuk{query}").status_code == 200
