"""Photos arrive in pieces, go on after a cut where they stopped, and become photos when all is here."""

import io
import itertools

import pytest
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.storage import LocalStorage, S3Storage
from marketplace.foundation.transactions import committed
from marketplace.photos.models import Photo
from marketplace.photos.services import list_faults
from marketplace.selling import errors
from marketplace.selling.models import DraftPurpose, Upload
from marketplace.selling.queries.drafts import get_upload
from marketplace.selling.services import uploads
from marketplace.selling.services.drafts import keep_draft
from tests.photos.samples import market_stall, saved
from tests.support.object_store import running_object_store
from tests.support.personas import a_person
from tests.support.telephone import PIECE, Telephone, new_id

PHOTO = saved(market_stall(width=400, height=300))

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]


@pytest.fixture
def siti(client):
    siti = a_person()
    client.sign_in(siti)
    return siti


@pytest.fixture
def phone(client, siti):
    return Telephone(client)


@pytest.fixture
def draft(siti):
    return keep_draft(siti, new_id(), DraftPurpose.OWN_PRODUCT, {}, [], 1, clock.now())


def pieces_of(content: bytes, size: int = PIECE) -> list[tuple[int, bytes]]:
    return [(offset, content[offset : offset + size]) for offset in range(0, len(content), size)]


def files_in(storage: LocalStorage, folder: str) -> list[str]:
    return [path.name for path in (storage.folder / folder).rglob("*") if path.is_file()]


def test_a_photo_that_arrives_in_pieces_is_a_photo_and_its_pieces_are_gone(phone, draft, files):
    upload_id = new_id()
    assert phone.announce(draft.id, upload_id, len(PHOTO)).status_code == 201

    answers = [phone.send_piece(upload_id, *piece) for piece in pieces_of(PHOTO)]

    assert [answer.status_code for answer in answers] == [200] * len(answers) and len(answers) > 2
    assert [answer.json["received"] for answer in answers][:2] == [PIECE, 2 * PIECE]
    assert phone.client.get(answers[-1].json["photo"]["url"]).status_code == 200
    assert files_in(files, "uploads") == []


def test_after_a_cut_the_photo_goes_on_where_it_stopped(phone, draft):
    upload_id = new_id()
    phone.announce(draft.id, upload_id, len(PHOTO))
    phone.send_piece(upload_id, 0, PHOTO[:PIECE])

    again = phone.send_piece(upload_id, 0, PHOTO[:PIECE])
    ahead = phone.send_piece(upload_id, 3 * PIECE, PHOTO[3 * PIECE :])
    asked = phone.client.head(f"/jual/unggahan/{upload_id}")

    assert (again.status_code, again.headers["Upload-Offset"]) == (409, str(PIECE))
    assert (ahead.status_code, ahead.headers["Upload-Offset"]) == (409, str(PIECE))
    assert (asked.status_code, asked.headers["Upload-Offset"]) == (200, str(PIECE))
    assert phone.announce(draft.id, upload_id, len(PHOTO)).json["received"] == PIECE


def test_the_last_piece_may_come_again(phone, draft):
    upload_id = phone.send_photo(draft.id, PHOTO)
    offset, content = pieces_of(PHOTO)[-1]

    first, second = phone.send_piece(upload_id, offset, content), phone.send_piece(upload_id, len(PHOTO), b"")

    assert first.status_code == second.status_code == 200
    assert first.json == second.json and first.json["photo"]
    assert phone.announce(draft.id, upload_id, len(PHOTO)).json["photo"] == first.json["photo"]
    assert db.session.scalar(select(func.count()).select_from(Photo)) == 1


