"""What the search box offers while somebody types."""

import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from sqlalchemy import delete

from marketplace.catalogue.models.categories import ListingKind
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.kim.models import KimStatus
from marketplace.search import popular, suggestions
from marketplace.search.models import SearchCount
from marketplace.search.suggestions import MOST_SUGGESTIONS, Suggestion, list_suggestions
from tests.search.hostile import HOSTILE_TEXTS
from tests.support.personas import a_category, a_kim, a_village
from tests.support.places import PURWANTORO
from tests.support.queries import query_budget

pytestmark = pytest.mark.both_databases

LARGEST_ANSWER = 1_536


@pytest.fixture(autouse=True)
def nothing_remembered(app):
    """Begin with what the test itself builds, and leave nothing of it behind."""
    popular.flush()
    db.session.execute(delete(SearchCount))
    _forget()
    yield
    _forget()


def _forget() -> None:
    for remembered in (popular.popular_words, suggestions.category_directory, suggestions.kim_directory):
        remembered.forget()


def many_searched_for(words: str, times: int = 3) -> None:
    yesterday = clock.today() - timedelta(days=1)
    db.session.add(SearchCount(day=yesterday, words=words, searches=times, without_results=0))
    db.session.flush()


def of_kind(kind: str, typed: str) -> list[Suggestion]:
    return [suggestion for suggestion in list_suggestions(typed) if suggestion.kind == kind]


def test_before_the_first_letter_it_offers_what_is_popular():
    many_searched_for("keripik tempe")
    many_searched_for("batik tulis", times=5)

    assert list_suggestions(" ") == [
        Suggestion("kata", "batik tulis", "", "/cari?q=batik+tulis"),
        Suggestion("kata", "keripik tempe", "", "/cari?q=keripik+tempe"),
    ]


def test_what_others_searched_for_comes_first():
    many_searched_for("kerupuk & petis")
    a_category("kerupuk", name="Kerupuk & rengginang")

    first, *_ = list_suggestions("Keru")

    assert first == Suggestion("kata", "kerupuk & petis", "", "/cari?q=kerupuk+%26+petis")


def test_what_stands_in_the_box_already_is_not_offered():
    many_searched_for("keripik")

    assert of_kind("kata", "keripik ") == []


@pytest.mark.parametrize("typed", ["bat", "BATIK", "kai", "batik & kai", "batik kain", "kâin", "  kain "])
def test_a_category_is_found_by_the_beginning_of_any_of_its_words(typed):
    a_category("batik", name="Batik & Kain", group="fesyen")

    assert of_kind("kategori", typed) == [Suggestion("kategori", "Batik & Kain", "Fesyen", "/kategori/batik")]


@pytest.mark.parametrize("typed", ["atik", "ain", "kain batik", "batik &x"])
def test_a_category_is_not_found_by_the_middle_of_a_word(typed):
    a_category("batik", name="Batik & Kain", group="kriya")

    assert of_kind("kategori", typed) == []


def test_a_group_of_categories_says_of_what():
    a_category("air-terjun", ListingKind.ATTRACTION, "alam-raya")

    assert of_kind("kategori", "alam") == [Suggestion("kategori", "Alam raya", "Wisata", "/kategori/alam-raya")]


def test_an_archived_category_is_not_offered():
    a_category("sangkar", is_current=False)

    assert of_kind("kategori", "sang") == []


@pytest.mark.parametrize("typed", ["kim pur", "purwan", "PURWANTORO", "kim"])
def test_a_kim_is_offered_with_its_place(typed):
    a_kim(a_village(PURWANTORO), slug="purwantoro", name="KIM Purwantoro")

    assert of_kind("kim", typed) == [Suggestion("kim", "KIM Purwantoro", "Blimbing, Kota Malang", "/kim/purwantoro")]


def test_a_kim_that_is_not_public_is_not_offered():
    a_kim(a_village(PURWANTORO), status=KimStatus.APPLYING, registered_on=None)

    assert of_kind("kim", "kim pur") == []


def test_no_kind_crowds_out_the_others():
    for number in range(20):
        many_searched_for(f"kedung {number:02}")
        a_kim(name=f"KIM Kedung {number:02}")
    a_category("kedungan", name="Kedungan")

    kinds = [suggestion.kind for suggestion in list_suggestions("kedung")]

    assert len(kinds) == MOST_SUGGESTIONS
    assert kinds.count("kategori") == 1
    assert kinds.count("kim") >= 1
    assert kinds == sorted(kinds, key=["kata", "kategori", "desa", "kim", "produk", "wisata"].index)


def test_names_are_read_once_a_minute(app):
    a_kim()
    list_suggestions("ke")

    with query_budget(0):
        list_suggestions("ked")


def test_an_answer_can_be_told_from_a_late_one_and_is_kept_for_a_minute(client):
    a_category("kerupuk")

    answer = client.get("/cari/saran?q=Keru")

    assert answer.json["q"] == "Keru"
    assert {"kind": "kategori", "text": "Kerupuk", "where": "Makanan camilan", "url": "/kategori/kerupuk"} in (
        answer.json["items"]
    )
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.mimetype == "application/json"


def test_the_largest_answer_is_small(client):
    long_name = "Kerupuk " + "sangat panjang " * 4
    for number in range(10):
        many_searched_for(f"kerupuk {'🌶️' * 20}{number}")
        a_category(f"kerupuk-yang-namanya-sangat-panjang-sekali-{number}", name=f"{long_name}{number}")
        a_kim(name=f"KIM {long_name}{number}"[:80], slug=f"kerupuk-yang-namanya-sangat-panjang-sekali-{number}")

    answer = client.get("/cari/saran", query_string={"q": "kerupuk"})

    assert 0 < len(answer.json["items"]) <= MOST_SUGGESTIONS
    assert len(answer.data) <= LARGEST_ANSWER


@pytest.mark.parametrize("typed", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_whatever_is_typed_gets_an_answer(client, typed):
    a_kim()

    answer = client.get("/cari/saran", query_string={"q": typed})

    assert answer.status_code == 200
    assert answer.json["q"] == typed[: suggestions.LONGEST_TYPED]
    assert len(answer.data) <= LARGEST_ANSWER


@pytest.mark.parametrize("query", ["q=%ED%A0%80", "q=%FF%FE", "q=%", "q=a&q=b", "", "q[]=1", quote("q=\x00", safe="=")])
def test_an_address_that_was_cut_or_made_up_gets_an_answer(client, query):
    answer = client.get(f"/cari/saran?{query}")

    assert answer.status_code == 200
    assert json.loads(answer.data.decode())["items"] == []
