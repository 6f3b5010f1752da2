"""What people find in a small market: on real rows and a real index."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Availability
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.foundation.transactions import committed
from marketplace.search.find.engine import keep_engine
from marketplace.search.find.listings import find_listings
from marketplace.search.find.search import Found, Order, Search
from marketplace.search.index.building import rebuild
from marketplace.search.index.store import current_store
from tests.support.applications import new_marketplace_with_places
from tests.support.personas import BEGINNING, a_business, a_category, a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, KEREK, KOTA_MALANG, PURWANTORO, TUBAN

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=clock.WIB)


@pytest.fixture(scope="module")
def market(tmp_path_factory) -> Iterator[Flask]:
    """A market of two villages, open and searchable."""
    app = new_marketplace_with_places(tmp_path_factory.mktemp("market"))
    with app.app_context():
        with committed():
            open_market()
        rebuild(current_store())
        keep_engine(app)
        yield app
        db.engine.dispose()


def open_market() -> None:
    """Offer what the sentences below speak of; a name says what a thing is."""
    in_village, in_town = a_business(name="Dapur Bu Sri"), a_business(a_village(PURWANTORO), name="Omah Jahit")
    a_kim(slug="kim-kedungrejo", name="KIM Kedungrejo")
    batik = a_category("batik", group="fesyen", name="Batik dan Tekstil")
    craft = a_category("kriya", group="kerajinan", name="Kriya Bambu")
    plain = {"description": "Dibuat warga desa."}
    a_product(in_town, name="Keripik Tempe Sanan", price=18_000, pirt_number="P1", **plain)
    a_product(in_village, name="Keripik Singkong Pedas", price=9_000, description="Renyah, teman makan tempe goreng.")
    a_product(in_village, name="Sambal Pecel", price=None, description="Enak dimakan dengan keripik tempe.")
    a_product(in_village, name="Batik Gedog", price=250_000, category_id=batik.id, **plain)
    a_product(
        in_town, name="Batik Tulis Malangan", price=300_000, category_id=batik.id, description="Motif dari Tuban."
    )
    a_product(in_town, name="Tas Rajut", price=75_000, category_id=craft.id, description="Tas belanja.", photos=1)
    a_product(in_town, name="Taplak Meja", price=60_000, category_id=craft.id, description="Dirajut dengan tangan.")
    a_product(in_village, name="Besek Pring", price=5_000, category_id=craft.id, **plain)
    a_product(in_village, name="Madu Randu", price=80_000, availability=Availability.SOLD_OUT, **plain)
    a_product(in_village, name="Madu Hutan", price=90_000, pirt_number="P2", pirt_expires_on=NOON.date(), **plain)
    a_product(in_village, name="Kerupuk Ikan", price=15_000, status=ListingStatus.WAITING, **plain)
    hours = parse_opening_hours("07.00-11.15")
    an_attraction(name="Air Terjun Nglirip", adult_ticket=0, opening_hours=hours, summary="Hijau.", description="")
    late = parse_opening_hours("11.30-16.00")
    an_attraction(a_village(PURWANTORO), name="Coban Jahe", opening_hours=late, summary="Sejuk.", description="")


@pytest.fixture
def find(market: Flask):
    """Search, and return what the pages would show."""
    return lambda text="", **conditions: find_listings(Search(text=text, **conditions))


def names(found: Found) -> list[str]:
    return [card.name for card in found.cards]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("keripik tempe", "Keripik Tempe Sanan"),
        ("kripik tempe", "Keripik Tempe Sanan"),
        ("tempe keripik", "Keripik Tempe Sanan"),
        ("keripk tmepe", "Keripik Tempe Sanan"),
        ("kripiktempe", "Keripik Tempe Sanan"),
        ("keri pik tempe", "Keripik Tempe Sanan"),
        ("chips tempe", "Keripik Tempe Sanan"),
        ("batik", "Batik Gedog"),
        ("merajut", "Tas Rajut"),
        ("keranjang bambu", "Besek Pring"),
        ("honey", "Madu Hutan"),
        ("waterfall", "Air Terjun Nglirip"),
        ("grojogan", "Air Terjun Nglirip"),
        ("airterjun", "Air Terjun Nglirip"),
        ("tjoban djahe", "Coban Jahe"),
        ("jual batik murah", "Batik Gedog"),
        ("singko", "Keripik Singkong Pedas"),
    ],
)
def test_half_remembered_words_find_the_thing(find, typed, first):
    assert names(find(typed))[0] == first


def test_every_form_of_a_word_finds_every_other(find):
    assert set(names(find("dirajut"))) == set(names(find("rajutan"))) == {"Tas Rajut", "Taplak Meja"}


def test_a_name_stands_before_a_mention(find):
    found = names(find("tempe"))

    assert found.index("Keripik Tempe Sanan") < found.index("Sambal Pecel")


def test_batik_from_tuban_stands_before_batik_that_mentions_tuban(find):
    assert names(find("batik tuban"))[:2] == ["Batik Gedog", "Batik Tulis Malangan"]


def test_a_place_alone_lists_the_place(find):
    found = find("kedungrejo")

    assert {card.village_code for card in found.cards} == {KEDUNGREJO}
    assert [place.code for place in found.places] == [KEDUNGREJO]
    assert [kim.name for kim in found.kims] == ["KIM Kedungrejo"]


@pytest.mark.parametrize(("typed", "code"), [("tuban", TUBAN), ("kota malang", KOTA_MALANG), ("kec kerek", KEREK)])
def test_places_of_every_level_are_understood(find, typed, code):
    found = find(typed)

    assert code in [place.code for place in found.places]
    assert {card.village_code[: len(code)] for card in found.cards} == {code}


@pytest.mark.parametrize("typed", ["jatim", "jawa timur", "east java"])
def test_the_name_of_the_province_narrows_nothing(find, typed):
    assert find(typed).total == find().total
    assert names(find(f"batik {typed}")) == names(find("batik"))


def test_a_slip_is_mended_and_said(find):
    found = find("keripk tempe")

    assert found.corrected == "keripik tempe"
    assert names(found)[0] == "Keripik Tempe Sanan"


def test_who_insists_on_what_was_typed_gets_only_that(find):
    assert names(find("keripk", exactly_as_typed=True)) == []
    assert names(find("pring", exactly_as_typed=True)) == ["Besek Pring"]


@pytest.mark.parametrize("typed", ["keripik 2501", "keripik 10000", "batik buka sekarang"])
def test_numbers_and_words_without_demand_are_never_mended(find, typed):
    assert find(typed).corrected is None


def test_a_word_that_nobody_has_is_left_out_and_said(find):
    found = find("keripik qwzxv")

    assert found.left_out == ("qwzxv",)
    assert "Keripik Tempe Sanan" in names(found)


@pytest.mark.parametrize("typed", ["qwzxv", "zzzz kkk", "helikopter qqqq"])
def test_nonsense_finds_nothing(find, typed):
    assert find(typed).total == 0


def test_when_nothing_has_all_words_what_comes_near_is_shown_and_said(find):
    found = find("madu rajut")

    assert found.is_partial
    assert {"Madu Hutan", "Tas Rajut"} <= set(names(found))


def test_what_is_sold_out_stands_behind_what_can_be_bought(find):
    assert names(find("madu")) == ["Madu Hutan", "Madu Randu"]


def test_only_what_is_public_is_found(find):
    assert "Kerupuk Ikan" not in names(find("kerupuk ikan"))


def test_what_was_taken_off_is_not_shown_although_the_index_still_has_it(market, find):
    listing = db.session.query(Listing).filter_by(name="Keripik Singkong Pedas").one()
    with db.session.begin_nested() as changed:
        listing.move_to(ListingStatus.ARCHIVED, BEGINNING + timedelta(days=1))
        db.session.flush()

        assert "Keripik Singkong Pedas" not in names(find("keripik"))
        changed.rollback()
    assert "Keripik Singkong Pedas" in names(find("keripik"))


def test_nothing_typed_shows_everything_newest_first(find):
    found = find()

    assert found.total == 12
    assert names(found)[0] == "Coban Jahe"


def test_conditions_narrow_and_facets_count_under_the_others(find):
    found = find("keripik", regencies=(TUBAN,))

    assert "Keripik Tempe Sanan" not in names(found)
    assert {facet.value: facet.count for facet in found.facets.regencies}[KOTA_MALANG] == 1
    assert [facet.value for facet in found.facets.regencies if facet.is_chosen] == [TUBAN]
    assert [facet.value for facet in found.facets.districts] == [KEREK]


def test_kinds_are_counted_and_chosen(find):
    found = find(kind=ListingKind.ATTRACTION)

    assert names(found) == ["Coban Jahe", "Air Terjun Nglirip"]
    assert [facet.count for facet in found.facets.kinds] == [10, 2]


def test_prices_narrow_and_leave_out_what_must_be_asked_for(find):
    assert names(find(kind=ListingKind.PRODUCT, lowest_price=10_000, highest_price=20_000)) == ["Keripik Tempe Sanan"]


@pytest.mark.parametrize(
    ("order", "first", "last"),
    [(Order.CHEAPEST, "Besek Pring", "Sambal Pecel"), (Order.DEAREST, "Batik Tulis Malangan", "Sambal Pecel")],
)
def test_prices_sort_and_what_must_be_asked_for_stands_last(find, order, first, last):
    found = names(find(kind=ListingKind.PRODUCT, order=order))

    assert (found[0], found[-1]) == (first, last)


def test_what_is_near_stands_first_when_a_position_was_given(find):
    found = find(order=Order.NEAREST, position=(-7.94, 112.64))

    assert found.cards[0].village_code == PURWANTORO
    assert found.cards[-1].village_code == KEDUNGREJO
    distances = [card.distance for card in found.cards]
    assert distances == sorted(distances)


def test_certificates_count_while_they_are_valid(find):
    with time_machine.travel(NOON, tick=False):
        assert {facet.value: facet.count for facet in find().facets.legality}["pirt"] == 2
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert names(find(legality=("pirt",))) == ["Keripik Tempe Sanan"]


@pytest.mark.parametrize(
    ("hour", "minute", "open_ones"), [(8, 0, ["Air Terjun Nglirip"]), (11, 20, []), (12, 0, ["Coban Jahe"])]
)
def test_what_is_open_now_is_told_to_the_minute(find, hour, minute, open_ones):
    with time_machine.travel(NOON.replace(hour=hour, minute=minute), tick=False):
        assert names(find(open_now=True)) == open_ones


def test_villages_with_what_matches_can_be_listed(find):
    found = find("batik", by_village=True)

    assert {village.code: village.count for village in found.villages} == {KEDUNGREJO: 1, PURWANTORO: 1}
    assert found.total == found.facets.villages_total == 2


def test_pages_neither_repeat_nor_lose_anything(find):
    pages = [names(find("desa tangan belanja teman", offset=offset, limit=3)) for offset in range(0, 12, 3)]
    shown = [name for page in pages for name in page]

    assert sorted(shown) == sorted(set(shown))
    assert len(shown) == find("desa tangan belanja teman").total
