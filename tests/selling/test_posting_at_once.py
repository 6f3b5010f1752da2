"""Two pages of one telephone that send the same at one moment: nothing is posted twice, and nothing is lost."""

import io
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from marketplace.accounts.models import User
from marketplace.catalogue.models.listings import Listing, ListingPhoto
from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.photos.models import Photo
from marketplace.selling.models import Draft, Upload
from marketplace.selling.services import uploads
from marketplace.umkm.models import Business
from tests.photos.samples import market_stall, saved
from tests.support.client import OpenedPage
from tests.support.personas import a_category, a_person
from tests.support.places import KEDUNGREJO, plant_places
from tests.support.telephone import PIECE, Telephone, new_id

pytestmark = pytest.mark.both_databases

PHOTO = saved(market_stall(width=300, height=200))
FIELDS = {"name": "Keripik tempe", "price": "18000", "unit": "bungkus", "category": "camilan"}
AT_ONCE = 4
# The same in every process of a run.
ONE = "01KAV3Y8M0QZT5C7N9R2W4X6B8"


@pytest.fixture
def market(fresh_marketplace: Flask) -> Flask:
    """A marketplace in which Siti has an account and nothing else."""
    with fresh_marketplace.app_context(), committed():
        plant_places()
        a_category("camilan")
        a_person(village_code=KEDUNGREJO)
    return fresh_marketplace


def telephone_in(market: Flask) -> Telephone:
    client = market.test_client()
    with market.app_context():
        siti = db.session.scalars(select(User)).one()
        cookie = siti.get_id()
    with client.session_transaction() as session:
        session.update(_user_id=cookie, _fresh=True)
    return Telephone(client)


def at_once(market: Flask, act: Callable[[Telephone, int], OpenedPage]) -> list[OpenedPage]:
    """Let several pages act at one moment, each with the token that it has had before."""
    start = threading.Barrier(AT_ONCE)

    def begin(number: int) -> OpenedPage:
        phone = telephone_in(market)
        token = phone.headers
        phone.write = lambda method, path, json=None, headers=None, **options: phone.client.open(
            path, method=method, json=json, headers=token | (headers or {}), **options
        )
        start.wait(10)
        return act(phone, number)

    with ThreadPoolExecutor(AT_ONCE) as pages:
        return list(pages.map(begin, range(AT_ONCE)))


def count(market: Flask, model: type) -> int:
    with market.app_context():
        return db.session.scalar(select(func.count()).select_from(model))


def statuses(answers: list[OpenedPage]) -> list[int]:
    return sorted(answer.status_code for answer in answers)


def test_a_draft_told_by_several_pages_at_once_is_one_draft(market):
    draft_id = new_id()

    answers = at_once(market, lambda phone, _: phone.keep(draft_id, name="Keripik tempe"))

    assert statuses(answers) == [200] * AT_ONCE
    assert count(market, Draft) == 1


def test_of_pages_that_disagree_one_is_kept_and_the_others_are_told(market):
    draft_id = new_id()

    answers = at_once(market, lambda phone, number: phone.keep(draft_id, name=f"Keripik {number}"))

    assert statuses(answers) == [200, 409, 409, 409]
    told = {answer.json["draft"]["fields"]["name"] for answer in answers if answer.status_code == 409}
    assert told == {telephone_in(market).client.get(f"/jual/draf/{draft_id}").json["fields"]["name"]}


def test_a_photo_announced_by_several_pages_at_once_is_one_upload(market):
    draft_id, upload_id = new_id(), new_id()
    telephone_in(market).keep(draft_id)

    answers = at_once(market, lambda phone, _: phone.announce(draft_id, upload_id, len(PHOTO)))

    assert statuses(answers) == [200] * (AT_ONCE - 1) + [201]
    assert count(market, Upload) == 1


def test_the_same_piece_from_several_pages_is_taken_once_and_the_others_go_on_behind_it(market):
    phone, draft_id, upload_id = telephone_in(market), new_id(), new_id()
    phone.keep(draft_id)
    phone.announce(draft_id, upload_id, len(PHOTO))

    answers = at_once(market, lambda phone, _: phone.send_piece(upload_id, 0, PHOTO[:PIECE]))

    assert statuses(answers) == [200, 409, 409, 409]
    assert {answer.headers["Upload-Offset"] for answer in answers} == {str(PIECE)}
    phone.send_piece(upload_id, PIECE, PHOTO[PIECE:])
    assert phone.announce(draft_id, upload_id, len(PHOTO)).json["photo"]


def test_the_last_piece_from_several_pages_makes_one_photo(market):
    phone, draft_id, upload_id = telephone_in(market), new_id(), new_id()
    phone.keep(draft_id)
    phone.announce(draft_id, upload_id, len(PHOTO))
    phone.send_piece(upload_id, 0, PHOTO[:PIECE])

    answers = at_once(market, lambda phone, _: phone.send_piece(upload_id, PIECE, PHOTO[PIECE:]))

    assert statuses(answers) == [200] * AT_ONCE
    assert len({answer.json["photo"]["url"] for answer in answers}) == 1
    assert count(market, Photo) == 1
    folder = market.extensions["storage"].folder
    assert [path for path in folder.rglob("uploads/**/*") if path.is_file()] == []


