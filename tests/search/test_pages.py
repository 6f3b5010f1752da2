"""The page of results: what a visitor reads on it, where it leads, and what it says when there is nothing."""

from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.search import popular
from marketplace.search.find.engine import keep_engine
from marketplace.search.index.building import rebuild
from marketplace.search.index.store import current_store
from marketplace.search.models import SearchCount
from tests.search.hostile import HOSTILE_TEXTS
from tests.support.applications import new_marketplace_with_places
from tests.support.client import OpenedPage, PageReader
from tests.support.page_faults import words_of
from tests.support.page_parts import cards_on, structured_on
from tests.support.personas import a_business, a_category, a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, MARGOREJO, PURWANTORO, TUBAN
from tests.support.queries import query_budget

SNACKS = 30
# One for the rows of the cards; the names of places and shelves are known from the search before.
STATEMENTS = 1


@pytest.fixture(scope="module")
def market(tmp_path_factory) -> Flask:
    """Thirty snacks of Tuban, batik and a waterfall there, and one snack of Malang; with an index."""
    app = new_marketplace_with_places(tmp_path_factory.mktemp("market"))
    with app.app_context():
        with committed():
            _offer()
        rebuild(current_store())
        keep_engine(app)
    return app


@pytest.fixture
def visitor(market) -> PageReader:
    """Somebody who looks around in the market."""
    return market.test_client()


def _offer() -> None:
    a_kim(slug="kim-kedungrejo", name="KIM Kedungrejo")
    seller, neighbour, in_town = a_business(), a_business(a_village(MARGOREJO)), a_business(a_village(PURWANTORO))
    snacks = a_category("makanan-ringan", name="Makanan Ringan")
    for number in range(SNACKS):
        a_product(
            seller if number % 3 else neighbour,
            name=f"Keripik tempe nomor {number}",
            category_id=snacks.id,
            price=10_000 + 1_000 * number,
        )
    by_hand = {"description": "Dibuat dengan tangan."}
    a_product(in_town, name="Keripik apel", category_id=snacks.id, price=90_000, **by_hand)
    a_product(seller, name="Batik gedog", category_id=a_category("batik-tekstil", group="batik-kain").id, **by_hand)
    an_attraction(name="Air Terjun Nglirip")


def chips_on(page: OpenedPage) -> dict[str, str]:
    """Return the address without each condition, by what the condition is called."""
    chips = page.tree.findall(".//a[@class='chip chip--active']")
    return {words_of(chip).removeprefix("Hapus saringan "): chip.get("href") for chip in chips}


def boxes_on(page: OpenedPage, name: str) -> dict[str, bool]:
    """Return whether each value of a condition is ticked, by its words and its count."""
    labels = [label for label in page.tree.findall(".//label") if label.find(f"input[@name='{name}']") is not None]
    return {words_of(label): label.find("input").get("checked") is not None for label in labels}


def robots_of(page: OpenedPage) -> str | None:
    return page.meta("robots")


def test_words_lead_to_what_was_meant_with_how_much_there_is(visitor):
    page = visitor.get("/cari?q=kripik+apel")

    assert "Keripik apel" in next(iter(cards_on(page)))
    assert page.title == "kripik apel: hasil pencarian · Pasar KIM"
    assert page.tree.find(".//input[@type='search']").get("value") == "kripik apel"


def test_what_comes_near_stands_apart_from_the_few_that_match_and_is_not_counted(visitor):
    page = visitor.get("/cari?q=keripik+apel")
    near = page.tree.find(".//section[@class='results__nearly']")
    near_names = {words_of(name) for name in near.findall(".//h3")}

    assert page.heading == "1 hasil untuk “keripik apel”"
    assert "Menampilkan 1 dari 1 hasil" in page.words
    assert words_of(near.find(".//h2")) == "Hampir cocok"
    assert near_names == cards_on(page).keys() - {"Keripik apel"}
    assert near_names
    assert all(name.startswith("Keripik tempe") for name in near_names)


@pytest.mark.parametrize(
    "query",
    ["q=keripik", "q=keripik+apel&jenis=wisata", "q=keripik+apel&urut=termurah", "q=batik&jenis=desa"],
    ids=["one word", "nothing matches", "another order", "villages"],
)
def test_nothing_comes_near_where_it_would_mislead(visitor, query):
    assert "Hampir cocok" not in visitor.get(f"/cari?{query}").words


