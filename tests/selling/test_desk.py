"""The seller's desk: what a person sells, what needs them first, and what one tap does."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from ulid import ULID

from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingStatus
from marketplace.catalogue.models.products import Availability
from marketplace.catalogue.services import publishing
from marketplace.catalogue.services.counts import recount
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.selling.models import Draft, DraftPurpose, ProposedChange
from marketplace.selling.services.archive import archive_unanswered
from tests.support.personas import a_business, a_person, a_product
from tests.support.queries import query_budget

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]


@pytest.fixture
def siti(client):
    person = a_person()
    client.sign_in(person)
    return person


@pytest.fixture
def shop(siti):
    return a_business(owner_id=siti.id, name="Dapur Sanan")


def a_draft_of(person, **columns) -> Draft:
    kept = {"purpose": DraftPurpose.OWN_PRODUCT, "fields": {}, "photo_order": [], "revision": 1}
    moments = {"created_at": clock.now(), "updated_at": clock.now()}
    draft = Draft(id=str(ULID()), user_id=person.id, **kept, **moments, **columns)
    db.session.add(draft)
    db.session.flush()
    return draft


def fresh(**columns) -> dict:
    return {"confirmed_at": clock.now(), **columns}


def test_who_has_signed_in_sells_from_the_bar_and_finds_the_desk_under_their_own_name(client, siti):
    page = client.get("/jual")
    current = [link for link in page.tree.findall(".//nav[@class='dock']//a") if link.get("aria-current")]

    assert page.links["Jual"] == page.links["Jual produk"] == "/jual/baru"
    assert [link.get("href") for link in current] == ["/akun"]
    assert page.links["Akun saya"] == "/akun"
    assert client.get("/akun").links["Dagangan saya"] == "/jual"


def test_drafts_that_were_not_sent_are_told_and_lead_to_the_queue(client, siti):
    a_draft_of(siti)
    a_draft_of(siti, trashed_at=clock.now())
    a_draft_of(a_person("Joko"))

    assert client.get("/jual").links["1 draf belum terkirim"] == "/jual/antrean"


def test_a_visitor_is_invited(client):
    page = client.get("/jual")

    assert page.heading == "Jual produk Anda"
    assert page.links["Cara berjualan"] == "/cara-jual"


def test_problems_come_first_with_the_coordinator_s_words(client, shop):
    a_product(shop, name="Keripik pedas", **fresh())
    a_product(shop, name="Keripik kiloan", status=ListingStatus.NEEDS_FIX, fix_reason="Foto kedua masih buram.")

    words = client.get("/jual").words

    assert words.index("Keripik kiloan") < words.index("Keripik pedas")
    assert "Foto kedua masih buram." in words
    assert "Semua 2" in words
    assert "Perlu perbaikan 1" in words


def test_a_chip_shows_one_shelf(client, shop):
    a_product(shop, name="Keripik pedas", **fresh())
    a_product(shop, name="Keripik kaleng", availability=Availability.SOLD_OUT, **fresh())

    words = client.get("/jual?rak=habis").words

    assert "Keripik kaleng" in words
    assert "Keripik pedas" not in words
    assert client.get("/jual?rak=lain").status_code == 404


def test_the_desk_goes_on_where_it_ended(client, shop):
    for number in range(30):
        a_product(shop, name=f"Keripik nomor {number:02}", **fresh())

    first = client.get("/jual")
    second = client.get(first.links["Muat lebih banyak"])

    names = [f"Keripik nomor {number:02}" for number in range(30)]
    assert all((name in first.words) != (name in second.words) for name in names)
    assert client.get("/jual?setelah=9-x").status_code == 404


def test_a_full_desk_asks_the_database_no_more_than_an_empty_one(client, shop):
    for _ in range(24):
        a_product(shop, photos=2, **fresh())

    with query_budget(8):
        client.get("/jual")


def test_what_others_sell_is_not_on_the_desk_and_not_to_be_touched(client, siti):
    other = a_product(a_business(owner_id=a_person("Joko").id), name="Keripik orang lain")
    own = a_product(a_business(owner_id=siti.id), **fresh())

    assert "Keripik orang lain" not in client.get("/jual").words
    for action in ("habis", "siap", "arsip", "pulihkan", "gandakan", "masih-ada"):
        assert client.submit(f"/jual/{other.id}/{action}", on="/jual").status_code == 404
    assert client.submit(f"/jual/{other.id}/harga", on="/jual", price="1").status_code == 404
    assert own.is_public and other.availability is Availability.READY


def test_sold_out_and_ready_take_one_tap_each(client, shop):
    product = a_product(shop, **fresh())

    client.submit(f"/jual/{product.id}/habis", on="/jual")
    db.session.refresh(product)
    assert product.availability is Availability.SOLD_OUT

    client.submit(f"/jual/{product.id}/siap", on="/jual")
    db.session.refresh(product)
    assert product.availability is Availability.READY


def test_what_is_sold_out_says_so_while_it_still_waits(client, shop):
    a_product(shop, status=ListingStatus.WAITING, availability=Availability.SOLD_OUT)

    assert "Menunggu pemeriksaan KIM Habis" in client.get("/jual").words


def test_what_is_made_to_order_takes_as_long_as_before_when_it_is_there_again(client, shop):
    product = a_product(shop, availability=Availability.TO_ORDER, days_to_make=14, **fresh())

    client.submit(f"/jual/{product.id}/habis", on="/jual")
    client.submit(f"/jual/{product.id}/siap", on="/jual")

    db.session.refresh(product)
    assert (product.availability, product.days_to_make) == (Availability.TO_ORDER, 14)


@pytest.mark.parametrize("typed", ["Rp 20.000", "20 ribu", "20rb", "20.000,00"])
def test_a_price_is_read_as_people_write_it(client, shop, typed):
    product = a_product(shop, price=18_000, **fresh())

    client.submit(f"/jual/{product.id}/harga", on="/jual", price=typed)

    db.session.refresh(product)
    assert product.price == 20_000


def test_a_small_move_of_the_price_is_true_at_once(client, shop):
    product = a_product(shop, price=18_000, regular_price=19_000, **fresh())

    client.submit(f"/jual/{product.id}/harga", on="/jual", price="Rp 20.000")

    db.session.refresh(product)
    assert (product.price, product.regular_price) == (20_000, None)


def test_a_large_move_waits_while_the_old_price_stays(client, shop):
    product = a_product(shop, price=18_000, **fresh())

    client.submit(f"/jual/{product.id}/harga", on="/jual", price="90000")
    client.submit(f"/jual/{product.id}/harga", on="/jual", price="80000")

    db.session.refresh(product)
    change = db.session.scalars(select(ProposedChange)).one()
    assert (product.price, change.values) == (18_000, {"price": 80_000})
    assert "Perubahan menunggu pemeriksaan KIM" in client.get("/jual").words


@pytest.mark.parametrize("typed", ["mahal", "0", "12,5", "-4", "1.2.3"])
def test_what_is_no_price_is_kept_and_explained(client, shop, typed):
    product = a_product(shop, **fresh())

    page = client.submit(f"/jual/{product.id}/harga", on="/jual", price=typed)

    assert page.status_code == 422
    assert "Isi harganya dulu, angka saja. Contoh: 18000" in page.words
    assert page.tree.find(f".//input[@id='harga-{product.id}']").get("value") == typed


def test_what_was_shown_returns_from_the_archive_as_it_was(client, shop):
    product = a_product(shop, **fresh())
    recount()

    client.submit(f"/jual/{product.id}/arsip", on="/jual")
    db.session.refresh(product)
    assert (product.status, product.archived_from) == (ListingStatus.ARCHIVED, ListingStatus.PUBLISHED)

    client.submit(f"/jual/{product.id}/pulihkan", on="/jual")
    db.session.refresh(product)
    assert product.is_public


@pytest.mark.parametrize("before", [ListingStatus.WAITING, ListingStatus.NEEDS_FIX])
def test_what_was_never_approved_does_not_become_public_through_the_archive(client, shop, before):
    product = a_product(shop, status=before, published_at=None)

    client.submit(f"/jual/{product.id}/arsip", on="/jual")
    client.submit(f"/jual/{product.id}/pulihkan", on="/jual")

    db.session.refresh(product)
    assert product.status is ListingStatus.WAITING


def test_what_its_seller_did_not_consent_to_stays_away(client, shop):
    product = a_product(shop)
    publishing.archive([product], ArchiveReason.CONSENT_REFUSED, clock.now())

    assert client.submit(f"/jual/{product.id}/pulihkan", on="/jual").status_code == 403


def test_a_copy_is_a_draft_with_the_same_photos(client, shop):
    product = a_product(shop, photos=2, name="Keripik asli")

    client.submit(f"/jual/{product.id}/gandakan", on="/jual")

    copy = db.session.scalars(select(Listing).where(Listing.id != product.id)).one()
    assert (copy.name, copy.status, copy.published_at) == ("Keripik asli", ListingStatus.DRAFT, None)
    assert [use.photo_id for use in copy.photos] == [use.photo_id for use in product.photos]


def test_a_seller_is_asked_after_sixty_days_of_silence(client, shop):
    product = a_product(shop, confirmed_at=clock.now() - timedelta(days=61))
    assert "Masih ada?" in client.get("/jual").words

    client.submit(f"/jual/{product.id}/masih-ada", on="/jual")

    assert "Masih ada?" not in client.get("/jual").words


def test_after_a_hundred_and_twenty_days_it_waits_in_the_archive_for_one_tap(client, shop):
    silent = a_product(shop, confirmed_at=clock.now() - timedelta(days=121))
    a_product(shop, confirmed_at=clock.now() - timedelta(days=119))
    a_product(confirmed_at=clock.now() - timedelta(days=400))

    assert archive_unanswered(CONSOLE, clock.now()) == 1
    assert silent.archive_reason is ArchiveReason.UNANSWERED
    assert "Tayangkan lagi" in client.get("/jual").words

    client.submit(f"/jual/{silent.id}/pulihkan", on="/jual")
    db.session.refresh(silent)
    assert silent.is_public
    assert archive_unanswered(CONSOLE, clock.now()) == 0
