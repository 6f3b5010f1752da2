"""What the public begins and ceases to see, and the figures that follow."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.catalogue.errors import ConsentMissing, NothingToPublish, ReasonMissing, WrongStatus
from marketplace.catalogue.models.counts import CategoryCount, PlaceCount
from marketplace.catalogue.models.listings import ArchiveReason, ListingStatus
from marketplace.catalogue.services import publishing
from marketplace.catalogue.services.counts import recount
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.outbox import Change, Subject
from tests.support.personas import (
    BEGINNING,
    a_business,
    a_category,
    a_kim,
    a_person,
    a_product,
    a_village,
    an_attraction,
)
from tests.support.places import KEDUNGREJO, MARGOREJO, PURWANTORO

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]
LATER = BEGINNING + timedelta(days=3)


def figures() -> tuple:
    db.session.expire_all()
    places = db.session.scalars(select(PlaceCount).order_by(PlaceCount.place_code))
    shelves = db.session.scalars(select(CategoryCount).order_by(CategoryCount.category_id))
    return (
        [(row.place_code, row.products, row.attractions, row.villages, row.villages_with_kim) for row in places],
        [(row.category_id, row.listings) for row in shelves],
    )


def assert_counted_right() -> None:
    shifted = figures()
    recount()
    assert figures() == shifted


def waiting(**columns) -> dict:
    return {"status": ListingStatus.WAITING, "published_at": None, **columns}


def test_what_is_published_is_counted_where_it_lies():
    a_kim()
    a_product()
    recount()
    batik = a_category("batik", group="fesyen")
    listings = [
        a_product(**waiting()),
        a_product(a_business(a_village(MARGOREJO)), **waiting(category_id=batik.id)),
        an_attraction(a_village(PURWANTORO), **waiting()),
        an_attraction(a_village(PURWANTORO), **waiting()),
    ]

    assert publishing.publish_listings(CONSOLE, [listing.id for listing in listings], LATER) == 4

    assert all(listing.is_public and listing.published_at == LATER for listing in listings)
    assert_counted_right()


def test_what_leaves_takes_its_figures_with_it():
    a_kim()
    first, second = a_product(), an_attraction(a_village(PURWANTORO))
    recount()

    publishing.archive([first], ArchiveReason.SELLER, LATER)
    assert_counted_right()

    publishing.archive([second], ArchiveReason.SELLER, LATER)
    assert_counted_right()
    assert [places for places in figures()[0] if places[0] == PURWANTORO] == []


def test_what_comes_back_is_counted_again():
    product = a_product()
    recount()
    before = figures()

    publishing.archive([product], ArchiveReason.SELLER, LATER)
    publishing.restore(product, ListingStatus.PUBLISHED, LATER)

    assert (product.archived_from, product.archive_reason) == (None, None)
    assert figures() == before


def test_search_hears_of_what_is_published():
    product = a_product(**waiting())

    publishing.publish_listings(CONSOLE, [product.id], LATER)

    noted = db.session.scalars(select(Change.key).where(Change.subject == Subject.LISTING)).all()
    assert str(product.id) in noted


def test_publishing_twice_changes_nothing():
    product = a_product(**waiting())

    publishing.publish_listings(CONSOLE, [product.id], LATER)

    assert publishing.publish_listings(CONSOLE, [product.id], LATER + timedelta(days=1)) == 0
    assert product.published_at == LATER


def test_a_kim_s_own_queue_is_published_and_no_other():
    kim = a_kim(a_village(KEDUNGREJO))
    ours, theirs = a_product(**waiting()), a_product(a_business(a_village(MARGOREJO)), **waiting())

    assert publishing.publish_waiting(CONSOLE, kim, LATER) == 1

    assert (ours.is_public, theirs.is_public) == (True, False)


def test_what_its_seller_has_put_away_is_not_published():
    product = a_product()
    publishing.archive([product], ArchiveReason.SELLER, LATER)

    with pytest.raises(WrongStatus):
        publishing.publish_listings(CONSOLE, [product.id], LATER)


def test_what_its_seller_has_not_agreed_to_goes_on_waiting():
    agreed, asked = a_product(**waiting()), a_product(**waiting(awaits_consent=True))

    assert publishing.publish_waiting(CONSOLE, None, LATER) == 1

    assert (agreed.is_public, asked.is_public) == (True, False)
    assert publishing.count_awaiting_consent(CONSOLE, None) == 1
    assert publishing.count_awaiting_consent(CONSOLE, a_kim(a_village(MARGOREJO))) == 0
    with pytest.raises(ConsentMissing, match="Keripik tempe belum disetujui penjualnya"):
        publishing.publish_listings(CONSOLE, [asked.id], LATER)


def test_what_its_seller_has_not_agreed_to_does_not_come_back_as_shown():
    product = a_product(awaits_consent=True)
    publishing.archive([product], ArchiveReason.SELLER, LATER)

    with pytest.raises(ConsentMissing):
        publishing.restore(product, ListingStatus.PUBLISHED, LATER)


def test_an_unknown_number_is_named():
    with pytest.raises(NothingToPublish, match="987654"):
        publishing.publish_listings(CONSOLE, [987654], LATER)


def test_what_is_sent_back_tells_its_seller_why_and_is_no_longer_shown():
    product = a_product()
    recount()

    publishing.send_back(CONSOLE, product.id, " Foto kedua masih buram. ", LATER)

    assert product.status is ListingStatus.NEEDS_FIX
    assert (product.fix_reason, product.fix_asked_at) == ("Foto kedua masih buram.", LATER)
    assert_counted_right()


def test_nobody_sends_back_without_a_reason():
    with pytest.raises(ReasonMissing):
        publishing.send_back(CONSOLE, a_product().id, "  ", LATER)


def test_a_seller_does_not_publish():
    with pytest.raises(NotAllowed):
        publishing.publish_listings(a_person(), [a_product(**waiting()).id], LATER)
