"""Finding one's village by its name, however it is typed, or by where one stands."""

import pytest

from marketplace.regions.find import find_villages, list_nearest_villages, village_names
from tests.support.places import KEDUNGREJO, MARGOREJO, PURWANTORO
from tests.support.queries import query_budget

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture(autouse=True)
def names_as_they_are(app):
    village_names.forget()
    yield
    village_names.forget()


@pytest.mark.parametrize(
    "words",
    [
        "Kedungrejo",
        "KEDUNGREJO",
        "kedung rejo",
        "kedungr",
        "Kédungrejo",
        "kedungrjo",
        "kedugnrejo",
        "desa kedungrejo",
        "Desa Kedungrejo, Kec. Kerek, Kab. Tuban, Jawa Timur",
        "kerek kedungrejo",
        "kedungrejo tuban",
        "kedung rejo kerek",
        "  kedungrejo\t\n",
    ],
)
@pytest.mark.both_databases
def test_a_village_is_found_however_its_name_is_typed(words):
    assert find_villages(words)[0].code == KEDUNGREJO


def test_a_kecamatan_leads_to_its_villages():
    assert {village.code for village in find_villages("kerek")} == {KEDUNGREJO, MARGOREJO}
    assert [village.code for village in find_villages("kota malang")] == [PURWANTORO]


@pytest.mark.parametrize("words", ["", " ", "k", "%", "_", "desa", "kedungrejo surabaya", "qwxzvbn", "\x00", "٣" * 9])
def test_what_means_no_village_finds_none(words):
    assert find_villages(words) == []


def test_very_long_words_cost_little():
    assert find_villages("kedungrejo " * 10_000)[0].code == KEDUNGREJO
    assert find_villages("x" * 1_000_000) == []


def test_typing_asks_the_database_once_for_everybody():
    with query_budget(1):
        for end in range(2, 11):
            find_villages("kedungrejo"[:end])
        list_nearest_villages(-6.8, 111.9)


def test_the_nearest_village_comes_first():
    kedungrejo = find_villages("kedungrejo")[0]

    nearest = list_nearest_villages(kedungrejo.latitude, kedungrejo.longitude)

    assert [village.code for village in nearest] == [KEDUNGREJO, MARGOREJO]


def test_far_away_there_is_no_nearest_village():
    assert list_nearest_villages(0.0, 0.0) == []


def test_scripts_are_told_code_name_and_where(client):
    answer = client.get("/desa/cari?q=kedungrejo")

    assert answer.json == {
        "villages": [{"code": KEDUNGREJO, "name": "Desa Kedungrejo", "where": "Kecamatan Kerek, Kabupaten Tuban"}]
    }


def test_scripts_are_told_what_is_near(client):
    villages = client.get("/desa/terdekat?lat=-7.94&lng=112.65").json["villages"]

    assert [village["code"] for village in villages] == [PURWANTORO]


@pytest.mark.parametrize(
    "position", ["", "lat=1", "lat=x&lng=1", "lat=nan&lng=1", "lat=inf&lng=1", "lat=91&lng=1", "lat=1&lng=1e400"]
)
def test_what_is_no_position_is_refused(client, position):
    answer = client.get(f"/desa/terdekat?{position}")

    assert answer.status_code == 422
    assert answer.json["error"]["message"] == "Lokasinya tidak terbaca. Ketik nama desanya saja."