def test_without_words_one_can_look_through_everything(visitor):
    page = visitor.get("/cari")

    assert page.heading == f"{SNACKS + 3} hasil"
    assert len(cards_on(page)) == 24
    assert f"Menampilkan 24 dari {SNACKS + 3} hasil" in page.words
    assert robots_of(page) is None


def test_the_next_page_goes_on_where_this_one_ends(visitor):
    first = visitor.get("/cari?q=nomor&urut=termurah")
    second = visitor.get(first.links["Muat lebih banyak"])

    assert first.links["Muat lebih banyak"] == "/cari?q=nomor&urut=termurah&hal=2"
    assert f"Menampilkan 25–{SNACKS} dari {SNACKS} hasil" in second.words
    assert len(cards_on(first) | cards_on(second)) == SNACKS
    assert "Muat lebih banyak" not in second.links
    assert second.links["Kembali ke awal"] == "/cari?q=nomor&urut=termurah"


def test_a_page_behind_the_last_leads_back(visitor):
    page = visitor.get("/cari?q=tempe&hal=90")

    assert page.status_code == 200
    assert page.links["Kembali ke awal"] == "/cari?q=tempe"


def test_tabs_lead_to_each_kind_and_to_the_villages(visitor):
    page = visitor.get("/cari?q=tuban")
    tabs = {label.split()[0]: url for label, url in page.links.items() if url.startswith("/cari?q=tuban")}

    assert tabs["Wisata"] == "/cari?q=tuban&jenis=wisata"
    assert list(cards_on(visitor.get(tabs["Wisata"]))) == ["Air Terjun Nglirip"]
    villages = visitor.get(tabs["Desa"])
    assert villages.heading == "2 desa untuk “tuban”"
    assert villages.links["Kedungrejo"] == f"/desa/{KEDUNGREJO}"
    assert "22 hasil" in villages.words
    assert cards_on(villages) == {}


def test_conditions_are_ticked_counted_and_can_be_taken_away(visitor):
    page = visitor.get(f"/cari?q=keripik&kabupaten={TUBAN}&kategori=makanan-ringan&harga-max=12000")

    assert len(cards_on(page)) == 3
    assert boxes_on(page, "kabupaten") == {"Kabupaten Tuban3": True}
    assert chips_on(page) == {
        "Makanan Ringan": f"/cari?q=keripik&kabupaten={TUBAN}&harga-max=12000",
        "Kabupaten Tuban": "/cari?q=keripik&kategori=makanan-ringan&harga-max=12000",
        "Sampai Rp12.000": f"/cari?q=keripik&kategori=makanan-ringan&kabupaten={TUBAN}",
    }
    assert page.links["Hapus semua"] == "/cari?q=keripik"
    # Kecamatan are offered where one kabupaten is chosen.
    assert boxes_on(page, "kecamatan") == {"Kerek3": False}
    assert boxes_on(visitor.get("/cari?q=keripik"), "kecamatan") == {}


def test_the_form_of_the_conditions_keeps_the_words(visitor):
    form = visitor.get("/cari?q=keripik&persis=1").tree.find(".//form[@id='form-saring']")
    hidden = {field.get("name"): field.get("value") for field in form.findall(".//input[@type='hidden']")}

    assert form.get("action") == "/cari"
    assert (hidden["q"], hidden["persis"]) == ("keripik", "1")


def test_other_words_than_typed_are_said_and_can_be_refused(visitor):
    page = visitor.get("/cari?q=keripk+tempe")

    assert "Menampilkan hasil untuk keripik tempe. Tetap cari keripk tempe?" in page.words
    assert page.links["keripk tempe"] == "/cari?q=keripk+tempe&persis=1"
    assert "Menampilkan hasil untuk" not in visitor.get(page.links["keripk tempe"]).words


def test_a_place_and_a_kim_that_the_words_name_stand_above_the_listings(visitor):
    assert visitor.get("/cari?q=kedungrejo").links["Kedungrejo"] == f"/desa/{KEDUNGREJO}"
    assert visitor.get("/cari?q=kim+kedungrejo").links["KIM Kedungrejo"] == "/kim/kim-kedungrejo"
    # A kecamatan often has a desa of its name.
    assert "Kecamatan Kerek" in visitor.get("/cari?q=kerek").links
    # They have been seen when one goes on.
    assert f"/wilayah/{TUBAN}" in visitor.get("/cari?q=tuban").links.values()
    assert f"/wilayah/{TUBAN}" not in visitor.get("/cari?q=tuban&hal=2").links.values()


