"""Lists of listings: complete, in order, without a row twice, whatever happens between two pages."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Availability, Variant
from marketplace.catalogue.queries import cards, categories, places
from marketplace.catalogue.queries.listings import get_public_attraction, get_public_product
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.foundation.opening_hours import parse_opening_hours
from marketplace.kim.models import KimStatus
from marketplace.umkm.models import BusinessStatus
from tests.support.nearby import make_neighbours
from tests.support.personas import (
    BEGINNING,
    a_business,
    a_category,
    a_kim,
    a_photo,
    a_product,
    a_village,
    an_attraction,
)
from tests.support.places import KEDUNGREJO, KEREK, KOTA_MALANG, MARGOREJO, PURWANTORO, TUBAN
from tests.support.queries import query_budget

NOT_PUBLIC = [status for status in ListingStatus if status is not ListingStatus.PUBLISHED]


def names(found) -> list[str]:
    return [card.name for card in found]


def names_on_all_pages(read, size: int = 3) -> list[str]:
    """Read a list to its end, page by page."""
    shown, page = [], read(None, size)
    while True:
        shown += names(page.items)
        if page.following is None:
            return shown
        assert len(page.items) == size
        assert len(shown) < 100, "the list never ends"
        page = read(page.following, size)


def every_list():
    """Return each list, on which a product of Kedungrejo's business stands, as a function of cursor and size."""
    business = a_business()
    category = a_category()
    return business, {
        "the province": lambda after, size: cards.list_newest(ListingKind.PRODUCT, after, size),
        "a kabupaten": lambda after, size: cards.list_in_place(TUBAN, ListingKind.PRODUCT, after, size),
        "a kecamatan": lambda after, size: cards.list_in_place(KEREK, ListingKind.PRODUCT, after, size),
        "a village": lambda after, size: cards.list_in_place(KEDUNGREJO, ListingKind.PRODUCT, after, size),
        "a category": lambda after, size: cards.list_in_categories([category.id], after, size),
        "a business": lambda after, size: cards.list_of_business(business.id, after, size),
    }


LISTS = ("the province", "a kabupaten", "a kecamatan", "a village", "a category", "a business")


@pytest.mark.parametrize("name", LISTS)
def test_no_page_repeats_another_and_none_is_lost(name):
    business, lists = every_list()
    for number in range(10):
        a_product(business, name=f"Keripik {number}")

    assert names_on_all_pages(lists[name]) == [f"Keripik {number}" for number in reversed(range(10))]


