"""What the search box offers of what the index holds: words, places and listings."""

import time

import pytest
from flask import Flask

from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.limits import limiter
from marketplace.foundation.transactions import committed
from marketplace.search import popular, suggestions
from marketplace.search.api.views import SUGGESTIONS_A_MINUTE
from tests.search.hostile import HOSTILE_TEXTS
from tests.search.market import a_market
from tests.support.client import PageReader
from tests.support.places import KEDUNGREJO, KEREK

LARGEST_ANSWER = 1_536
# In seconds, on a busy machine.
LONGEST_ANSWER = 1


@pytest.fixture(scope="module")
def market(tmp_path_factory) -> tuple[Flask, dict[str, int]]:
    return a_market(tmp_path_factory.mktemp("market"))


@pytest.fixture
def typist(market) -> PageReader:
    """Somebody in front of the search box; nothing is remembered of other markets."""
    limiter.reset()
    for remembered in (popular.popular_words, suggestions.category_directory, suggestions.kim_directory):
        remembered.forget()
    return market[0].test_client()


def offered(typist: PageReader, typed: str) -> list[tuple[str, str]]:
    answer = typist.get("/cari/saran", query_string={"q": typed})
    return [(item["kind"], item["text"]) for item in answer.json["items"]]


def test_a_word_that_was_begun_is_completed(typist):
    assert ("kata", "keripik") in offered(typist, "kerip")


def test_words_come_before_places_and_places_before_listings(typist):
    kinds = [kind for kind, _ in offered(typist, "ke")]

    assert {"kata", "desa", "kim", "produk"} <= set(kinds)
    assert kinds == sorted(kinds, key=["kata", "kategori", "desa", "kim", "produk", "wisata"].index)


def test_listings_are_offered_by_their_names_with_their_place(typist, market):
    answer = typist.get("/cari/saran?q=keripik+pis")

    assert {
        "kind": "produk",
        "text": "Keripik pisang manis",
        "where": "Purwantoro, Kota Malang",
        "url": f"/produk/{market[1]['pisang']}-keripik-pisang-manis",
    } in answer.json["items"]
    assert ("wisata", "Air Terjun Nglirip") in offered(typist, "ngli")


def test_a_village_and_a_kecamatan_lead_to_their_pages(typist):
    places = {
        item["url"] for typed in ("kedungre", "kere") for item in typist.get(f"/cari/saran?q={typed}").json["items"]
    }

    assert {f"/desa/{KEDUNGREJO}", f"/wilayah/{KEREK}"} <= places


def test_nonsense_is_offered_nothing(typist):
    assert offered(typist, "xqzwvk") == []


def test_what_was_archived_is_not_offered(typist, market):
    app, ids = market
    with app.app_context(), committed():
        db.session.get_one(Listing, ids["batik"]).move_to(ListingStatus.ARCHIVED, clock.now())

    assert ("produk", "Batik gedog tulis") not in offered(typist, "batik")


@pytest.mark.parametrize("typed", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_whatever_is_typed_is_answered_at_once(typist, typed):
    began = time.perf_counter()

    answer = typist.get("/cari/saran", query_string={"q": typed})

    assert answer.status_code == 200
    assert len(answer.data) <= LARGEST_ANSWER
    assert time.perf_counter() - began < LONGEST_ANSWER


def test_who_asks_too_often_is_told_so_in_json(typist):
    answers = [typist.get("/cari/saran?q=x") for _ in range(SUGGESTIONS_A_MINUTE + 1)]

    assert answers[-1].status_code == 429
    assert answers[-1].json["error"]["message"]
    assert int(answers[-1].headers["Retry-After"]) > 0
