"""What addresses of searches ask for, and the addresses that ask for it."""

from urllib.parse import parse_qsl

import pytest
from werkzeug.datastructures import MultiDict

from marketplace.catalogue.models.categories import ListingKind
from marketplace.search.find.search import Facet, Facets, Order, Search
from marketplace.search.parameters import (
    active_filters,
    address_of,
    address_without_filters,
    canonical_of,
    following_address,
    kind_choices,
    order_choices,
    page_of,
    price_choices,
    read_search,
)

TUBAN, BATU, KEREK, PLUMPANG, KEDUNGREJO = "35.23", "35.79", "35.23.08", "35.23.15", "35.23.08.2009"
FULL = Search(
    text="keripik tempe & teri",
    kind=ListingKind.PRODUCT,
    categories=("makanan-ringan", "lauk-bumbu"),
    regencies=(TUBAN,),
    districts=(KEREK,),
    villages=(KEDUNGREJO,),
    lowest_price=5_000,
    highest_price=50_000,
    open_now=True,
    legality=("pirt", "halal"),
    order=Order.NEAREST,
    position=(-6.89, 111.9),
    exactly_as_typed=True,
    offset=48,
)


def read(query: str = "", **values) -> Search:
    """Return what an address with this query, or with these parameters, asks for."""
    pairs = [pair.partition("=")[::2] for pair in query.split("&") if pair]
    return read_search(MultiDict([*pairs, *((name.replace("_", "-"), value) for name, value in values.items())]))


def query_of(address: str) -> dict[str, str]:
    """Return the parameters of an address."""
    return dict(parse_qsl(address.partition("?")[2]))


def test_an_address_names_only_what_is_set():
    assert address_of(Search()) == "/cari"
    assert address_of(Search(text="keripik tempe")) == "/cari?q=keripik+tempe"
    assert address_of(Search(text="a&b=c#d")) == "/cari?q=a%26b%3Dc%23d"


def test_a_search_with_everything_survives_the_way_through_its_address(app):
    with app.test_request_context(address_of(FULL)) as context:
        assert read_search(context.request.args) == FULL


@pytest.mark.parametrize(
    "query",
    [
        "jenis=mobil",
        "jenis=",
        "kategori=Makanan Ringan",
        "kategori=../../etc",
        "kategori=" + "a" * 61,
        "kabupaten=tuban",
        "kabupaten=35.23.08",
        "kabupaten=٣٥.٢٣",
        "kecamatan=35",
        "desa=35.23.08.2009'--",
        "harga-min=murah",
        "harga-min=-5",
        "harga-max=99999999999999",
        "harga-max=²",
        "buka=ya",
        "izin=bpom",
        "urut=acak",
        "urut=terdekat",
        "urut=terdekat&lat=-7.2",
        "urut=terdekat&lat=nan&lng=inf",
        "urut=terdekat&lat=-97.2&lng=112",
        "lat=-7.2&lng=112.7",
        "hal=0",
        "hal=-3",
        "hal=dua",
        "hal=²",
        "hal=1",
        "persis=0",
        "warna=merah",
    ],
)
def test_what_cannot_be_meant_is_left_out(query):
    assert read(query) == Search()


def test_words_lose_what_nobody_sees_and_keep_what_people_type():
    assert read(q="  keripik\x00\ttempe\u202e \n pedas\u200b ").text == "keripik tempe pedas"
    assert read(q="soto 🍲 & \"es\" 'dawet'").text == "soto 🍲 & \"es\" 'dawet'"
    assert len(read(q="tempe " * 2_000).text) <= 200


def test_many_values_of_a_condition_are_too_many_at_some_point():
    many = [("kategori", f"rak-{number}") for number in range(5_000)]

    assert len(read_search(MultiDict(many)).categories) == 20
    assert read("kategori=kopi&kategori=kopi&kategori=teh").categories == ("kopi", "teh")


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("50000", 50_000),
        ("50.000", 50_000),
        ("Rp 50.000", 50_000),
        ("50rb", 50_000),
        ("50 ribu", 50_000),
        ("2jt", 2_000_000),
    ],
)
def test_a_price_is_understood_as_people_write_it(typed, amount):
    assert read(harga_max=typed).highest_price == amount


def test_a_price_band_may_be_given_the_wrong_way_round():
    search = read("harga-min=50000&harga-max=10000")

    assert (search.lowest_price, search.highest_price) == (10_000, 50_000)


def test_the_villages_are_a_tab_of_their_own():
    search = read("q=tempe&jenis=desa")

    assert (search.kind, search.by_village) == (None, True)
    assert address_of(search) == "/cari?q=tempe&jenis=desa"


def test_a_position_is_rounded_and_goes_with_the_order_that_needs_it():
    search = read("urut=terdekat&lat=-7.2575123&lng=112.7520987")

    assert (search.order, search.position) == (Order.NEAREST, (-7.26, 112.75))
    assert "lat" not in canonical_of(search)
    assert [value for value, _, _ in order_choices(search)][-1] == "terdekat"
    assert "terdekat" not in [value for value, _, _ in order_choices(Search())]