def test_a_draft_sent_by_several_pages_at_once_is_one_listing(market):
    phone, draft_id = telephone_in(market), new_id()
    phone.keep(draft_id)
    photo = phone.send_photo(draft_id, PHOTO)

    answers = at_once(market, lambda phone, _: phone.send(draft_id, photos=[photo], revision=2, **FIELDS))

    assert statuses(answers) == [200] * (AT_ONCE - 1) + [201]
    assert len({answer.json["listing"]["id"] for answer in answers}) == 1
    assert (count(market, Listing), count(market, ListingPhoto)) == (1, 1)


def test_a_form_without_a_script_that_is_sent_several_times_at_once_is_one_listing_with_all_its_photos(market):
    draft_id, pictures = new_id(), [PHOTO, saved(market_stall(2, width=300, height=200))]

    def press(phone: Telephone, _number: int) -> OpenedPage:
        page = phone.client.get("/jual/baru")
        token = page.tree.find(".//form[@method='post']//input[@name='csrf_token']").get("value")
        photos = [(io.BytesIO(content), "foto.png") for content in pictures]
        return phone.client.post(
            "/jual/baru", data={"csrf_token": token, "draft": draft_id, **FIELDS, "photos": photos}
        )

    answers = at_once(market, press)

    assert statuses(answers) == [303] * AT_ONCE
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert (count(market, Listing), count(market, ListingPhoto)) == (1, 2)


def test_the_first_products_sent_at_once_are_of_one_business(market):
    phone, drafts = telephone_in(market), [new_id() for _ in range(AT_ONCE)]
    photos = {}
    for draft_id in drafts:
        phone.keep(draft_id)
        photos[draft_id] = phone.send_photo(draft_id, PHOTO)

    answers = at_once(
        market,
        lambda phone, number: phone.send(drafts[number], photos=[photos[drafts[number]]], revision=2, **FIELDS),
    )

    assert statuses(answers) == [201] * AT_ONCE
    assert (count(market, Listing), count(market, Business)) == (AT_ONCE, 1)


def test_whoever_writes_does_not_wait_for_a_photo_that_is_being_made(market, monkeypatch):
    phone, draft_id, upload_id = telephone_in(market), new_id(), new_id()
    phone.keep(draft_id)
    phone.announce(draft_id, upload_id, len(PHOTO))
    phone.send_piece(upload_id, 0, PHOTO[:PIECE])
    is_decoding, may_go_on, process = threading.Event(), threading.Event(), uploads.process

    def slow_process(stream):
        is_decoding.set()
        assert may_go_on.wait(20)
        return process(stream)

    monkeypatch.setattr(uploads, "process", slow_process)
    with ThreadPoolExecutor(1) as another:
        last = another.submit(telephone_in(market).send_piece, upload_id, PIECE, PHOTO[PIECE:])
        assert is_decoding.wait(20)

        meanwhile = phone.keep(draft_id, revision=2, name="Keripik tempe")
        may_go_on.set()

        assert meanwhile.status_code == 200
        assert last.result(20).json["photo"]


class Arriving(io.BytesIO):
    """What is sent over a weak signal: after its first byte nothing comes until it may go on."""

    def __init__(self, content: bytes):
        super().__init__(content)
        self.has_begun, self.may_go_on = threading.Event(), threading.Event()

    def read(self, size: int | None = -1) -> bytes:
        self.has_begun.set()
        assert self.may_go_on.wait(20)
        return super().read(size)

    def readinto(self, buffer) -> int:
        content = self.read(len(buffer))
        buffer[: len(content)] = content
        return len(content)


@pytest.mark.parametrize(
    ("method", "path", "kind"),
    [
        ("PATCH", f"/jual/unggahan/{ONE}", "application/offset+octet-stream"),
        ("PUT", f"/jual/draf/{ONE}", "application/json"),
        ("POST", "/jual/baru", "multipart/form-data; boundary=x"),
        ("POST", "/jual/1/ubah", "multipart/form-data; boundary=x"),
        ("POST", "/jual/wisata/1/ubah", "multipart/form-data; boundary=x"),
    ],
    ids=["piece", "draft", "form", "edit", "edit of a place"],
)
def test_whoever_writes_does_not_wait_for_what_is_still_arriving(market, method, path, kind):
    phone, body, slow = telephone_in(market), Arriving(bytes(1_000)), telephone_in(market)
    headers = slow.headers | {"Upload-Offset": "0"}
    options = {"method": method, "input_stream": body, "content_type": kind, "content_length": 1_000}
    with ThreadPoolExecutor(1) as another:
        arriving = another.submit(slow.client.open, path, headers=headers, **options)
        assert body.has_begun.wait(20)

        meanwhile = phone.keep(new_id(), name="Keripik tempe")
        body.may_go_on.set()

    assert meanwhile.status_code == 200
    assert 400 <= arriving.result().status_code < 500
