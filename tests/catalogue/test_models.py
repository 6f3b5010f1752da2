"""Listings: what their rows promise."""

import pytest
from sqlalchemy.exc import DatabaseError, IntegrityError

from marketplace.catalogue.errors import WrongStatus
from marketplace.catalogue.models.counts import CategoryCount
from marketplace.catalogue.models.listings import NEXT_STATUSES, Listing, ListingPhoto, ListingStatus
from marketplace.catalogue.models.products import Availability, Delivery, Payment, Product, Variant
from marketplace.foundation import clock
from marketplace.foundation.database import db
from tests.support.personas import BEGINNING, a_category, a_photo, a_product, an_attraction
from tests.support.places import KEREK, PURWANTORO, TUBAN


def reread(listing):
    """Return the listing as the database has it."""
    db.session.flush()
    db.session.expire(listing)
    return listing


def test_a_listing_lies_in_the_kecamatan_and_kabupaten_of_its_village():
    product = a_product()
    assert (product.district_code, product.regency_code) == (KEREK, TUBAN)

    product.village_code = PURWANTORO
    assert (reread(product).district_code, product.regency_code) == ("35.73.01", "35.73")


def test_a_listing_that_claims_another_kabupaten_is_refused():
    product = a_product()
    product.regency_code = "35.73"

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("name", ["ab", "x" * 81])
def test_a_name_has_three_to_eighty_letters(name):
    with pytest.raises(DatabaseError):
        a_product(name=name)


@pytest.mark.parametrize("price", [0, -1])
def test_a_price_is_more_than_nothing(price):
    with pytest.raises(IntegrityError):
        a_product(price=price)


def test_a_product_without_a_price_is_asked_for():
    assert reread(a_product(price=None)).price is None


def test_a_price_may_be_larger_than_two_billion():
    assert reread(a_product(price=3_500_000_000)).price == 3_500_000_000


@pytest.mark.parametrize("regular_price", [18_000, 17_999])
def test_a_struck_price_is_higher_than_the_price(regular_price):
    with pytest.raises(IntegrityError):
        a_product(price=18_000, regular_price=regular_price)


@pytest.mark.parametrize(
    ("availability", "days_to_make"),
    [(Availability.TO_ORDER, None), (Availability.READY, 3)],
)
def test_only_what_is_made_to_order_takes_days(availability, days_to_make):
    with pytest.raises(IntegrityError):
        a_product(availability=availability, days_to_make=days_to_make)


def test_an_order_has_at_least_one_piece():
    with pytest.raises(IntegrityError):
        a_product(minimum_order=0)


def test_a_product_keeps_its_season_its_ways_and_its_variants():
    product = a_product(
        season=frozenset({12, 1, 2}),
        delivery=frozenset({Delivery.PICK_UP, Delivery.COURIER}),
        payment=frozenset({Payment.QRIS}),
    )
    product.variants = [Variant(position=1, name="Pedas", price=20_000), Variant(position=0, name="Asli", price=18_000)]

    reread(product)

    assert product.season == {12, 1, 2}
    assert product.delivery == {Delivery.PICK_UP, Delivery.COURIER}
    assert product.payment == {Payment.QRIS}
    assert [variant.name for variant in product.variants] == ["Asli", "Pedas"]


@pytest.mark.parametrize(
    "column", ["adult_ticket", "child_ticket", "group_ticket", "motorcycle_parking", "bus_parking"]
)
def test_a_visit_costs_nothing_or_more_but_never_less(column):
    assert getattr(reread(an_attraction(**{column: 0})), column) == 0
    with pytest.raises(IntegrityError):
        an_attraction(**{column: -1})


@pytest.mark.parametrize("point", [{"latitude": 52.5}, {"longitude": 13.4}, {"latitude": -11.1}])
def test_an_attraction_lies_in_indonesia(point):
    with pytest.raises(IntegrityError):
        an_attraction(**point)


@pytest.mark.parametrize("warning", [{"warning": "Longsor"}, {"warning_ends_on": BEGINNING.date()}])
def test_a_warning_has_an_end(warning):
    with pytest.raises(IntegrityError):
        an_attraction(**warning)


def test_what_is_public_has_a_moment_since_when():
    with pytest.raises(IntegrityError):
        a_product(status=ListingStatus.PUBLISHED, published_at=None)


@pytest.mark.parametrize("status", ListingStatus)
def test_only_a_published_listing_is_public(status):
    assert a_product(status=status).is_public == (status is ListingStatus.PUBLISHED)


@pytest.mark.parametrize("status", ListingStatus)
@pytest.mark.parametrize("wanted", ListingStatus)
def test_a_listing_goes_only_along_the_allowed_paths(status, wanted):
    product = Product(status=status)
    if wanted in NEXT_STATUSES[status]:
        product.move_to(wanted, clock.now())
        assert product.status is wanted
    else:
        with pytest.raises(WrongStatus):
            product.move_to(wanted, clock.now())
        assert product.status is status


def test_a_listing_that_is_published_again_keeps_its_place_in_the_lists():
    product = a_product()
    since = product.published_at
    for status in (ListingStatus.ARCHIVED, ListingStatus.PUBLISHED):
        product.move_to(status, clock.now())

    assert product.published_at == since
    assert product.updated_at > since


def test_two_people_cannot_overwrite_each_others_change():
    product = a_product()
    before = product.version
    product.name = "Keripik tempe Sanan"
    db.session.flush()

    assert product.version == before + 1


def test_photos_stand_in_their_order_and_leave_with_the_listing_only():
    product = a_product()
    for position in (1, 0):
        product.photos.append(ListingPhoto(photo=a_photo(), position=position))
    reread(product)

    assert [use.position for use in product.photos] == [0, 1]


def test_two_photos_cannot_both_be_the_cover():
    product = a_product(photos=1)
    product.photos.append(ListingPhoto(photo=a_photo(), position=0))

    with pytest.raises(IntegrityError):
        db.session.flush()


@pytest.mark.parametrize("needed", ["village", "category", "business"])
def test_what_a_listing_refers_to_cannot_be_deleted(needed):
    product = a_product()
    db.session.delete(getattr(product, needed))

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_a_category_with_a_count_cannot_be_deleted_unnoticed():
    category = a_category()
    db.session.add(CategoryCount(category_id=category.id, listings=1))
    db.session.flush()
    db.session.delete(category)

    with pytest.raises(IntegrityError):
        db.session.flush()


def test_products_and_attractions_are_one_kind_of_row():
    product, attraction = a_product(), an_attraction()
    db.session.expunge_all()

    assert type(db.session.get(Listing, product.id)).__name__ == "Product"
    assert type(db.session.get(Listing, attraction.id)).__name__ == "Attraction"
    assert db.session.get(Product, attraction.id) is None


def test_the_address_of_a_listing_is_made_of_its_name():
    assert a_product(name="Keripik “Tempe” Sanan & Usus 250 g").slug == "keripik-tempe-sanan-usus-250-g"
    assert a_product(name="ꦥꦱꦂ").slug == "tanpa-nama"