def test_nobody_pages_without_end():
    assert page_of(read("hal=7")) == 7
    assert page_of(read("hal=999999")) == 100
    assert following_address(read("q=tempe"), 25) == "/cari?q=tempe&hal=2"
    assert following_address(read("q=tempe"), 24) is None
    assert following_address(read("q=tempe&hal=100"), 1_000_000) is None


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("kabupaten=35.23&kabupaten=35.79", ((TUBAN, BATU), (), ())),
        ("kabupaten=35.23&kecamatan=35.23.08&kecamatan=35.23.15", ((TUBAN,), (KEREK, PLUMPANG), ())),
        # What lies outside what was chosen above it, or under several, no longer counts.
        ("kabupaten=35.79&kecamatan=35.23.08", ((BATU,), (), ())),
        ("kabupaten=35.23&kabupaten=35.79&kecamatan=35.23.08", ((TUBAN, BATU), (), ())),
        ("kabupaten=35.23&desa=35.23.08.2009", ((TUBAN,), (KEREK,), (KEDUNGREJO,))),
        # A place that is named alone brings the places around it.
        ("kecamatan=35.23.08", ((TUBAN,), (KEREK,), ())),
        ("desa=35.23.08.2009", ((TUBAN,), (KEREK,), (KEDUNGREJO,))),
    ],
)
def test_a_place_counts_inside_the_place_above_it(query, places):
    search = read(query)

    assert (search.regencies, search.districts, search.villages) == places


def test_each_condition_can_be_taken_away_alone():
    facets = Facets(
        categories=[Facet("makanan-ringan", "Makanan Ringan", 3, True), Facet("lauk-bumbu", "Lauk dan Bumbu", 2, True)],
        regencies=[Facet(TUBAN, "Kabupaten Tuban", 3, True)],
        districts=[Facet(KEREK, "Kerek", 3, True)],
        villages=[Facet(KEDUNGREJO, "Kedungrejo", 3, True)],
        legality=[Facet("pirt", "PIRT", 3, True), Facet("halal", "Halal", 3, True)],
    )
    without = {filter.label: filter.url for filter in active_filters(FULL, facets)}

    assert list(without) == [
        "Makanan Ringan",
        "Lauk dan Bumbu",
        "Kabupaten Tuban",
        "Kecamatan Kerek",
        "Kedungrejo",
        "Rp5.000–Rp50.000",
        "Buka sekarang",
        "PIRT",
        "Halal",
    ]
    assert "kategori=lauk-bumbu" in without["Makanan Ringan"]
    assert "kategori=makanan-ringan" not in without["Makanan Ringan"]
    assert not {"kabupaten", "kecamatan", "desa"} & set(query_of(without["Kabupaten Tuban"]))
    assert query_of(without["Kecamatan Kerek"])["kabupaten"] == TUBAN
    assert "kecamatan" not in query_of(without["Kecamatan Kerek"])
    assert "harga" not in without["Rp5.000–Rp50.000"]
    # Another set of results begins at its first page.
    assert not [url for url in without.values() if "hal=" in url]
    assert address_without_filters(FULL) == "/cari?q=keripik+tempe+%26+teri&jenis=produk"


@pytest.mark.parametrize(
    ("query", "label"),
    [("harga-max=50000", "Sampai Rp50.000"), ("harga-min=25000", "Mulai Rp25.000")],
)
def test_an_open_price_band_says_where_it_ends(query, label):
    assert [filter.label for filter in active_filters(read(query), Facets())] == [label]


def test_a_price_band_can_be_chosen_at_once():
    choices = {choice.label: choice for choice in price_choices(read("q=kopi&harga-max=50000"))}

    assert choices["Sampai 25 rb"].url == "/cari?q=kopi&harga-max=25000"
    assert choices["Di atas 50 rb"].url == "/cari?q=kopi&harga-min=50000"
    assert [label for label, choice in choices.items() if choice.is_current] == ["Sampai 50 rb"]


def test_tabs_say_how_much_lies_behind_them():
    facets = Facets(kinds=[Facet("produk", "Produk", 128, True), Facet("wisata", "Wisata", 4, False)], villages_total=3)
    tabs = kind_choices(read("q=tempe&jenis=produk&hal=3"), facets)

    assert [(tab.label, tab.count, tab.url) for tab in tabs] == [
        ("Semua", 132, "/cari?q=tempe"),
        ("Produk", 128, "/cari?q=tempe&jenis=produk"),
        ("Wisata", 4, "/cari?q=tempe&jenis=wisata"),
        ("Desa", 3, "/cari?q=tempe&jenis=desa"),
    ]
    assert [tab.label for tab in tabs if tab.is_current] == ["Produk"]