def test_a_file_that_is_no_photo_is_refused_in_words_and_stays_refused(phone, draft, files):
    upload_id = new_id()
    phone.announce(draft.id, upload_id, 3_000)

    answers = [phone.send_piece(upload_id, 0, b"%PDF-1.7" + bytes(2_992)) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "bukan foto" in answers[0].json["error"]["message"]
    assert "bukan foto" in phone.announce(draft.id, upload_id, 3_000).json["refusal"]
    assert files_in(files, "uploads") == []


def test_an_interrupted_settling_is_made_up_for_by_the_last_piece(phone, siti, draft):
    upload = uploads.begin_upload(siti, draft, new_id(), len(PHOTO), clock.now())
    for offset, content in pieces_of(PHOTO):
        uploads.receive(siti, upload, offset, content, clock.now())
    assert not upload.is_settled

    assert phone.send_piece(upload.id, *pieces_of(PHOTO)[-1]).json["photo"]


def test_what_the_storage_has_lost_is_asked_for_again(phone, siti, draft, files):
    upload = uploads.begin_upload(siti, draft, new_id(), len(PHOTO), clock.now())
    for offset, content in pieces_of(PHOTO):
        uploads.receive(siti, upload, offset, content, clock.now())
    files.delete(f"uploads/{upload.id.lower()}-{PIECE}")

    answer = phone.send_piece(upload.id, *pieces_of(PHOTO)[-1])

    assert (answer.status_code, answer.headers["Upload-Offset"]) == (409, str(PIECE))
    rest = [phone.send_piece(upload.id, *piece) for piece in pieces_of(PHOTO)[1:]]
    assert rest[-1].json["photo"]


def test_nobody_reaches_the_photos_of_another(client, phone, draft):
    upload_id = new_id()
    phone.announce(draft.id, upload_id, len(PHOTO))
    client.sign_in(a_person("Budi"))

    assert client.head(f"/jual/unggahan/{upload_id}").status_code == 404
    assert phone.send_piece(upload_id, 0, PHOTO[:PIECE]).status_code == 404
    assert phone.announce(draft.id, new_id(), 5_000).status_code == 404
    own = new_id()
    phone.keep(own)
    assert phone.announce(own, upload_id, len(PHOTO)).status_code == 404


def test_an_upload_belongs_to_one_draft(phone, draft):
    upload_id, other = new_id(), new_id()
    phone.announce(draft.id, upload_id, len(PHOTO))
    phone.keep(other)

    assert phone.announce(other, upload_id, len(PHOTO)).status_code == 404
    assert phone.announce(draft.id, upload_id, len(PHOTO) + 1).status_code == 409


@pytest.mark.parametrize(
    ("offset", "content", "status"),
    [
        ("", PHOTO[:PIECE], 422),
        ("-1", PHOTO[:PIECE], 422),
        ("٣", PHOTO[:PIECE], 422),
        ("9" * 30, PHOTO[:PIECE], 422),
        ("0", b"", 422),
        ("0", b"x", 422),
        ("0", PHOTO + b"more", 422),
        ("0", bytes(512 * 1024 + 1), 413),
    ],
)
def test_pieces_that_make_no_sense_are_refused_in_words(phone, draft, offset, content, status):
    upload_id = new_id()
    phone.announce(draft.id, upload_id, len(PHOTO))

    answer = phone.send_piece(upload_id, offset.encode().decode("latin-1"), content)

    assert answer.status_code == status
    assert answer.json["error"]["message"]
    assert phone.client.head(f"/jual/unggahan/{upload_id}").headers["Upload-Offset"] == "0"


@pytest.mark.parametrize("size", [0, -1, 20 * 1024 * 1024 + 1, 2**40, "5000", 5000.0, True, None])
def test_sizes_that_no_photo_has_are_refused(phone, draft, size):
    answer = phone.announce(draft.id, new_id(), size)

    assert answer.status_code == 422
    assert answer.json["error"]["message"]


def test_a_piece_without_the_token_of_our_pages_is_refused(client, phone, draft):
    upload_id = new_id()
    phone.announce(draft.id, upload_id, len(PHOTO))

    answer = client.patch(f"/jual/unggahan/{upload_id}", data=PHOTO[:PIECE], headers={"Upload-Offset": "0"})

    assert answer.status_code == 400
    assert client.head(f"/jual/unggahan/{upload_id}").headers["Upload-Offset"] == "0"


def test_photos_taken_out_of_a_full_draft_make_room(siti, draft, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PHOTOS_OF_A_DRAFT", 2)
    first, second = (uploads.accept_file(siti, draft, io.BytesIO(PHOTO), clock.now()) for _ in range(2))
    keep_draft(siti, draft.id, DraftPurpose.OWN_PRODUCT, {}, [first.id], 2, clock.now())

    third = uploads.begin_upload(siti, draft, new_id(), 5_000, clock.now())

    assert {upload.id for upload in db.session.scalars(select(Upload))} == {first.id, third.id}
    # Both were the same picture: the one that stays still shows it.
    assert first.photo is not None
    keep_draft(siti, draft.id, DraftPurpose.OWN_PRODUCT, {}, [first.id, third.id], 3, clock.now())
    with pytest.raises(errors.TooManyPhotos):
        uploads.begin_upload(siti, draft, new_id(), 5_000, clock.now())


def test_a_photo_that_made_room_is_gone_with_its_files(siti, draft, files, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_PHOTOS_OF_A_DRAFT", 1)
    uploads.accept_file(siti, draft, io.BytesIO(PHOTO), clock.now())

    with committed():
        uploads.begin_upload(siti, draft, new_id(), 5_000, clock.now())

    assert db.session.scalar(select(func.count()).select_from(Photo)) == 0
    assert files_in(files, "public") == files_in(files, "masters") == []


def test_photos_on_their_way_are_bounded_for_each_person(siti, draft, monkeypatch):
    monkeypatch.setattr(uploads, "MOST_ARRIVING_BYTES", 8_000)
    uploads.begin_upload(siti, draft, new_id(), 5_000, clock.now())

    with pytest.raises(errors.TooManyBytes):
        uploads.begin_upload(siti, draft, new_id(), 5_000, clock.now())


def test_only_whoever_began_the_draft_sends_its_photos(siti, draft):
    upload = uploads.begin_upload(siti, draft, new_id(), 5_000, clock.now())
    budi = a_person("Budi")

    with pytest.raises(NotAllowed):
        uploads.begin_upload(budi, draft, new_id(), 5_000, clock.now())
    with pytest.raises(NotAllowed):
        uploads.receive(budi, upload, 0, bytes(5_000), clock.now())
    with pytest.raises(NotAllowed):
        uploads.accept_file(budi, draft, io.BytesIO(PHOTO), clock.now())
    with pytest.raises(errors.NoSuchDraft):
        get_upload(budi, upload.id)


def test_an_empty_file_of_a_form_is_kept_with_its_refusal(siti, draft):
    upload = uploads.accept_file(siti, draft, io.BytesIO(b""), clock.now())

    assert upload.is_settled and "kosong" in upload.refusal


def test_pieces_are_kept_in_an_object_store_as_well(app, phone, draft, monkeypatch, tmp_path_factory):
    with running_object_store(tmp_path_factory.mktemp("object-store")) as store:
        keys = {name: getattr(store, name) for name in ("bucket", "endpoint_url", "access_key_id", "secret_access_key")}
        monkeypatch.setitem(app.extensions, "storage", storage := S3Storage(region="us-east-1", **keys))

        upload_id = phone.send_photo(draft.id, PHOTO)

        assert phone.announce(draft.id, upload_id, len(PHOTO)).json["photo"]
        offsets = [offset for offset, _ in pieces_of(PHOTO)]
        assert not any(storage.exists(f"uploads/{upload_id.lower()}-{offset}") for offset in offsets)
        photo = db.session.scalars(select(Photo)).one()
        assert all(storage.exists(f"{key}/{photo.digest}.jpg") for key in ("masters", "public"))


def test_sizes_of_pieces_may_differ(phone, draft):
    upload_id = new_id()
    phone.announce(draft.id, upload_id, len(PHOTO))
    ends = [0, 1_024, 70_000, 120_000, len(PHOTO)]

    answers = [phone.send_piece(upload_id, begin, PHOTO[begin:end]) for begin, end in itertools.pairwise(ends)]

    assert answers[-1].json["photo"]


def test_a_photo_that_was_taken_out_stays_whole_when_the_one_that_needs_its_place_is_refused(phone, draft, siti):
    photos = [phone.send_photo(draft.id, saved(market_stall(number, 400, 300))) for number in range(12)]
    phone.keep(draft.id, photos=photos[1:], revision=2)
    other = keep_draft(siti, new_id(), DraftPurpose.OWN_PRODUCT, {}, [], 1, clock.now())
    for _ in range(10):
        phone.announce(other.id, new_id(), 20 * 1024 * 1024)

    assert phone.announce(draft.id, new_id(), 20 * 1024 * 1024).status_code == 413

    db.session.expire_all()
    photo = db.session.get(Upload, photos[0]).photo
    assert list_faults(photo.digest, photo.width) == []


def test_the_photo_that_was_taken_out_of_a_full_draft_may_be_added_again(siti, draft):
    with committed():
        kept = [
            uploads.accept_file(siti, draft, io.BytesIO(saved(market_stall(number, 400, 300))), clock.now())
            for number in range(12)
        ]
        keep_draft(siti, draft.id, draft.purpose, {}, [upload.id for upload in kept[1:]], 2, clock.now())

    with committed():
        again = uploads.accept_file(siti, draft, io.BytesIO(saved(market_stall(0, 400, 300))), clock.now())

    assert list_faults(again.photo.digest, again.photo.width) == []
