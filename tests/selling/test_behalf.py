"""Posting for a seller from the page, as without a script, and as a telephone sends it."""

import io

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.products import Product
from marketplace.foundation.database import db
from marketplace.selling.models import Consent
from tests.photos.samples import market_stall, saved
from tests.support.personas import a_category, a_coordinator_of, a_kim, a_person
from tests.support.places import KEDUNGREJO, KEREK, MARGOREJO

pytestmark = pytest.mark.usefixtures("app", "files")
PATH = "/jual/untuk-penjual"


@pytest.fixture
def rini(client):
    rini = a_coordinator_of(a_kim())
    client.sign_in(rini)
    a_category("makanan-ringan")
    return rini


def picture(number: int = 1):
    return io.BytesIO(saved(market_stall(number, 640, 480), "JPEG")), "foto.jpg"


def typed(**values) -> dict:
    product = {"name": "Keripik tempe", "price": "18.000", "unit": "bungkus", "category": "makanan-ringan"}
    return {**product, "seller_name": "Sumiati", "seller_phone": "0812-3450-0001", **values}


def hidden(page, name: str) -> str:
    return page.tree.find(f".//input[@name='{name}']").get("value")


def send(client, page=None, **values):
    page = page or client.get(PATH)
    data = {"csrf_token": hidden(page, "csrf_token"), "draft": hidden(page, "draft"), **values}
    return client.post(PATH, data=data, content_type="multipart/form-data")


def test_a_coordinator_posts_for_a_seller_in_one_go_and_gets_the_link(client, rini):
    answer = send(client, **typed(business_name="Dapur Sum", photos=[picture()]))

    product = db.session.scalars(select(Product)).one()
    assert (answer.status_code, answer.location) == (303, f"/jual/{product.id}/terkirim")
    assert (product.business.name, product.business.owner_name) == ("Dapur Sum", "Sumiati")
    assert (product.village_code, product.awaits_consent, product.posted_by_id) == (KEDUNGREJO, True, rini.id)
    page = client.get(answer.location, follow_redirects=True)
    assert page.heading == "Minta persetujuan"
    assert page.links["Kirim lewat WhatsApp"].startswith("https://wa.me/6281234500001")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"seller_phone": "0812"}, "Nomornya kurang panjang"),
        ({"seller_phone": ""}, "Isi nomor WhatsApp penjualnya dulu."),
        ({"seller_name": " "}, "Isi nama penjualnya dulu."),
        ({"business_name": "ab"}, "Nama usaha 3 sampai 80 huruf."),
        ({"price": "mahal"}, "Isi harganya dulu"),
    ],
)
def test_what_is_refused_keeps_everything(client, rini, wrong, sentence):
    page = send(client, **typed(photos=[picture()], **{"brand": "Sumber", **wrong}))

    assert page.status_code == 422
    assert sentence in page.words
    assert hidden(page, "brand") == "Sumber"
    kept = [field.get("value") for field in page.tree.findall(".//input[@name='kept']")]
    answer = send(client, page, kept=kept, **typed())
    assert answer.status_code == 303
    assert len(db.session.scalars(select(Product)).one().photos) == 1


def test_only_coordinators_find_the_page(client):
    client.sign_in(a_person(village_code=KEDUNGREJO))

    assert client.get(PATH).status_code == 403


def test_another_village_cannot_be_named(client, rini):
    send(client, **typed(village=MARGOREJO, photos=[picture()]))

    assert db.session.scalars(select(Product)).one().village_code == KEDUNGREJO


def test_the_coordinator_of_a_kecamatan_says_which_village(client):
    kim = a_kim(village_code=None, district_code=KEREK)
    client.sign_in(a_coordinator_of(kim))
    a_category("makanan-ringan")

    page = send(client, **typed(photos=[picture()]))
    assert page.status_code == 422 and "Pilih desa penjualnya dulu." in page.words
    page = send(client, **typed(photos=[picture()], village="35.73.01.1007"))
    assert page.status_code == 422
    assert send(client, **typed(photos=[picture()], village=MARGOREJO)).status_code == 303
    assert db.session.scalars(select(Product)).one().village_code == MARGOREJO


def test_a_page_opens_no_draft_of_another_kind(client, rini):
    page = send(client, **typed(price="", photos=[picture()]))

    assert hidden(page, "draft") not in client.get(f"/jual/baru?draf={hidden(page, 'draft')}").text
    assert hidden(page, "draft") in client.get(f"{PATH}?draf={hidden(page, 'draft')}").text


@pytest.mark.parametrize("who", ["a coordinator", "a seller"])
def test_a_telephone_s_draft_is_read_by_the_same_form(client, app, who):
    rini, siti = a_coordinator_of(a_kim()), a_person(village_code=KEDUNGREJO)
    a_category("makanan-ringan")
    client.sign_in(rini if who == "a coordinator" else siti)
    token = client.get("/jual/sesi").json["token"]
    draft_id = "01KB0000000000000000000000"

    answer = client.post(
        f"/jual/draf/{draft_id}/kirim",
        json={"purpose": "untuk-penjual", "fields": typed(village=KEDUNGREJO), "photos": [], "revision": 1},
        headers={"X-CSRFToken": token},
    )

    assert answer.status_code == 422
    assert list(answer.json["errors"]) == (["photos"] if who == "a coordinator" else ["village"])
    assert not db.session.scalars(select(Consent)).all()