def test_what_is_nowhere_leads_on(visitor):
    page = visitor.get("/cari?q=qwxzvbn")

    assert page.status_code == 200
    assert page.heading == "Belum ada yang cocok"
    assert "Tidak ketemu “qwxzvbn” di desa mana pun. Coba kata yang lebih pendek." in page.words
    assert page.links["Jelajahi lewat peta"] == "/wilayah"
    assert page.links["Makanan camilan"] == "/kategori/makanan-camilan"


def test_too_many_conditions_lead_back_to_fewer(visitor):
    page = visitor.get("/cari?q=keripik&harga-max=5")

    assert "Tidak ketemu “keripik” dengan saringan ini." in page.words
    assert page.links["Hapus semua saringan"] == "/cari?q=keripik"


def test_a_kind_without_results_leads_to_the_kind_that_has_some(visitor):
    page = visitor.get("/cari?q=nglirip&jenis=produk")

    assert page.links["Lihat 1 wisata"] == "/cari?q=nglirip&jenis=wisata"


def test_searchers_are_kept_from_endless_combinations(visitor):
    page = visitor.get("/cari?q=keripik&urut=terdekat&lat=-7.1&lng=112.1&hal=2")

    assert robots_of(page) == "noindex, follow"
    assert page.tree.find("head/link[@rel='canonical']").get("href") == "http://pasar.test/cari?q=keripik"


def test_what_is_near_says_how_far_it_is(visitor):
    page = visitor.get("/cari?q=keripik&urut=terdekat&lat=-7.95&lng=112.65")

    assert next(iter(cards_on(page))) == "Keripik apel"
    assert cards_on(page)["Keripik apel"].endswith("km")
    assert "Terdekat" in page.words


def test_words_are_counted_once_and_not_again_for_each_page_and_condition(market, visitor):
    for path in (
        "/cari?q=Keripik+Tempe",
        "/cari?q=keripik+tempe&hal=2",
        f"/cari?q=keripik+tempe&kabupaten={TUBAN}",
        "/cari",
    ):
        visitor.get(path)

    with market.app_context():
        popular.flush()
        counted = db.session.scalars(select(SearchCount).where(SearchCount.words == "keripik tempe")).all()
        assert [(row.searches, row.without_results) for row in counted] == [(1, 0)]


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS)
def test_whatever_is_typed_gets_a_page(visitor, text):
    assert visitor.get("/cari", query_string={"q": text}).status_code == 200


def test_thousands_of_conditions_get_a_page(visitor):
    query = "&".join(f"kategori=rak-{number}&kabupaten=35.{number % 100:02}" for number in range(3_000))

    assert visitor.get(f"/cari?q=keripik&{query}").status_code == 200


def test_a_page_of_results_asks_the_database_for_its_cards_alone(market, visitor):
    visitor.get("/cari?q=keripik")

    with query_budget(STATEMENTS):
        assert len(cards_on(visitor.get(f"/cari?q=keripik&kabupaten={TUBAN}"))) == 24


def test_who_still_holds_the_same_page_need_not_fetch_it_again(visitor):
    page = visitor.get("/cari?q=keripik")

    assert visitor.get("/cari?q=keripik", headers={"If-None-Match": page.headers["ETag"]}).status_code == 304


def test_while_there_is_no_index_one_is_told_and_can_browse(client):
    page = client.get("/cari?q=keripik")

    assert page.status_code == 200
    assert page.heading == "Pencarian sedang disiapkan"
    assert page.links["Jelajahi lewat peta"] == "/wilayah"


@pytest.mark.parametrize("path", ["/produk", "/wilayah", "/tentang", "/kios-yang-pindah"])
def test_every_page_has_the_box_to_search_in(client, path):
    form = client.get(path).tree.find(".//form[@role='search']")

    assert (form.get("action"), form.find(".//input").get("name")) == ("/cari", "q")


def test_the_front_door_offers_what_is_sought_and_tells_searchers_how_to_search(client):
    a_category()
    page = client.get("/")

    assert page.links["Makanan camilan"] == "/kategori/makanan-camilan"
    action = structured_on(page, "WebSite")["potentialAction"]
    assert action["target"]["urlTemplate"] == "http://pasar.test/cari?q={search_term_string}"


def test_a_browser_may_offer_the_marketplace_in_its_own_box(client):
    link = client.get("/").tree.find("head/link[@rel='search']")
    answer = client.get(link.get("href"))

    assert answer.mimetype == link.get("type") == "application/opensearchdescription+xml"
    template = urlsplit("http://pasar.test/cari?q={searchTerms}")
    assert f'template="{template.geturl()}"' in answer.text
    assert parse_qs(template.query) == {"q": ["{searchTerms}"]}
