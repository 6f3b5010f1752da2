"""What the scripts of a telephone tell the server of drafts, and what it answers, also to what no script of ours sends."""

import json

import pytest
from sqlalchemy import func, select

from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation.database import db
from marketplace.selling.models import Draft
from tests.photos.samples import market_stall, saved
from tests.support.personas import a_category, a_person
from tests.support.places import KEDUNGREJO
from tests.support.repository import ROOT
from tests.support.telephone import PIECE, Telephone, new_id

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]

FIELDS = {"name": "Keripik tempe", "price": "18.000", "unit": "bungkus", "category": "camilan"}
PHOTO = saved(market_stall())
# The same in every process of a run.
ONE = "01KAV3Y8M0QZT5C7N9R2W4X6B8"
PICTURES = ROOT / "marketplace" / "examples" / "data" / "pictures"


@pytest.fixture
def siti(client):
    siti = a_person(village_code=KEDUNGREJO)
    a_category("camilan")
    client.sign_in(siti)
    return siti


@pytest.fixture
def phone(client, siti):
    return Telephone(client)


def listings() -> list[Listing]:
    return list(db.session.scalars(select(Listing).execution_options(populate_existing=True)))


def test_a_script_learns_who_is_signed_in(client, siti):
    answer = client.get("/jual/sesi")

    assert answer.json.keys() == {"person", "name", "token"}
    assert (answer.json["person"], answer.json["name"]) == (siti.id, siti.name)
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/jual/sesi"),
        ("GET", "/jual/draf"),
        ("PUT", f"/jual/draf/{ONE}"),
        ("POST", f"/jual/draf/{ONE}/kirim"),
        ("POST", "/jual/unggahan"),
        ("PATCH", f"/jual/unggahan/{ONE}"),
    ],
)
def test_a_script_of_nobody_is_told_so_in_json(client, method, path):
    answer = client.open(path, method=method)

    assert answer.status_code == 401
    assert answer.json["error"]["message"]


def test_another_telephone_of_the_person_sees_the_draft(client, phone, siti):
    draft_id, coming = new_id(), new_id()
    phone.keep(draft_id, name="Keripik", photos=[coming])
    there = phone.send_photo(draft_id, PHOTO)

    answer = phone.keep(draft_id, name="Keripik", photos=[there, coming], revision=2, delivery=["ambil"])

    assert answer.json == {"revision": 2}
    [draft] = client.get("/jual/draf").json["drafts"]
    assert draft == client.get(f"/jual/draf/{draft_id}").json
    assert (draft["fields"], draft["revision"]) == ({"name": "Keripik", "delivery": ["ambil"]}, 2)
    assert [(photo["state"], photo["received"]) for photo in draft["photos"]] == [("siap", len(PHOTO)), ("datang", 0)]
    assert client.get(draft["photos"][0]["url"]).status_code == 200


def test_an_older_page_is_told_what_a_newer_one_has_kept(phone):
    draft_id = new_id()
    phone.keep(draft_id, name="Keripik tempe", revision=5)

    same, other = phone.keep(draft_id, name="Keripik tempe", revision=4), phone.keep(draft_id, name="Lain", revision=5)

    assert (same.status_code, same.json) == (200, {"revision": 5})
    assert (other.status_code, other.json["draft"]["fields"]) == (409, {"name": "Keripik tempe"})


def test_a_draft_of_another_is_not_there(client, phone):
    draft_id = new_id()
    phone.keep(draft_id, name="Keripik")
    client.sign_in(a_person("Budi"))

    tried = [
        client.get(f"/jual/draf/{draft_id}"),
        phone.keep(draft_id, name="Milik saya", revision=9),
        phone.write("DELETE", f"/jual/draf/{draft_id}"),
        phone.write("POST", f"/jual/draf/{draft_id}/pulihkan"),
        phone.send(draft_id, revision=9, **FIELDS),
    ]

    assert {answer.status_code for answer in tried} == {404}
    assert client.get("/jual/draf").json == {"drafts": []}


def test_a_draft_is_put_away_and_comes_back(client, phone):
    draft_id = new_id()
    phone.keep(draft_id, name="Keripik")

    assert phone.write("DELETE", f"/jual/draf/{draft_id}").status_code == 204
    assert client.get(f"/jual/draf/{draft_id}").json["trashed"] is True
    assert phone.write("POST", f"/jual/draf/{draft_id}/pulihkan").status_code == 204
    assert client.get(f"/jual/draf/{draft_id}").json["trashed"] is False


