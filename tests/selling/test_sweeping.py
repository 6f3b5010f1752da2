"""What nobody needs any more is forgotten; what waits to be sent never is."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.transactions import committed
from marketplace.photos.models import Photo
from marketplace.selling.models import Draft, DraftPurpose, Upload
from marketplace.selling.services import sweeping
from marketplace.selling.services.drafts import keep_draft, send_draft, trash_draft
from marketplace.selling.services.sweeping import sweep
from marketplace.selling.services.uploads import accept_file, begin_upload, receive
from tests.photos.samples import market_stall, saved
from tests.support.personas import a_category, a_person
from tests.support.places import KEDUNGREJO
from tests.support.telephone import new_id

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]

NOW = clock.now()


@pytest.fixture
def siti():
    return a_person(village_code=KEDUNGREJO)


def days_ago(days: int):
    return NOW - timedelta(days=days)


def a_draft(person, *pictures: int, at=NOW) -> Draft:
    draft = keep_draft(person, new_id(), DraftPurpose.OWN_PRODUCT, {}, [], 1, at)
    uploads = [accept_file(person, draft, io.BytesIO(saved(market_stall(picture))), at) for picture in pictures]
    return keep_draft(person, draft.id, DraftPurpose.OWN_PRODUCT, {}, [upload.id for upload in uploads], 2, at)


def sent(person, draft: Draft, at=NOW):
    values = {"name": "Keripik tempe", "price": 18_000, "unit": "bungkus", "category_id": a_category().id}
    return send_draft(person, draft, values, at)


def count(model: type) -> int:
    return db.session.scalar(select(func.count()).select_from(model))


def file_names(files) -> list[str]:
    return [path.name for path in files.folder.rglob("*") if path.is_file()]


def test_a_draft_thrown_away_thirty_days_ago_is_forgotten_with_its_photos(siti, files):
    old, young = a_draft(siti, 1, 2), a_draft(siti)
    trash_draft(siti, old, days_ago(31))
    trash_draft(siti, young, days_ago(29))

    with committed():
        assert sweep(CONSOLE, NOW) == 1
        assert sweep(CONSOLE, NOW) == 0

    assert db.session.scalars(select(Draft)).all() == [young]
    assert (count(Upload), count(Photo), file_names(files)) == (0, 0, [])


def test_a_photo_that_something_else_shows_stays(siti, files):
    shown, waiting = sent(siti, a_draft(siti, 1)), a_draft(siti, 2)
    both = a_draft(siti, 1, 2, 3)
    trash_draft(siti, both, days_ago(31))
    before = len(file_names(files))

    with committed():
        sweep(CONSOLE, NOW)

    assert count(Photo) == 2
    assert shown.photos[0].photo is not None and waiting.uploads[0].photo is not None
    # What went are the files of the third.
    assert len(file_names(files)) == before * 2 // 3


def test_a_draft_that_waits_is_kept_however_old_it_is(siti):
    draft = a_draft(siti, 1, at=days_ago(400))

    assert sweep(CONSOLE, NOW) == 0
    assert draft.uploads[0].photo is not None


def test_for_ninety_days_a_sent_draft_names_its_listing(siti):
    product = sent(siti, young := a_draft(siti, 1), days_ago(89))
    sent(siti, old := a_draft(siti, 2), days_ago(91))
    forgotten = old.id

    assert sweep(CONSOLE, NOW) == 1

    assert db.session.get(Draft, forgotten) is None
    assert sent(siti, young) is product
    assert (count(Photo), len(product.photos)) == (2, 1)


def test_pieces_of_a_photo_that_never_came_are_removed(siti, files):
    draft = a_draft(siti)
    for days in (31, 29):
        upload = begin_upload(siti, draft, new_id(), 5_000, days_ago(days))
        receive(siti, upload, 0, bytes(2_000), days_ago(days))

    assert sweep(CONSOLE, NOW) == 1
    assert count(Upload) == count(Draft) == 1


def test_the_command_forgets_everything_in_batches_and_again_nothing(app, siti, files, monkeypatch):
    monkeypatch.setattr(sweeping, "BATCH", 2)
    draft = a_draft(siti)
    for _ in range(5):
        upload = begin_upload(siti, draft, new_id(), 5_000, days_ago(31))
        receive(siti, upload, 0, bytes(2_000), days_ago(31))
    for _ in range(3):
        trash_draft(siti, a_draft(siti), days_ago(31))
    db.session.flush()

    first, again = (app.test_cli_runner().invoke(args=["selling", "sweep"]) for _ in range(2))

    assert first.output == "8 draf dan kiriman foto lama dibersihkan.\n"
    assert again.output == "0 draf dan kiriman foto lama dibersihkan.\n"
    assert (count(Draft), count(Upload), file_names(files)) == (1, 0, [])


def test_only_the_server_itself_sweeps(siti):
    with pytest.raises(NotAllowed):
        sweep(siti, NOW)
