"""The front door, the pages of plain text, and what a load balancer asks."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import delete

from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.services.categories import load_categories
from marketplace.catalogue.services.counts import recount
from marketplace.foundation.database import db
from marketplace.regions.emblem import Dye, emblem_of
from marketplace.regions.models import District, Regency, Village
from tests.support.page_parts import sections_on
from tests.support.personas import a_kim, a_product, a_village, an_attraction
from tests.support.places import KEDUNGREJO, MARGOREJO, TUBAN

TEXT_PAGES = ("/tentang", "/tentang/izin", "/cara-jual", "/cara-pesan", "/privasi", "/kim/daftar")


@pytest.mark.both_databases
def test_from_the_front_door_everything_is_in_sight(client):
    load_categories()
    a_kim()
    a_product(name="Batik gedog")
    an_attraction(name="Sendang Maron")
    recount()

    page = client.get("/")

    assert "2 produk dan wisata dari 1 desa." in page.words
    sections = sections_on(page)
    assert sections["Baru dari desa"] == ["Batik gedog"]
    assert sections["Jalan-jalan ke desa"] == ["Sendang Maron"]
    assert page.links["Desa Kedungrejo"] == f"/desa/{KEDUNGREJO}"
    assert len(page.tree.findall(".//ul[@class='categories']//a")) == 8
    assert len(page.tree.findall(".//{*}svg[@class='map__areas']//{*}a")) == 38
    assert page.tree.find(".//a[@class='map__row']").get("href") == f"/wilayah/{TUBAN}"
    assert page.links["Jual produk"] == "/jual"


def test_the_front_door_shows_the_ten_newest_products_and_the_five_newest_attractions(client):
    for number in range(12):
        a_product(name=f"Keripik {number:02}")
        an_attraction(name=f"Goa {number:02}")
    a_product(name="Menunggu", status=ListingStatus.WAITING)

    sections = sections_on(client.get("/"))

    assert sections["Baru dari desa"] == [f"Keripik {number:02}" for number in reversed(range(2, 12))]
    assert sections["Jalan-jalan ke desa"] == [f"Goa {number:02}" for number in reversed(range(7, 12))]


def test_the_front_door_of_an_empty_marketplace_still_opens(client):
    assert client.get("/").status_code == 200


def test_the_front_door_says_which_market_day_it_is_in_java(client):
    with time_machine.travel(datetime(2026, 11, 22, 17, 0, tzinfo=UTC), tick=False):
        assert "Senin Wage, 23 November" in client.get("/").words


@pytest.mark.parametrize("path", TEXT_PAGES)
def test_a_page_of_plain_text_has_a_title_a_sentence_and_an_address(client, path):
    page = client.get(path)

    assert page.status_code == 200
    assert page.title.endswith("Pasar KIM")
    assert page.meta("description")
    assert page.tree.find("head/link[@rel='canonical']").get("href") == f"http://pasar.test{path}"
    assert page.meta("robots") is None


def test_no_two_pages_have_the_same_title_or_the_same_sentence(client):
    a_product()
    pages = [client.get(path) for path in ("/", "/produk", "/wisata", "/wilayah", f"/desa/{KEDUNGREJO}", *TEXT_PAGES)]

    assert len({page.title for page in pages}) == len(pages)
    assert len({page.meta("description") for page in pages}) == len(pages)


def test_how_to_sell_leads_to_posting_from_one_s_own_phone(client):
    page = client.get("/cara-jual")

    assert page.links["Jual produk"] == "/jual"
    steps = [step.text for step in page.tree.findall(".//ol[@class='steps']/li/h2")]
    assert steps[:2] == ["Daftar dengan nomor WhatsApp", "Foto dulu produknya"]


def test_every_link_of_the_frame_leads_somewhere(client):
    links = {link for link in client.get("/tentang").links.values() if link.startswith("/")}

    assert {"/", "/produk", "/wisata", "/wilayah", "/masuk", "/jual"} <= links
    for link in links:
        assert client.get(link).status_code == 200


def test_the_health_page_answers_without_the_database(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.text, answer.mimetype) == (200, "ok", "text/plain")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.both_databases
def test_a_marketplace_is_ready_once_the_places_are_loaded(client):
    assert (client.get("/readyz").status_code, client.get("/readyz").text) == (200, "ok")

    for level in (Village, District, Regency):
        db.session.execute(delete(level))
    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.headers["Cache-Control"] == "no-store"
    assert client.get("/healthz").status_code == 200


def test_robots_may_read_everything_but_doors_and_accounts(client):
    answer = client.get("/robots.txt")

    assert answer.mimetype == "text/plain"
    assert answer.text.splitlines() == [
        "User-agent: *",
        "Disallow: /masuk",
        "Disallow: /akun",
        "Disallow: /cari?",
        "Disallow: /cari/",
        "Sitemap: http://pasar.test/sitemap.xml",
    ]


def test_the_dye_that_a_kim_chose_is_seen_beside_its_village(client):
    a_kim(a_village(MARGOREJO))
    recount()
    chosen, marks = next(dye for dye in Dye if dye is not emblem_of(MARGOREJO).dye), []
    for dye in (None, chosen):
        a_village(MARGOREJO).dye = dye
        db.session.flush()
        marks.append(client.get("/").tree.find(".//ul[@class='places']//{*}svg").get("class"))

    assert marks == [f"tenger tenger--{emblem_of(MARGOREJO).dye}", f"tenger tenger--{chosen}"]
