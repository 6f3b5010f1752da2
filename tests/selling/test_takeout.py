"""Taking one's data along: everything that is kept about a person, and nothing that opens an account."""

import io
import json
import zipfile

import pytest
from sqlalchemy import select

from marketplace.accounts.models import AccountEvent, AccountEventKind
from marketplace.foundation.database import db
from marketplace.foundation.limits import limiter
from marketplace.foundation.storage import current_storage
from marketplace.photos.addresses import master_key
from tests.selling.leavers import a_device, a_draft
from tests.support.personas import PASSWORD_HASH, a_business, a_person, a_product

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]


@pytest.fixture(autouse=True)
def nobody_is_limited():
    yield
    limiter.reset()


@pytest.fixture
def siti(client):
    person = a_person(village_code="35.23.08.2009")
    client.sign_in(person)
    return person


@pytest.fixture
def shop(siti):
    return a_business(owner_id=siti.id, name="Dapur Sanan", whatsapp=siti.phone, hamlet="Krajan")


def opened(answer) -> tuple[zipfile.ZipFile, dict]:
    file = zipfile.ZipFile(io.BytesIO(answer.data))
    return file, json.loads(file.read("data.json"))


def test_a_person_takes_along_all_that_is_kept_about_them(client, siti, shop):
    product = a_product(shop, photos=1, name="Keripik pedas", delivery={"ambil", "diantar"})
    current_storage().save(master_key(product.photos[0].photo.digest), b"a picture", "image/jpeg")
    a_draft(siti)
    a_device(siti)

    answer = client.submit("/akun/unduh")
    file, data = opened(answer)

    assert answer.mimetype == "application/zip"
    assert answer.headers["Cache-Control"] == "no-store"
    assert (data["akun"]["name"], data["akun"]["phone"]) == ("Siti Aminah", siti.phone)
    assert data["perangkat"][0]["name"] == "HP Siti"
    assert (data["usaha"][0]["name"], data["usaha"][0]["hamlet"]) == ("Dapur Sanan", "Krajan")
    listing = data["dagangan"][0]
    assert (listing["name"], listing["price"], listing["unit"], listing["status"]) == (
        "Keripik pedas",
        18_000,
        "bungkus",
        "tayang",
    )
    assert listing["delivery"] == ["ambil", "diantar"]
    assert data["draf"][0]["fields"] == {"name": "Keripik setengah jadi"}
    assert file.read(listing["photos"][0]["file"]) == b"a picture"
    assert file.testzip() is None
    event = db.session.scalars(select(AccountEvent).where(AccountEvent.user_id == siti.id)).one()
    assert event.kind is AccountEventKind.DATA_DOWNLOADED


def test_no_secret_and_nothing_of_others_is_taken_along(client, siti, shop):
    a_product(shop, name="Keripik pedas")
    others = a_product(a_business(owner_id=a_person("Joko", phone="+628155556666").id), posted_by_id=siti.id)
    others.description = "Rahasia Joko"
    a_device(siti)
    db.session.flush()

    text = client.submit("/akun/unduh")
    _, data = opened(text)
    written = json.dumps(data)

    for secret in (PASSWORD_HASH, "a" * 64, "secret_hash", "password_hash", "Rahasia Joko", "+628155556666"):
        assert secret not in written
    assert data["dipasang_untuk_orang_lain"][0]["id"] == others.id


def test_who_posted_for_a_seller_is_not_told_in_their_data(client, siti, shop):
    a_product(shop, posted_by_id=a_person("Rini").id)

    _, data = opened(client.submit("/akun/unduh"))

    assert "posted_by_id" not in data["dagangan"][0]


def test_a_photo_that_is_lost_keeps_nothing_else_back(client, siti, shop):
    a_product(shop, photos=2)

    file, data = opened(client.submit("/akun/unduh"))

    assert len(file.read("foto/tidak-terbaca.txt").decode().splitlines()) == 2
    assert len(data["dagangan"]) == 1
