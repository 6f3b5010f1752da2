"""How often listings are looked at and lead to WhatsApp: who counts, who does not, and what is kept of it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from marketplace.catalogue.models.counts import ListingDayCount
from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.services import attention
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.limits import limiter
from marketplace.foundation.tally import Tally
from marketplace.foundation.transactions import committed
from tests.support.personas import a_business, a_coordinator_of, a_kim, a_person, a_product, an_attraction
from tests.support.places import plant_places
from tests.support.queries import query_budget

pytestmark = pytest.mark.both_databases

TELEPHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)
OLD_TELEPHONE = "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/191.283; U; id) Presto/2.12.423 Version/12.16"
CUBOT = (
    "Mozilla/5.0 (Linux; Android 9; CUBOT P30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"
)
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"


@pytest.fixture(autouse=True)
def nothing_counted():
    """Begin with nothing counted, and leave nothing to other tests."""
    attention.forget_visits()
    yield
    attention.forget_visits()
    limiter.reset()


@pytest.fixture
def product(app):
    return a_product(a_business(owner_id=a_person("Joko").id), name="Keripik tempe")


def look(client, product, telephone: str = TELEPHONE, **headers):
    page = client.get(f"/produk/{product.id}-{product.slug}", headers={"User-Agent": telephone, **headers})
    assert page.status_code == 200
    return page


def tap(client, listing_id: int, telephone: str = TELEPHONE, **headers) -> int:
    return client.post(f"/ketuk/{listing_id}", headers={"User-Agent": telephone, **headers}).status_code


def counted() -> list[tuple[int, int, int]]:
    attention.flush()
    rows = db.session.scalars(select(ListingDayCount).order_by(ListingDayCount.listing_id))
    return [(row.listing_id, row.views, row.whatsapp_taps) for row in rows]


def test_a_buyer_who_looks_and_writes_counts_once_an_hour(client, product):
    for _ in range(3):
        look(client, product)
        assert tap(client, product.id) == 204

    assert counted() == [(product.id, 1, 1)]


@pytest.mark.parametrize("telephone", [OLD_TELEPHONE, CUBOT])
def test_two_telephones_behind_one_address_are_two_buyers(client, product, telephone):
    look(client, product)
    look(client, product, telephone)

    assert counted() == [(product.id, 2, 0)]


def test_a_visit_to_an_attraction_counts_as_well(client, app):
    attraction = an_attraction()

    client.get(f"/wisata/{attraction.id}-{attraction.slug}", headers={"User-Agent": TELEPHONE})
    tap(client, attraction.id)

    assert counted() == [(attraction.id, 1, 1)]


@pytest.mark.parametrize("program", [GOOGLEBOT, "curl/8.5.0", "WhatsApp/2.24.6 N", "python-requests/2.32", ""])
def test_programs_do_not_count(client, product, program):
    look(client, product, program)
    tap(client, product.id, program)

    assert counted() == []


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose"])
def test_what_a_browser_fetches_ahead_does_not_count(client, product, header):
    look(client, product, **{header: "prefetch;prerender"})

    assert counted() == []


def test_an_address_that_leads_on_to_the_page_does_not_count_twice(client, product):
    client.get(f"/produk/{product.id}", headers={"User-Agent": TELEPHONE})

    assert counted() == []


def test_its_seller_and_the_kim_do_not_count_but_neighbours_do(client, product):
    coordinator = a_coordinator_of(a_kim())
    for person in (product.business.owner, coordinator):
        client.sign_in(person)
        look(client, product)
        tap(client, product.id)
    assert counted() == []

    client.sign_in(a_person("Tetangga"))
    look(client, product)

    assert counted() == [(product.id, 1, 0)]


@pytest.mark.parametrize("status", [ListingStatus.WAITING, ListingStatus.ARCHIVED, ListingStatus.DRAFT])
def test_what_is_not_public_is_not_there_to_be_counted(client, product, status):
    hidden = a_product(product.business, status=status)

    assert tap(client, hidden.id) == 404
    assert tap(client, 2**31 - 1) == 404
    assert counted() == []


def test_another_site_does_not_count_by_the_browsers_of_its_visitors(client, product):
    assert tap(client, product.id, **{"Sec-Fetch-Site": "cross-site"}) == 204
    assert counted() == []

    tap(client, product.id, **{"Sec-Fetch-Site": "same-origin"})
    assert counted() == [(product.id, 0, 1)]


def test_a_program_that_counts_itself_up_is_stopped(client, product):
    answers = [tap(client, product.id) for _ in range(122)]

    assert set(answers[:120]) == {204}
    assert set(answers[120:]) == {429}


def test_the_button_says_where_a_tap_is_counted(client, product):
    buttons = look(client, product).tree.findall(".//a[@data-counts]")

    assert {button.get("data-counts") for button in buttons} == {f"/ketuk/{product.id}"}
    assert all(button.get("href").startswith("https://wa.me/") for button in buttons)


def test_looking_writes_nothing_to_the_database(product):
    with query_budget(0):
        attention.note_view(product.id, "somebody")


def test_the_memory_of_visits_does_not_grow(app):
    visits = attention.Visits(seconds=3600, most=10)

    assert all(visits.is_new(str(number)) for number in range(100))

    assert not visits.is_new("99")
    assert len(visits._younger) + len(visits._elder) <= 10


def test_who_comes_back_the_next_day_has_come_twice(app):
    visits = attention.Visits(seconds=0, most=10)

    assert visits.is_new("Siti")
    assert visits.is_new("Siti")


def test_what_is_counted_of_a_listing_that_is_unknown_stops_nothing(product):
    attention.note_view(2**31 - 1, "somebody")
    attention.note_view(product.id, "somebody")

    assert counted() == [(product.id, 1, 0)]


def test_days_of_long_ago_are_let_go(product):
    today = clock.today()
    for days in (attention.DAYS_KEPT, attention.DAYS_KEPT + 1):
        day = today - timedelta(days=days)
        db.session.add(ListingDayCount(listing_id=product.id, day=day, views=days, whatsapp_taps=0))
    db.session.flush()

    assert attention.forget_old_days(CONSOLE, today) == 1
    assert counted() == [(product.id, attention.DAYS_KEPT, 0)]
    with pytest.raises(NotAllowed):
        attention.forget_old_days(a_person(), today)


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace with five products, to which several processes may write."""
    with fresh_marketplace.app_context(), committed():
        plant_places()
        shop = a_business()
        for number in range(5):
            a_product(shop, name=f"Keripik nomor {number}")
    return fresh_marketplace


def test_several_processes_add_to_the_same_day_and_lose_nothing(market):
    with market.app_context():
        ids = list(db.session.scalars(select(Listing.id).order_by(Listing.id)))
        db.session.rollback()
    begin = threading.Barrier(4)

    def process() -> None:
        """Count as a process of its own does, with sums of its own."""
        tally = Tally(attention.counts, "listing_id", ("views", "whatsapp_taps"), most_a_day=100)
        begin.wait()
        with market.app_context():
            for _ in range(10):
                for listing_id in ids:
                    tally.add(clock.today(), listing_id, 1, 2)
                tally.flush(attention._write)

    with ThreadPoolExecutor(4) as processes:
        for done in [processes.submit(process) for _ in range(4)]:
            done.result()

    with market.app_context():
        assert counted() == [(listing_id, 40, 80) for listing_id in ids]