def test_a_draft_becomes_one_listing_however_often_it_is_sent(client, phone, siti):
    draft_id = new_id()
    phone.keep(draft_id)
    photos = [phone.send_photo(draft_id, saved(market_stall(number))) for number in (1, 2, 3)]

    first, again = (phone.send(draft_id, photos=photos, revision=2, **FIELDS) for _ in range(2))
    later = phone.send(draft_id, photos=photos[:1], revision=3, name="Lain")

    assert [answer.status_code for answer in (first, again, later)] == [201, 200, 200]
    assert first.json == again.json == later.json
    [product] = listings()
    assert first.json["listing"] == {"id": product.id, "url": f"/jual/{product.id}/terkirim"}
    assert isinstance(product, Product) and (product.name, product.price) == ("Keripik tempe", 18_000)
    assert (product.status, len(product.photos)) == (ListingStatus.WAITING, 3)
    assert phone.keep(draft_id, revision=9).json == client.get(f"/jual/draf/{draft_id}").json == first.json
    assert phone.write("DELETE", f"/jual/draf/{draft_id}").json == first.json
    assert client.get("/jual/draf").json == {"drafts": []}


def test_what_cannot_be_sent_yet_is_kept_and_says_why(client, phone):
    draft_id = new_id()

    answer = phone.send(draft_id, name="Ke", price="murah")

    assert answer.status_code == 422
    assert answer.json["errors"].keys() >= {"name", "price", "unit"}
    assert all(isinstance(text, str) for texts in answer.json["errors"].values() for text in texts)
    assert client.get(f"/jual/draf/{draft_id}").json["fields"] == {"name": "Ke", "price": "murah"}


def test_photos_that_have_not_arrived_are_named(phone):
    draft_id, announced, unknown = new_id(), new_id(), new_id()
    phone.keep(draft_id)
    phone.announce(draft_id, announced, len(PHOTO))

    answer = phone.send(draft_id, photos=[announced, unknown], revision=2, **FIELDS)

    assert (answer.status_code, answer.json) == (409, {"missing": [announced, unknown]})
    assert phone.send(draft_id, revision=3, **FIELDS).json["errors"].keys() == {"photos"}
    assert listings() == []


def test_a_photo_whose_last_answer_was_lost_counts_when_the_draft_is_sent(phone, siti, monkeypatch):
    draft_id, upload_id = new_id(), new_id()
    phone.keep(draft_id)
    phone.announce(draft_id, upload_id, len(PHOTO))
    with monkeypatch.context() as server:
        # The server is stopped between the last byte and the photo.
        server.setattr("marketplace.selling.views.uploads.settle", lambda *_: None)
        for offset in range(0, len(PHOTO), PIECE):
            phone.send_piece(upload_id, offset, PHOTO[offset : offset + PIECE])

    assert phone.send(draft_id, photos=[upload_id], revision=2, **FIELDS).status_code == 201


def test_whoever_has_not_said_where_they_live_is_told_where_to(client, phone, siti):
    siti.village_code = None
    draft_id = new_id()
    phone.keep(draft_id)
    photo = phone.send_photo(draft_id, PHOTO)

    answer = phone.send(draft_id, photos=[photo], revision=2, **FIELDS)

    assert answer.status_code == 422
    assert "Akun" in answer.json["errors"]["village"][0]


def test_a_request_without_the_token_of_our_pages_changes_nothing(client, siti):
    draft_id, content = new_id(), {"purpose": "produk", "fields": {}, "photos": [], "revision": 1}

    for headers in ({}, {"X-CSRFToken": "made up"}):
        answer = client.put(f"/jual/draf/{draft_id}", json=content, headers=headers)
        assert answer.status_code == 400
        assert answer.json["error"]["message"]
    assert db.session.scalar(select(func.count()).select_from(Draft)) == 0