@pytest.mark.parametrize("name", LISTS)
def test_listings_published_at_the_same_moment_keep_their_order_over_the_pages(name):
    business, lists = every_list()
    for number in range(8):
        a_product(business, name=f"Keripik {number}", published_at=BEGINNING + timedelta(microseconds=number // 4))

    assert names_on_all_pages(lists[name]) == [f"Keripik {number}" for number in reversed(range(8))]


@pytest.mark.parametrize("name", LISTS)
def test_a_listing_that_is_published_between_two_pages_moves_nothing(name):
    business, lists = every_list()
    for number in range(6):
        a_product(business, name=f"Keripik {number}")

    first = lists[name](None, 3)
    a_product(business, name="Baru saja")
    second = lists[name](first.following, 3)

    assert names(first.items) + names(second.items) == [f"Keripik {number}" for number in reversed(range(6))]


@pytest.mark.parametrize("name", LISTS)
def test_a_listing_that_is_taken_down_between_two_pages_hides_no_other(name):
    business, lists = every_list()
    products = [a_product(business, name=f"Keripik {number}") for number in range(6)]

    first = lists[name](None, 3)
    products[3].status = ListingStatus.ARCHIVED
    db.session.flush()
    second = lists[name](first.following, 3)

    assert names(second.items) == ["Keripik 2", "Keripik 1", "Keripik 0"]


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_only_what_is_public_is_listed(name, status):
    business, lists = every_list()
    a_product(business, status=status)

    assert lists[name](None, 3).items == []


def test_each_place_lists_only_its_own_and_only_one_kind():
    a_product(name="Kedung")
    a_product(a_business(a_village(MARGOREJO)), name="Margo")
    a_product(a_business(a_village(PURWANTORO)), name="Purwa")
    an_attraction(name="Goa")

    assert names(cards.list_newest(ListingKind.PRODUCT).items) == ["Purwa", "Margo", "Kedung"]
    assert names(cards.list_in_place(TUBAN, ListingKind.PRODUCT).items) == ["Margo", "Kedung"]
    assert names(cards.list_in_place(KOTA_MALANG, ListingKind.PRODUCT).items) == ["Purwa"]
    assert names(cards.list_in_place(MARGOREJO, ListingKind.PRODUCT).items) == ["Margo"]
    assert names(cards.list_in_place(KEREK, ListingKind.ATTRACTION).items) == ["Goa"]


def test_a_group_merges_its_shelves_in_one_order():
    snacks, cakes, coffee = a_category("camilan"), a_category("kue"), a_category("kopi", group="minuman")
    for number, category in enumerate((snacks, cakes, snacks, coffee, cakes, cakes, snacks)):
        a_product(category_id=category.id, name=f"Nomor {number}")

    shown = names_on_all_pages(lambda after, size: cards.list_in_categories([snacks.id, cakes.id], after, size), size=2)

    assert shown == ["Nomor 6", "Nomor 5", "Nomor 4", "Nomor 2", "Nomor 1", "Nomor 0"]


def test_a_card_says_what_a_list_shows_of_a_product():
    a_village().dye = "bang"
    product = a_product(price=18_000, unit="kg", availability=Availability.SOLD_OUT, is_example=True, photos=2)

    (card,) = cards.list_newest(ListingKind.PRODUCT).items

    assert (card.id, card.kind, card.name, card.price, card.unit) == (
        product.id,
        "produk",
        "Keripik tempe",
        18_000,
        "kg",
    )
    assert card.is_sold_out and card.is_example
    assert (card.place, card.village_code, card.dye, card.icon) == ("Kedungrejo, Tuban", KEDUNGREJO, "bang", "cookie")
    assert (card.photo.digest, card.photo.alt) == (product.photos[0].photo.digest, "Foto 1")
    assert (card.ticket, card.hours, card.distance) == (None, None, None)


def test_a_card_says_what_a_list_shows_of_an_attraction():
    hours = parse_opening_hours("07.00-17.00")
    an_attraction(adult_ticket=0, opening_hours=hours)

    (card,) = cards.list_newest(ListingKind.ATTRACTION).items

    assert (card.kind, card.ticket, card.hours, card.price, card.photo) == ("wisata", 0, hours, None, None)


def test_a_photo_without_words_is_described_by_the_name():
    product = a_product(photos=1)
    product.photos[0].alt_text = ""
    db.session.flush()

    assert cards.list_newest(ListingKind.PRODUCT).items[0].photo.alt == "Keripik tempe"


def test_what_is_similar_comes_with_its_distance_nearest_first_and_never_the_listing_itself():
    make_neighbours()
    product = a_product(name="Sendiri")
    a_product(a_business(a_village(PURWANTORO)), name="Jauh")
    a_product(a_business(a_village(MARGOREJO)), name="Dekat")
    a_product(a_business(a_village(MARGOREJO)), name="Arsip", status=ListingStatus.ARCHIVED)
    a_product(a_business(a_village(MARGOREJO)), name="Kopi", category_id=a_category("kopi", group="minuman").id)
    a_product(name="Batik", category_id=a_category("batik", group="kain").id)

    similar, others = cards.list_around(get_public_product(product.id), 5, 4)

    assert names(similar) == ["Dekat", "Jauh"]
    assert [round(card.distance) for card in similar] == [4, 148]
    assert names(others) == ["Batik"]
    assert others[0].distance is None


def test_of_many_similar_things_only_the_nearest_are_shown_and_the_newest_of_those_as_near():
    make_neighbours()
    product = a_product(name="Sendiri")
    for number in range(8):
        a_product(a_business(a_village(MARGOREJO)), name=f"Dekat {number}")
    a_product(a_business(a_village(PURWANTORO)), name="Jauh")

    similar, _ = cards.list_around(get_public_product(product.id), 5, 4)

    assert names(similar) == [f"Dekat {number}" for number in (7, 6, 5, 4, 3)]


@pytest.mark.parametrize("status", NOT_PUBLIC)
def test_a_listing_that_is_not_public_is_not_found(status):
    with pytest.raises(NotFound):
        get_public_product(a_product(status=status).id)
    with pytest.raises(NotFound):
        get_public_attraction(an_attraction(status=status).id)


def test_a_product_is_read_with_all_that_its_page_says():
    product = a_product(a_business(name="Tempe Sanan"), photos=2)
    product.variants = [Variant(position=0, name="Asli", price=18_000)]
    product.photos[1].photo = a_photo(width=800, height=600)
    product.photos[1].alt_text = ""
    db.session.flush()
    id = product.id
    db.session.expunge_all()

    with query_budget(3):
        details = get_public_product(id)

    assert details.village.title == "Desa Kedungrejo"
    assert details.category.slug == "camilan"
    assert details.business.name == "Tempe Sanan"
    assert [photo.alt for photo in details.photos] == ["Foto 1", "Keripik tempe, foto 2"]
    assert [(variant.name, variant.price) for variant in details.variants] == [("Asli", 18_000)]


def test_a_shelf_knows_its_group_its_siblings_and_how_full_it_is():
    snacks, cakes = a_category("camilan"), a_category("kue")
    a_category("gudang", is_current=False)

    shelf, group = categories.get_shelf("camilan"), categories.get_shelf("makanan-camilan")

    assert (shelf.category, shelf.group.slug, shelf.leaves, shelf.total) == (snacks, "makanan-camilan", (snacks,), 0)
    assert shelf.siblings == group.leaves == (snacks, cakes)
    assert [category.slug for category in categories.list_groups()] == ["makanan-camilan"]
    assert categories.list_leaves() == [snacks, cakes]
    for slug in ("gudang", "tidak-ada"):
        with pytest.raises(NotFound):
            categories.get_shelf(slug)


def test_the_richest_kabupaten_are_the_darkest_on_the_map():
    db.session.add_all(
        places.PlaceCount(place_code=code, products=products, attractions=1, villages=1, villages_with_kim=0)
        for code, products in ((TUBAN, 50), (KOTA_MALANG, 3))
    )
    db.session.flush()

    steps = {regency.code: regency.step for regency in places.list_regency_figures()}

    assert steps[TUBAN] == 5
    assert set(steps.values()) == {1, 5}
    assert len(steps) == 38


def test_the_villages_whose_kim_joined_last_stand_first():
    a_kim(registered_on=BEGINNING.date())
    a_kim(a_village(MARGOREJO), registered_on=BEGINNING.date() + timedelta(days=1))

    assert [village.code for village in places.list_newest_villages(3)] == [MARGOREJO, KEDUNGREJO]


def test_a_village_with_two_kim_that_joined_stands_there_once():
    a_kim(a_village(MARGOREJO), registered_on=BEGINNING.date())
    a_kim(registered_on=BEGINNING.date() - timedelta(days=1))
    a_kim(registered_on=BEGINNING.date() + timedelta(days=1))

    assert [village.code for village in places.list_newest_villages(3)] == [KEDUNGREJO, MARGOREJO]


def test_the_kim_of_the_business_stands_behind_its_goods_while_it_is_active():
    elder = a_kim(registered_on=date(2024, 5, 1))
    younger = a_kim(registered_on=date(2026, 5, 1))
    of_the_younger = a_product(a_business(kim_id=younger.id))
    of_nobody = a_product(a_business(name="Usaha Lain", kim_id=None))

    assert get_public_product(of_the_younger.id).kim.id == younger.id
    assert get_public_product(of_nobody.id).kim.id == elder.id

    younger.status = KimStatus.ARCHIVED
    db.session.flush()
    assert get_public_product(of_the_younger.id).kim.id == elder.id


def test_a_village_without_a_kim_is_looked_after_by_its_kecamatan():
    attraction = an_attraction()
    assert get_public_attraction(attraction.id).kim is None

    of_the_district = a_kim(village_code=None, registered_on=date(2020, 1, 1))
    assert get_public_attraction(attraction.id).kim.id == of_the_district.id

    own = a_kim(registered_on=date(2026, 1, 1))
    assert get_public_attraction(attraction.id).kim.id == own.id


def test_an_archived_business_is_not_named_with_its_goods():
    business = a_business()
    product = a_product(business)
    assert get_public_product(product.id).business.id == business.id

    business.status = BusinessStatus.ARCHIVED
    db.session.flush()
    assert get_public_product(product.id).business is None


def test_a_name_with_braces_is_a_name():
    product = a_product(name="Keripik {pedas} {0.name}", photos=1)
    db.session.execute(update(ListingPhoto).values(alt_text=""))

    (photo,) = get_public_product(product.id).photos

    assert photo.alt == "Keripik {pedas} {0.name}, foto 1"
