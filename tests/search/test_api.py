"""The search for programs: documented fields, strict parameters, and an answer whatever is asked."""

import re
import time

import pytest
from flask import Blueprint, Flask

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.limits import limiter
from marketplace.search.api.document import SEARCHES_A_MINUTE
from tests.search.hostile import HOSTILE_TEXTS
from tests.search.market import a_market
from tests.support.applications import new_marketplace
from tests.support.client import PageReader
from tests.support.places import KEDUNGREJO, PURWANTORO

PATH = "/api/v1/search"
# In seconds; on a busy machine, with everything that a search learns when it is the first.
LONGEST_ANSWER = 1


@pytest.fixture(scope="module")
def market(tmp_path_factory) -> tuple[Flask, dict[str, int]]:
    return a_market(tmp_path_factory.mktemp("market"))


@pytest.fixture
def listings(market) -> dict[str, int]:
    """The ids of what the market offers, by name."""
    return market[1]


@pytest.fixture
def program(market) -> PageReader:
    """A program that asks the market, which nobody has asked before."""
    limiter.reset()
    return market[0].test_client()


def ids(answer) -> set[int]:
    assert answer.status_code == 200, answer.text
    return {result["id"] for result in answer.json["results"]}


def field_at_fault(answer) -> str:
    assert answer.status_code == 422, answer.text
    assert answer.json["error"]["message"].endswith(".")
    return answer.json["error"]["field"]


def test_a_product_is_told_with_its_price_place_and_photo(program, listings):
    id = listings["tempe"]

    first = program.get(f"{PATH}?q=kripik+tempe").json["results"][0]

    assert re.fullmatch(r"http://pasar\.test/foto/[0-9a-f]{32}-640\.webp", first.pop("photo"))
    assert first == {
        "id": id,
        "kind": "produk",
        "name": "Keripik tempe renyah",
        "url": f"http://pasar.test/produk/{id}-keripik-tempe-renyah",
        "price": 18_000,
        "unit": "bungkus",
        "village": {"code": KEDUNGREJO, "name": "Kedungrejo"},
        "regency": {"code": "35.23", "name": "Tuban"},
        "match": "all",
    }


def test_a_price_to_ask_for_and_a_missing_photo_are_null(program, listings):
    first = program.get(f"{PATH}?q=keripik+pisang").json["results"][0]

    assert (first["id"], first["price"], first["photo"], first["unit"]) == (listings["pisang"], None, None, "kg")
    assert first["regency"] == {"code": "35.73", "name": "Kota Malang"}


def test_the_price_of_an_attraction_is_its_ticket(program, listings):
    first = program.get(f"{PATH}?q=nglirip&jenis=wisata").json["results"][0]

    assert (first["kind"], first["price"], first["unit"]) == ("wisata", 5_000, None)


def test_a_narrow_photo_is_named_in_its_own_width(program):
    first = program.get(f"{PATH}?q=keripik+singkong").json["results"][0]

    assert first["photo"].endswith("-500.webp")


def test_an_answer_says_how_much_there_is_and_which_part_this_is(program, listings):
    answer = program.get(f"{PATH}?limit=2&offset=1").json

    assert (answer["total"], answer["limit"], answer["offset"], len(answer["results"])) == (5, 2, 1, 2)
    assert answer["corrected"] is None
    assert answer["left_out"] == []
    assert answer["partial"] is False