GOOD = {"purpose": "produk", "fields": {"name": "Keripik"}, "photos": [], "revision": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b"[" * 60_000,
        b"9" * 60_000,
        [],
        None,
        {**GOOD, "purpose": "lain"},
        {**GOOD, "purpose": ["produk"]},
        {**GOOD, "fields": []},
        {**GOOD, "fields": {"name": 7}},
        {**GOOD, "fields": {"name": {"a": "b"}}},
        {**GOOD, "fields": {"delivery": ["ambil", None]}},
        {**GOOD, "fields": {"": "nothing"}},
        {**GOOD, "fields": {"n" * 61: "long"}},
        {**GOOD, "fields": {"name": "a\0b"}},
        {**GOOD, "fields": {"name": "\ud83d"}},
        {**GOOD, "fields": {"\udc00": "half"}},
        {**GOOD, "fields": {f"field{number}": "x" for number in range(101)}},
        {**GOOD, "fields": {"delivery": ["x"] * 61}},
        {**GOOD, "photos": "none"},
        {**GOOD, "photos": ["short"]},
        {**GOOD, "photos": [ONE, ONE]},
        {**GOOD, "photos": [ONE.lower()]},
        {**GOOD, "photos": [new_id() for _ in range(13)]},
        {**GOOD, "revision": -1},
        {**GOOD, "revision": 2**31},
        {**GOOD, "revision": True},
        {**GOOD, "revision": 1.5},
        {**GOOD, "revision": "1"},
        {},
    ],
)
@pytest.mark.parametrize("end", ["", "/kirim"])
def test_what_no_page_of_ours_sends_is_refused_in_words(phone, content, end):
    method = "POST" if end else "PUT"
    data = content if isinstance(content, bytes) else json.dumps(content)

    answer = phone.write(method, f"/jual/draf/{new_id()}{end}", data=data, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert answer.json["error"]["message"]


def test_more_text_than_any_form_has_is_refused(phone):
    answer = phone.keep(new_id(), description="x" * 70_000)

    assert answer.status_code == 413
    assert answer.json["error"]["message"]


@pytest.mark.parametrize(
    "path", ["/jual/draf/short", "/jual/draf/%00", f"/jual/draf/{ONE.lower()}", "/jual/unggahan/1"]
)
def test_an_address_that_is_no_draft_leads_nowhere(client, siti, path):
    assert client.get(path).status_code == 404


def test_too_many_changes_in_a_minute_are_refused_in_words(phone):
    token, draft_id = phone.headers, new_id()
    answers = [
        phone.client.put(f"/jual/draf/{draft_id}", json={**GOOD, "revision": number}, headers=token)
        for number in range(1, 302)
    ]

    assert {answer.status_code for answer in answers[:300]} == {200}
    assert answers[300].status_code == 429
    assert "aman" in answers[300].json["error"]["message"]


def test_a_post_whose_every_message_is_cut_and_repeated_is_one_listing_with_three_photos(phone, siti):
    """Real pictures; every answer is lost once, every photo begins anew in the middle, the draft is sent thrice."""
    draft_id, pictures = new_id(), [path.read_bytes() for path in sorted(PICTURES.glob("*.jpg"))[:3]]
    uploads = [new_id() for _ in pictures]
    fields = {**FIELDS, "description": "Tempe tipis, digoreng dua kali.", "delivery": ["ambil", "titip"]}
    for _ in range(2):
        assert phone.keep(draft_id, photos=uploads, revision=1, **fields).status_code == 200
    for upload_id, content in zip(uploads, pictures, strict=True):
        assert phone.send(draft_id, photos=uploads, revision=1, **fields).status_code == 409
        bring(phone, draft_id, upload_id, content)

    answers = [phone.send(draft_id, photos=uploads, revision=1, **fields) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [201, 200, 200]
    [product] = listings()
    assert {answer.json["listing"]["id"] for answer in answers} == {product.id}
    assert len({use.photo_id for use in product.photos}) == len(product.photos) == 3
    assert product.business.owner_id == siti.id


def bring(phone: Telephone, draft_id: str, upload_id: str, content: bytes) -> None:
    received, is_lost = 0, True
    while received < len(content):
        received = phone.announce(draft_id, upload_id, len(content)).json["received"]
        piece = content[received : received + PIECE]
        answer = phone.send_piece(upload_id, received, piece)
        if is_lost:
            again = phone.send_piece(upload_id, received, piece)
            assert again.status_code in {200, 409} and int(again.headers["Upload-Offset"]) == received + len(piece)
        is_lost = not is_lost
        received = answer.json["received"]
