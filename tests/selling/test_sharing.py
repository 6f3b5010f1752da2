"""Photos shared with Pasar KIM from another app, where no service worker takes them."""

from io import BytesIO

import pytest
from sqlalchemy import func, select

from marketplace.foundation.database import db
from marketplace.selling.models import Draft, DraftPurpose
from tests.photos.samples import market_stall, saved
from tests.support.personas import a_person, a_village

FROM_THE_PHONE = {"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def siti(client):
    """A seller who is signed in."""
    person = a_person("Siti Aminah", village=a_village())
    client.sign_in(person)
    return person


def jpeg(number: int = 1) -> bytes:
    return saved(market_stall(number), "JPEG")


def share(client, *photos: bytes, headers=FROM_THE_PHONE, **words):
    files = [(BytesIO(photo), f"foto-{number}.jpg") for number, photo in enumerate(photos)]
    return client.post("/jual/berbagi", data={**words, "photos": files}, headers=headers)


def only_draft() -> Draft:
    return db.session.scalars(select(Draft)).one()


def count_drafts() -> int:
    return db.session.scalar(select(func.count()).select_from(Draft))


@pytest.mark.both_databases
def test_shared_photos_become_a_draft_of_the_person(client, siti):
    answer = share(client, jpeg(), jpeg(2), text="Keripik tempe Bu Siti")

    draft = only_draft()
    assert (answer.status_code, answer.location) == (303, f"/jual/baru?draf={draft.id}")
    assert (draft.user_id, draft.purpose) == (siti.id, DraftPurpose.OWN_PRODUCT)
    assert draft.fields == {"name": "Keripik tempe Bu Siti"}
    assert draft.photo_order == [upload.id for upload in draft.uploads]
    assert len(draft.uploads) == 2
    assert all(upload.photo_id for upload in draft.uploads)
    assert client.get(answer.location).status_code == 200


def test_a_caption_becomes_the_description(client, siti):
    share(client, jpeg(), text="Keripik tempe\nRenyah: dari Sanan", url="https://contoh.test/keripik")

    assert only_draft().fields == {"description": "Keripik tempe\nRenyah: dari Sanan\nhttps://contoh.test/keripik"}


def test_what_is_no_photo_is_said_and_the_others_stay(client, siti):
    answer = share(client, b"bukan foto", jpeg())

    assert len(only_draft().photo_order) == 1
    assert client.get(answer.location).tree.find(".//div[@role='status']") is not None


def test_more_photos_than_a_product_has_are_not_kept(client, siti):
    share(client, *[jpeg(number) for number in range(10)])

    assert len(only_draft().photo_order) == 8


def test_sharing_nothing_begins_nothing(client, siti):
    assert share(client).location == "/jual/baru"
    assert count_drafts() == 0


@pytest.mark.parametrize("site", ["cross-site", "same-site", None])
def test_another_site_cannot_put_a_draft_into_an_account(client, siti, site):
    headers = {"Sec-Fetch-Site": site} if site else {}

    assert share(client, jpeg(), headers=headers).status_code == 400
    assert count_drafts() == 0


def test_who_has_not_signed_in_is_asked_to(client):
    answer = share(client, jpeg())

    assert answer.location == "/masuk"
    assert "Belum terkirim" in client.get("/masuk").words
    assert count_drafts() == 0


def test_what_nobody_types_is_not_kept(client, siti):
    share(client, title="Keripik\x00 tempe", text="x" * 10_000)

    fields = only_draft().fields
    assert fields["name"] == "Keripik tempe"
    assert len(fields["description"]) == 2000
