"""What stands before what, and what half-remembered words are taken for: on a market where each promise decides."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest
from flask import Flask

from marketplace.catalogue.models.products import Availability
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.regions.models import District, Village, VillageKind
from marketplace.search.find.engine import keep_engine
from marketplace.search.find.listings import find_listings
from marketplace.search.find.search import Found, Order, Search
from marketplace.search.index.building import rebuild
from marketplace.search.index.store import current_store
from marketplace.umkm.models import Business
from tests.support.applications import new_marketplace_with_places
from tests.support.personas import BEGINNING, a_business, a_category, a_kim, a_product, a_village
from tests.support.places import MARGOREJO, PURWANTORO

SUKOREJO_IN_BLITAR, SUKOREJO_IN_TUBAN = "35.05.02.2009", "35.23.09.2003"
SISIR_IN_BATU = "35.79.01.1004"
IN_KEREK = (-6.9, 111.9)
PATIENCE = 20.0

_days = count(1)


@pytest.fixture(scope="module")
def market(tmp_path_factory) -> Iterator[Flask]:
    """A market of a few villages, open and searchable."""
    app = new_marketplace_with_places(tmp_path_factory.mktemp("market"))
    with app.app_context():
        with committed():
            open_market()
        rebuild(current_store())
        keep_engine(app)
        yield app
        db.engine.dispose()


def open_market() -> None:
    """Offer what the sentences below speak of.

    Whatever is offered is a day newer than what was offered before: what shall come first is offered first, so that
    nothing but the promise puts it there.
    """
    open_stalls_of_rengginang()
    warung = a_business(name="Warung Lestari")
    for names_in_order in (
        ["Topeng Kayu Panji", "Topeng Panji Kayu"],
        ["Kopi Dampit", "Permen Kopi"],
        ["Benang Rajutan", "Benang Merajut", "Benang Crochet"],
        ["Sirup Kawista Botol", "Sirup Kawista Gelas", "Sirup Kunyit", "Buah Kawista"],
        ["Dodol Waluh", "Salak Segar"],
        ["Surjan", "Kemoceng", "Kelambu", "Dakon", "Geti", "Teh", "Kaus Angkatan 1986"],
    ):
        for name in names_in_order:
            offer(warung, name)
    offer(warung, "Payung Hias", price=1_000, photos=1)
    offer(warung, "Payung Hias", price=2_000)
    for price in (4_000, 3_000, 2_000, 1_000):
        offer(warung, "Bantal Kapuk", price=price)
    offer(warung, "Bakiak Jati")
    offer(warung, "Bakiak Mahoni", availability=Availability.SOLD_OUT)
    offer(warung, "Kelom Pinus", photos=1)
    offer_shelves_and_mentions(warung)
    offer_from_places_of_one_name()


def open_stalls_of_rengginang() -> None:
    for number in range(10):
        offer(a_business(name=f"Stan {number}"), f"Rengginang Nomor {number}")
    large = a_business(name="Pabrik Besar")
    for number in range(30):
        offer(large, f"Rengginang Nomor {100 + number}")


def offer_shelves_and_mentions(warung: Business) -> None:
    gasing, gerabah = a_category("gasing", group="aneka"), a_category("gerabah", group="aneka")
    offer(warung, "Panggal Sepuh", category_id=gasing.id)
    offer(warung, "Tali Lawe", description="Untuk memutar gasing.")
    offer(a_business(name="Dapur Larasati"), "Nasi Bungkus")
    offer(warung, "Kaset Gending", description="Suara emas Larasati.")
    offer(warung, "Tatakan Gerabah")
    offer(warung, "Tatakan Tembikar")
    offer(warung, "Wadah Sirih", category_id=gerabah.id, description="Gerabah dari tanah liat.")


def offer_from_places_of_one_name() -> None:
    in_blitar = a_business(plant_village(SUKOREJO_IN_BLITAR, "Sukorejo", "Udanawu"), name="Omah Petis")
    in_tuban = a_business(plant_village(SUKOREJO_IN_TUBAN, "Sukorejo", "Parengan"), name="Omah Legen")
    in_batu = a_business(plant_village(SISIR_IN_BATU, "Sisir", "Batu"), name="Omah Kebun")
    offer(in_blitar, "Terasi Bungkus")
    offer(in_tuban, "Legen Botol", description="Juga dikirim ke Blitar.")
    offer(in_batu, "Bibit Mawar")
    offer(a_business(a_village(PURWANTORO), name="Omah Akik"), "Batu Akik")
    retired = a_village(MARGOREJO)
    offer(a_business(retired, name="Omah Lontar"), "Lontar Kering")
    retired.is_current = False


def offer(business: Business, name: str, **columns) -> None:
    """Publish a product a day after the one before, on a shelf and with a description that say nothing."""
    published_at = BEGINNING - timedelta(days=400) + timedelta(days=next(_days))
    plain = {"category_id": a_category("lain", group="aneka").id, "description": "Dari desa."}
    a_product(business, name=name, published_at=published_at, **{**plain, **columns})


def plant_village(code: str, name: str, district_name: str) -> Village:
    place = {"latitude": -7.9, "longitude": 112.2}
    db.session.add(District(code=code[:8], decreed_name=district_name, regency_code=code[:5], **place))
    db.session.flush()
    parents = {"district_code": code[:8], "regency_code": code[:5]}
    village = Village(code=code, decreed_name=name, kind=VillageKind.RURAL, **parents, **place)
    db.session.add(village)
    db.session.flush()
    return village


@pytest.fixture
def find(market: Flask):
    """Search, and return what the pages would show."""
    return lambda text="", **conditions: find_listings(Search(text=text, **conditions))


def names(found: Found) -> list[str]:
    return [card.name for card in found.cards]


def prices(found: Found) -> list[int]:
    return [card.price for card in found.cards]


def villages_named(found: Found) -> set[str]:
    return {place.code for place in found.places if place.level == "desa"}


def test_who_sells_thirty_alike_leaves_room_on_the_first_page_for_ten_others(find):
    found = find("rengginang")

    assert found.total == 40
    assert {f"Rengginang Nomor {number}" for number in range(10)} <= set(names(found))


@pytest.mark.parametrize(
    ("typed", "in_order"),
    [
        pytest.param("topeng kayu", ["Topeng Kayu Panji", "Topeng Panji Kayu"], id="side by side before scattered"),
        pytest.param("panji kayu", ["Topeng Panji Kayu", "Topeng Kayu Panji"], id="in the order that was typed"),
        pytest.param("kopi", ["Kopi Dampit", "Permen Kopi"], id="what a thing is before what it tastes of"),
        pytest.param(
            "rajutan",
            ["Benang Rajutan", "Benang Merajut", "Benang Crochet"],
            id="the very form, then another form, then the meaning",
        ),
        pytest.param(
            "merajut",
            ["Benang Merajut", "Benang Rajutan", "Benang Crochet"],
            id="the very form, whichever it is",
        ),
        pytest.param("gasing", ["Panggal Sepuh", "Tali Lawe"], id="the shelf before a mention"),
        pytest.param("larasati", ["Nasi Bungkus", "Kaset Gending"], id="the seller before a mention"),
        pytest.param(
            "gerabah",
            ["Tatakan Gerabah", "Tatakan Tembikar", "Wadah Sirih"],
            id="the word in the name, then its meaning there, then the shelf and a mention",
        ),
        pytest.param(
            "bakiak",
            ["Bakiak Jati", "Bakiak Mahoni", "Kelom Pinus"],
            id="sold out is last of equals, but before what only means the same",
        ),
    ],
)
def test_what_was_sought_stands_first(find, typed, in_order):
    assert names(find(typed)) == in_order


def test_of_two_of_one_name_the_one_that_can_be_seen_comes_first(find):
    assert prices(find("payung hias")) == [1_000, 2_000]


def test_of_several_of_one_name_the_newest_comes_first(find):
    assert prices(find("bantal kapuk")) == [1_000, 2_000, 3_000, 4_000]


def test_behind_a_few_that_match_stands_what_comes_near(find):
    found = find("sirup kawista")

    assert found.total == 2
    assert set(names(found)) == {"Sirup Kawista Botol", "Sirup Kawista Gelas"}
    assert {card.name for card in found.nearly} == {"Sirup Kunyit", "Buah Kawista"}
    assert not found.is_partial


@pytest.mark.parametrize("page", [{"offset": 1}, {"order": Order.NEWEST}, {"order": Order.CHEAPEST}])
def test_what_comes_near_stands_on_the_first_page_of_the_best_alone(find, page):
    found = find("sirup kawista", **page)

    assert set(names(found)) <= {"Sirup Kawista Botol", "Sirup Kawista Gelas"}
    assert (found.total, found.nearly) == (2, [])


def test_who_names_a_village_and_its_kabupaten_means_the_village_there(find):
    assert villages_named(find("sukorejo")) == {SUKOREJO_IN_BLITAR, SUKOREJO_IN_TUBAN}
    for typed in ("sukorejo blitar", "blitar sukorejo"):
        found = find(typed)

        assert villages_named(found) == {SUKOREJO_IN_BLITAR}
        assert names(found) == ["Terasi Bungkus"]


def test_in_batu_is_in_the_town_although_stones_are_sold(find):
    assert "Batu Akik" in names(find("batu"))
    assert names(find("di batu")) == ["Bibit Mawar"]


@pytest.mark.parametrize(("typed", "meant"), [("topengkayu", "topeng kayu"), ("kawistabotol", "kawista botol")])
def test_words_written_as_one_are_parted(find, typed, meant):
    found = find(typed)

    assert (found.corrected, found.left_out, found.is_partial) == (meant, (), False)
    assert names(found) == names(find(meant))


@pytest.mark.parametrize(("typed", "meant"), [("to peng kayu", "topeng kayu"), ("kemo ceng", "kemoceng")])
def test_words_that_fell_apart_are_joined(find, typed, meant):
    found = find(typed)

    assert (found.corrected, found.left_out, found.is_partial) == (meant, (), False)
    assert names(found) == names(find(meant))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("gety", "Geti", id="one slip in four letters"),
        pytest.param("surjam", "Surjan", id="one slip in six letters"),
        pytest.param("kelamby", "Kelambu", id="one slip in seven letters"),
        pytest.param("sujran", "Surjan", id="two swapped neighbours are one slip"),
        pytest.param("kewocemg", "Kemoceng", id="two slips in eight letters"),
        pytest.param("xurjan", "Surjan", id="the first of six letters"),
        pytest.param("xakon", "Dakon", id="the first of five letters"),
    ],
)
def test_slips_are_mended(find, typed, meant):
    found = find(typed)

    assert names(found) == [meant]
    assert found.corrected == meant.lower()


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("tex", id="a slip in three letters"),
        pytest.param("xeti", id="the first of four letters"),
        pytest.param("sxrjxn", id="two slips in six letters"),
        pytest.param("kexamxu", id="two slips in seven letters"),
        pytest.param("kexoxexg", id="three slips in eight letters"),
        pytest.param("1985", id="a number"),
    ],
)
def test_what_is_too_far_from_any_word_finds_nothing(find, typed):
    found = find(typed)

    assert (found.total, found.corrected) == (0, None)


def test_a_term_that_nobody_offers_finds_what_its_words_find_and_says_so(find):
    found = find("dodol salak")

    assert set(names(found)) == {"Dodol Waluh", "Salak Segar"}
    assert found.is_partial


@pytest.mark.parametrize("order", [Order.BEST, Order.NEAREST])
def test_what_comes_from_a_village_that_is_no_more_is_found_from_anywhere(find, order):
    found = find("lontar", order=order, position=IN_KEREK)

    assert names(found) == ["Lontar Kering"]
    assert found.cards[0].distance is not None


def test_a_village_that_is_no_more_is_not_what_its_name_means(find):
    assert find("margorejo").places == []


def test_a_kim_that_came_meanwhile_is_named_after_a_while(market, find, monkeypatch):
    monkeypatch.setattr("marketplace.search.find.engine.NAMES_LAST", 0.0)
    assert find("kim melati").kims == []
    with committed():
        a_kim(a_village(PURWANTORO), name="KIM Melati")

    assert becomes_named(find, "KIM Melati")


def test_a_kim_that_came_meanwhile_is_named_soon_after_the_index_has_changed(market, find, monkeypatch):
    monkeypatch.setattr("marketplace.search.find.engine.LEXICON_LASTS", 0.0)
    assert find("kim kenanga").kims == []
    with committed():
        a_kim(a_village(PURWANTORO), name="KIM Kenanga")
    rebuild(current_store())

    assert becomes_named(find, "KIM Kenanga")


def becomes_named(find, name: str) -> bool:
    """Wait for the names to be read again, which happens beside the searches."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if [kim.name for kim in find(name).kims] == [name]:
            return True
        time.sleep(0.05)
    return False