def test_pages_of_results_follow_each_other_without_repeating(program, listings):
    pages = [ids(program.get(f"{PATH}?limit=2&offset={offset}")) for offset in (0, 2, 4, 6)]

    assert [len(page) for page in pages] == [2, 2, 1, 0]
    assert set.union(*pages) == set(listings.values())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("jenis=wisata", {"nglirip"}),
        ("kategori=batik", {"batik"}),
        ("kategori=batik&kategori=air-terjun", {"batik", "nglirip"}),
        ("kategori=tidak-ada", set()),
        ("kabupaten=35.73", {"pisang"}),
        ("kabupaten=35.73&kabupaten=35.23&q=keripik", {"tempe", "pisang", "singkong"}),
        ("kecamatan=35.73.01", {"pisang"}),
        (f"desa={PURWANTORO}", {"pisang"}),
        ("harga-max=10000", {"singkong", "nglirip"}),
        ("harga-min=9000&harga-max=9000", {"singkong"}),
    ],
)
def test_conditions_narrow_what_is_found(program, listings, query, expected):
    assert ids(program.get(f"{PATH}?{query}")) == {listings[name] for name in expected}


def test_results_come_in_the_order_that_was_asked_for(program, listings):
    prices = [result["price"] for result in program.get(f"{PATH}?urut=termurah&jenis=produk").json["results"]]

    assert [price for price in prices if price is not None] == [9_000, 18_000, 250_000]


def test_the_nearest_come_first(program, listings):
    in_malang = program.get(f"{PATH}?q=keripik&urut=terdekat&lat=-7.95&lng=112.64").json["results"]
    in_tuban = program.get(f"{PATH}?q=keripik&urut=terdekat&lat=-6.9&lng=112.05").json["results"]

    assert in_malang[0]["id"] == listings["pisang"] == in_tuban[-1]["id"]


def test_facets_stand_under_the_parameters_that_take_them(program, listings):
    facets = program.get(f"{PATH}?jenis=produk").json["facets"]

    assert set(facets) == {"jenis", "kategori", "kabupaten", "kecamatan", "desa", "izin"}
    assert {(facet["value"], facet["count"], facet["chosen"]) for facet in facets["jenis"]} == {
        ("produk", 4, True),
        ("wisata", 1, False),
    }
    assert {facet["value"] for facet in facets["kabupaten"]} == {"35.23", "35.73"}


def test_a_slip_of_the_finger_is_told(program, listings):
    answer = program.get(f"{PATH}?q=singkomg").json

    assert [result["id"] for result in answer["results"]] == [listings["singkong"]]
    assert answer["corrected"] == "singkong"
    assert program.get(f"{PATH}?q=singkomg&persis=1").json["total"] == 0


def test_a_place_that_is_named_is_told(program, listings):
    places = program.get(f"{PATH}?q=kedungrejo").json["places"]

    assert {"level": "desa", "code": KEDUNGREJO, "url": f"http://pasar.test/desa/{KEDUNGREJO}"}.items() <= (
        places[0].items()
    )


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("jenis=jasa", "jenis"),
        ("jenis=", "jenis"),
        ("jenis=produk&jenis=wisata", "jenis"),
        ("q=a&q=b", "q"),
        ("kategori=Batik%20Tulis", "kategori"),
        ("kabupaten=tuban", "kabupaten"),
        ("kecamatan=35.23", "kecamatan"),
        ("desa=35.23.08.2009%00", "desa"),
        ("desa=35.23.08.2009%0A", "desa"),
        ("desa=٣٥.23.08.2009", "desa"),
        ("harga-min=18.000", "harga-min"),
        ("harga-min=-1", "harga-min"),
        pytest.param("harga-max=" + "9" * 5_000, "harga-max", id="a number of 5,000 digits"),
        ("harga-min=2&harga-max=1", "harga-max"),
        ("buka=ya", "buka"),
        ("izin=bpom", "izin"),
        ("urut=harga", "urut"),
        ("urut=terdekat", "lat"),
        ("lat=91&lng=112", "lat"),
        ("lat=-7.5", "lng"),
        ("lng=112", "lat"),
        ("lat=nan&lng=112", "lat"),
        ("lat=1e999&lng=112", "lat"),
        ("lat=-7,5&lng=112", "lat"),
        ("limit=0", "limit"),
        ("limit=51", "limit"),
        ("limit=1_0", "limit"),
        ("limit=%2B5", "limit"),
        ("limit=%205", "limit"),
        ("limit=٥", "limit"),
        ("offset=10001", "offset"),
        ("offset=1.0", "offset"),
        ("halaman=2", "halaman"),
        ("Q=keripik", "Q"),
        ("q[]=keripik", "q[]"),
        ("hal=2", "hal"),
        pytest.param("x" * 3_000 + "=1", "x" * 40, id="a long name"),
        pytest.param("&".join(f"desa=35.23.08.{n}" for n in range(2000, 4000)), "desa", id="2,000 villages"),
        pytest.param("&".join(f"s{n}=1" for n in range(3000)), "s0", id="3,000 filters"),
    ],
)
def test_a_parameter_that_is_wrong_is_named(program, query, field):
    assert field_at_fault(program.get(f"{PATH}?{query}")) == field


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_whatever_is_searched_for_gets_an_answer_at_once(program, listings, text):
    began = time.perf_counter()

    answer = program.get(PATH, query_string={"q": text})

    assert answer.status_code == 200
    assert time.perf_counter() - began < LONGEST_ANSWER


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF%FE", "q=%", "q=%u0000", "q"])
def test_a_query_that_is_not_well_written_gets_an_answer(program, listings, query):
    assert program.get(f"{PATH}?{query}").status_code == 200


