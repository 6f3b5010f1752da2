"""What a seller types about a product, read as people write it; whatever a telephone sends instead is borne."""

from datetime import date

import pytest

from marketplace.catalogue.models.products import Availability, Delivery, Payment
from marketplace.catalogue.services.categories import load_categories
from marketplace.selling.forms.products import ProductForm
from tests.support.personas import a_category, a_product

FILLED = {"name": "Keripik tempe", "price": "18.000", "unit": "bungkus", "category": "makanan-ringan"}

LEFT_OUT = (
    "regular_price",
    "net_content",
    "days_to_make",
    "minimum_order",
    "season",
    "ingredients",
    "shelf_life",
    "storage",
    "brand",
    "pirt_number",
    "pirt_expires_on",
    "halal_number",
    "halal_expires_on",
    "bpom_number",
)


@pytest.fixture(autouse=True)
def asked_by_a_telephone(app):
    """Forms are read inside a request."""
    load_categories()
    with app.test_request_context("/jual/draf", method="POST"):
        yield


def typed(**fields) -> ProductForm:
    form = ProductForm.from_fields({**FILLED, **fields})
    form.validate()
    return form


def refused(**fields) -> dict[str, list[str]]:
    return dict(typed(**fields).errors)


def test_the_least_that_is_needed_is_enough():
    form = typed()

    assert form.errors == {}
    assert form.values() == {
        **dict.fromkeys(LEFT_OUT),
        "name": "Keripik tempe",
        "price": 18_000,
        "unit": "bungkus",
        "description": "",
        "category_id": a_category("makanan-ringan").id,
        "availability": Availability.READY,
        "delivery": frozenset(),
        "payment": frozenset(),
        "variants": (),
    }


def test_everything_is_read_as_people_write_it():
    values = typed(
        price="Rp 18 ribu",
        regular_price="20.000",
        availability="pesan-dulu",
        days_to_make="3 hari",
        minimum_order="5",
        season="Desember-Februari",
        delivery=["ambil", "ekspedisi"],
        payment=["tunai", "qris"],
        variants="Pedas 250 g = 18000\nAsin = Rp17.500\n",
        pirt_number="2063507010123-28",
        pirt_expires_on="17 Agustus 2028",
        description=" Renyah.\r\nTahan lama. ",
    ).values()

    assert (values["price"], values["regular_price"]) == (18_000, 20_000)
    assert (values["availability"], values["days_to_make"]) == (Availability.TO_ORDER, 3)
    assert (values["minimum_order"], values["season"]) == (5, {12, 1, 2})
    assert values["delivery"] == {Delivery.PICK_UP, Delivery.COURIER}
    assert values["payment"] == {Payment.CASH, Payment.QRIS}
    assert values["variants"] == (("Pedas 250 g", 18_000), ("Asin", 17_500))
    assert values["pirt_expires_on"] == date(2028, 8, 17)
    assert values["description"] == "Renyah.\nTahan lama."


@pytest.mark.parametrize("price", ["", " ", "mahal", "-", "0", "-5", "9" * 400, "1e9", "18.5", "९" * 30])
def test_a_price_that_is_none_is_explained(price):
    assert refused(price=price).keys() == {"price"}


@pytest.mark.parametrize("asked", [{"ask_price": "y", "price": ""}, {"ask_price": True}, {"price": "tanya harga"}])
def test_a_seller_may_want_to_be_asked_for_the_price(asked):
    form = typed(regular_price="30.000", **asked)

    assert form.errors == {}
    assert (form.values()["price"], form.values()["regular_price"]) == (None, None)


def test_a_category_that_is_left_out_is_taken_from_the_name():
    assert typed(category="").values()["category_id"] == a_category("makanan-ringan").id
    assert refused(name="Qwrtz", category="") == {"category": ["Pilih kategorinya dulu."]}


@pytest.mark.parametrize(
    ("fields", "at_fault"),
    [
        ({"name": "ab"}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"name": " \u200b "}, "name"),
        ({"unit": ""}, "unit"),
        ({"unit": "x" * 41}, "unit"),
        ({"category": "air-terjun"}, "category"),
        ({"category": "makanan-camilan"}, "category"),
        ({"availability": "besok"}, "availability"),
        ({"availability": "pesan-dulu"}, "days_to_make"),
        ({"days_to_make": "lama"}, "days_to_make"),
        ({"regular_price": "18.000"}, "regular_price"),
        ({"delivery": ["drone"]}, "delivery"),
        ({"payment": ["utang"]}, "payment"),
        ({"season": "musim hujan"}, "season"),
        ({"variants": "Pedas"}, "variants"),
        ({"variants": "\n".join(f"Rasa {number} = 1000" for number in range(31))}, "variants"),
        ({"halal_expires_on": "31-02-2028"}, "halal_expires_on"),
        ({"description": "x" * 8_001}, "description"),
        ({"pirt_number": "8,12346E+11"}, "pirt_number"),
    ],
)
def test_what_cannot_be_used_is_explained_where_it_stands(fields, at_fault):
    errors = refused(**fields)

    assert errors.keys() == {at_fault}
    assert all(sentence.endswith((".", "18000", "3")) for sentence in errors[at_fault])


@pytest.mark.parametrize(
    "hostile",
    [None, 3.5, {}, {"$gt": ""}, [], [[]], [{}], ["a", ["b"]], "\ud800", "\0", "x" * 200_000, 10**30, False],
    ids=str,
)
@pytest.mark.parametrize("name", ["name", "price", "category", "availability", "delivery", "variants", "ask_price"])
def test_whatever_a_telephone_sends_is_read_or_refused(name, hostile):
    form = typed(**{name: hostile})

    if not form.errors:
        form.values()
    assert all(isinstance(kept, str | list) for kept in form.fields.values())


def test_fields_that_no_form_has_are_left_alone():
    form = typed(status="tayang", business_id=1, csrf_token="x", is_example="ya", id=7)

    assert form.errors == {}
    assert form.values().keys().isdisjoint({"status", "business_id", "is_example", "id", "csrf_token"})


def test_a_draft_is_kept_as_it_was_typed():
    fields = {**FILLED, "delivery": ["ambil"], "ask_price": "ya", "availability": "habis"}

    assert ProductForm.from_fields(fields).fields == fields


def test_a_product_is_shown_as_it_would_be_typed():
    product = a_product(
        category_id=a_category("makanan-ringan").id,
        price=18_000,
        season=frozenset({12, 1}),
        delivery=frozenset({Delivery.BROUGHT}),
        pirt_expires_on=date(2028, 8, 17),
    )

    fields = ProductForm.of(product).fields

    assert (fields["price"], fields["season"], fields["delivery"]) == ("18.000", "Desember-Januari", ["diantar"])
    shown_again = ProductForm.from_fields(fields)
    assert shown_again.validate()
    values = shown_again.values()
    assert all(values[name] == getattr(product, name) for name in values if name != "variants")


@pytest.mark.parametrize("field", ["name", "unit"])
def test_letters_that_nobody_sees_are_no_name_and_no_unit(field):
    assert list(refused(**{field: "\u200b\u200b\u200b\u2060"})) == [field]


def test_a_name_is_as_long_as_it_is_kept():
    # One letter that is kept as two.
    assert list(refused(name="\u0958" * 80)) == ["name"]
    assert typed(name="Ke\u200bripik").values()["name"] == "Keripik"
