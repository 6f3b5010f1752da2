"""What a person has begun to sell is kept as they had it last, and becomes one listing."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from ulid import ULID

from marketplace.catalogue.models.listings import Listing, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.selling import errors
from marketplace.selling.models import Draft, DraftPurpose
from marketplace.selling.queries.drafts import find_draft, get_draft, list_waiting_drafts
from marketplace.selling.services import drafts
from marketplace.selling.services.drafts import keep_draft, restore_draft, send_draft, trash_draft
from marketplace.selling.services.uploads import accept_file, begin_upload
from marketplace.umkm.models import Business
from tests.photos.samples import market_stall, saved
from tests.support.personas import a_category, a_person
from tests.support.places import KEDUNGREJO

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]

NOW = clock.now()


@pytest.fixture
def siti():
    return a_person(village_code=KEDUNGREJO)


def new_id() -> str:
    return str(ULID())


def kept(person, draft_id=None, *, photos=(), revision=1, purpose=DraftPurpose.OWN_PRODUCT, at=NOW, **fields) -> Draft:
    return keep_draft(person, draft_id or new_id(), purpose, fields, photos, revision, at)


def with_photos(person, *numbers: int) -> Draft:
    """Return a draft to which these pictures were sent with a form."""
    draft = kept(person, name="Keripik tempe")
    uploads = [accept_file(person, draft, io.BytesIO(saved(market_stall(number))), NOW) for number in numbers]
    return kept(person, draft.id, photos=[upload.id for upload in uploads], revision=2, name="Keripik tempe")


def values(**changes) -> dict:
    return {"name": "Keripik tempe", "price": 18_000, "unit": "bungkus", "category_id": a_category().id, **changes}


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def test_a_draft_is_kept_as_the_telephone_had_it_last(siti):
    draft = kept(siti, name="Keripik")

    kept(siti, draft.id, revision=3, name="Keripik tempe", delivery=["ambil", "diantar"], photos=[new_id()])

    db.session.refresh(draft)
    assert draft.fields == {"name": "Keripik tempe", "delivery": ["ambil", "diantar"]}
    assert (draft.revision, len(draft.photo_order), count(Draft)) == (3, 1, 1)


def test_a_message_that_comes_late_changes_nothing(siti):
    draft = kept(siti, revision=5, name="Keripik tempe")

    with pytest.raises(errors.DraftChanged) as refusal:
        kept(siti, draft.id, revision=4, name="Keripik")

    assert refusal.value.draft.fields == {"name": "Keripik tempe"}


def test_a_message_that_comes_twice_is_answered_twice(siti):
    draft = kept(siti, revision=5, name="Keripik tempe")

    assert kept(siti, draft.id, revision=5, name="Keripik tempe").revision == 5
    assert kept(siti, draft.id, revision=2, name="Keripik tempe").revision == 5


def test_nobody_reads_or_changes_the_draft_of_another(siti):
    draft = kept(siti, name="Keripik tempe")
    budi = a_person("Budi")

    assert find_draft(budi, draft.id) is None
    assert list_waiting_drafts(budi) == []
    with pytest.raises(errors.NoSuchDraft):
        kept(budi, draft.id, revision=9, name="Milik saya")
    for act in (lambda: trash_draft(budi, draft, NOW), lambda: send_draft(budi, draft, values(), NOW)):
        with pytest.raises(NotAllowed):
            act()
    assert draft.fields == {"name": "Keripik tempe"}


def test_the_console_keeps_no_drafts():
    with pytest.raises(NotAllowed):
        kept(CONSOLE)


def test_a_person_has_room_for_many_drafts_and_not_for_endless_ones(siti, monkeypatch):
    monkeypatch.setattr(drafts, "MOST_WAITING_DRAFTS", 2)
    first, _ = kept(siti), kept(siti)

    with pytest.raises(errors.TooManyDrafts):
        kept(siti)
    assert kept(siti, first.id, revision=2, name="Keripik").revision == 2


def test_a_draft_that_was_put_away_comes_back(siti):
    draft = kept(siti, name="Keripik tempe")

    trash_draft(siti, draft, NOW)
    trash_draft(siti, draft, NOW + timedelta(days=1))
    assert draft.trashed_at == NOW

    restore_draft(siti, draft)
    assert draft.trashed_at is None


def test_sending_makes_a_product_that_waits_for_the_kim(siti):
    draft = with_photos(siti, 1, 2, 3)

    product = send_draft(siti, draft, values(), NOW)

    assert isinstance(product, Product)
    assert (product.status, product.posted_by_id) == (ListingStatus.WAITING, siti.id)
    assert product.submitted_at == product.confirmed_at == NOW
    assert product.village_code == siti.village_code
    assert [use.photo_id for use in product.photos] == [upload.photo_id for upload in draft.uploads]
    assert (draft.listing_id, draft.sent_at) == (product.id, NOW)


def test_sending_again_gives_the_same_listing(siti):
    draft = with_photos(siti, 1)
    product = send_draft(siti, draft, values(), NOW)

    assert send_draft(siti, draft, values(name="Lain"), NOW + timedelta(days=29)) is product
    assert (count(Listing), draft.sent_at) == (1, NOW)
    with pytest.raises(errors.DraftSent) as refusal:
        kept(siti, draft.id, revision=9)
    assert refusal.value.listing_id == product.id


def test_a_draft_waits_until_its_photos_have_arrived(siti):
    draft = with_photos(siti, 1)
    announced, unknown = new_id(), new_id()
    begin_upload(siti, draft, announced, 5_000, NOW)
    kept(siti, draft.id, photos=[*draft.photo_order, announced, unknown], revision=3)

    with pytest.raises(errors.PhotosMissing) as refusal:
        send_draft(siti, draft, values(), NOW)

    assert refusal.value.upload_ids == (announced, unknown)
    assert draft.sent_at is None


def test_the_photo_of_another_draft_is_missing_from_this_one(siti):
    budi = a_person("Budi", village_code=KEDUNGREJO)
    of_budi = with_photos(budi, 1)
    draft = kept(siti, photos=of_budi.photo_order)

    with pytest.raises(errors.PhotosMissing):
        send_draft(siti, draft, values(), NOW)


def test_a_listing_has_at_least_one_photo_and_not_too_many(siti):
    with pytest.raises(errors.PhotoWanted):
        send_draft(siti, kept(siti), values(), NOW)
    with pytest.raises(errors.TooManyPhotos):
        send_draft(siti, kept(siti, photos=[new_id() for _ in range(9)]), values(), NOW)
    with pytest.raises(errors.TooManyPhotos):
        kept(siti, photos=[new_id() for _ in range(13)])


def test_what_is_no_photo_is_named_when_the_draft_is_sent(siti):
    draft = kept(siti)
    upload = accept_file(siti, draft, io.BytesIO(b"%PDF-1.7"), NOW)
    kept(siti, draft.id, photos=[upload.id], revision=2)

    with pytest.raises(errors.PhotoWasRefused, match="Foto ke-1: Berkas ini bukan foto"):
        send_draft(siti, draft, values(), NOW)


def test_a_picture_that_was_chosen_twice_is_shown_once(siti):
    product = send_draft(siti, with_photos(siti, 1, 1, 2), values(), NOW)

    assert len(product.photos) == 2


def test_what_was_put_away_and_is_sent_after_all_is_there_again(siti):
    draft = with_photos(siti, 1)
    trash_draft(siti, draft, NOW)

    send_draft(siti, draft, values(), NOW)

    assert get_draft(siti, draft.id).trashed_at is None


def test_the_first_product_makes_the_business_and_the_next_uses_it(siti):
    first, second = (send_draft(siti, with_photos(siti, number), values(), NOW) for number in (1, 2))

    business = db.session.scalars(select(Business)).one()
    assert first.business_id == second.business_id == business.id
    assert (business.name, business.owner_id, business.whatsapp) == (siti.name, siti.id, siti.phone)


def test_what_was_read_from_an_older_version_of_a_draft_makes_no_listing_of_a_newer_one(siti):
    draft = kept(siti)
    with pytest.raises(errors.DraftChanged):
        send_draft(siti, draft, {}, clock.now(), revision=draft.revision - 1)