def test_the_same_condition_many_times_is_one_condition(program, listings):
    answer = program.get(f"{PATH}?" + "&".join(["desa=35.73.01.1007"] * 20))

    assert ids(answer) == {listings["pisang"]}


def test_while_there_is_no_index_programs_are_asked_to_come_back(tmp_path):
    answer = new_marketplace(tmp_path).test_client().get(f"{PATH}?q=keripik")

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json["error"]["field"] is None


def test_what_comes_near_follows_what_matches_and_is_not_counted(program, listings):
    answer = program.get(f"{PATH}?q=keripik+singkong").json

    assert answer["total"] == 1
    assert [result["match"] for result in answer["results"]] == ["all", "some", "some"]
    assert sum(facet["count"] for facet in answer["facets"]["jenis"]) == 1


def test_a_program_may_ask_so_often_and_is_told_how_often(program):
    answers = [program.get(f"{PATH}?limit=0") for _ in range(SEARCHES_A_MINUTE + 1)]

    assert answers[0].headers["X-RateLimit-Limit"] == str(SEARCHES_A_MINUTE)
    assert answers[0].headers["X-RateLimit-Remaining"] == str(SEARCHES_A_MINUTE - 1)
    assert [answer.status_code for answer in answers[-2:]] == [422, 429]
    assert str(SEARCHES_A_MINUTE) in answers[-1].json["error"]["message"]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61


@pytest.mark.parametrize("path", [f"{PATH}?limit=1", f"{PATH}?limit=x", "/api/v1/openapi.json", "/api/tidak-ada"])
def test_pages_of_other_sites_may_read_every_answer(program, listings, path):
    answer = program.get(path, headers={"Origin": "https://contoh.id"})

    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer.headers


def test_pages_of_other_sites_may_not_read_our_pages(program):
    assert "Access-Control-Allow-Origin" not in program.get("/").headers


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/api/v2/search", 404), ("POST", PATH, 405)])
def test_programs_are_refused_in_json(program, method, path, status):
    answer = program.open(path, method=method)

    assert answer.status_code == status
    assert answer.mimetype == "application/json"
    assert set(answer.json["error"]) == {"field", "message"}
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_fault_of_ours_is_told_in_json_without_its_details(tmp_path):
    faulty = Blueprint("faulty", __name__)

    @faulty.get("/api/uji/rusak")
    @open_to(anyone)
    def break_down():
        raise ZeroDivisionError("a secret detail")

    app = new_marketplace(tmp_path)
    app.register_blueprint(faulty)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    answer = app.test_client().get("/api/uji/rusak")

    assert answer.status_code == 500
    assert answer.json["error"]["message"]
    assert "secret" not in answer.text
