"""What is seen in the photos of a place is said for those who cannot see it."""

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.categories import ListingKind
from marketplace.foundation.database import db
from marketplace.selling.models import ProposedChange
from tests.photos.samples import market_stall, saved
from tests.selling.test_attractions import PATH, edit, hidden, picture, send, typed
from tests.support.personas import a_category, a_coordinator_of, a_kim, an_attraction
from tests.support.telephone import Telephone, new_id

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]
TEXT = "Air terjun hijau dari jembatan bambu"
TOO_LONG = "200 huruf"


@pytest.fixture
def rini(client):
    rini = a_coordinator_of(a_kim())
    client.sign_in(rini)
    a_category("air-terjun", ListingKind.ATTRACTION, "tempat-wisata")
    return rini


def texts_of_the_only_place() -> list[str]:
    place = db.session.scalars(select(Attraction).execution_options(populate_existing=True)).one()
    return [use.alt_text for use in place.photos]


def lines_of(page) -> dict[str, str]:
    """Return what each line beside a photo says, under the name of its field."""
    return {line.get("name"): line.get("value") for line in page.tree.findall(".//li[@data-photo-text]/input")}


def test_a_photo_that_has_arrived_is_described_without_a_script(client, rini):
    page = send(client, **typed(name="", photos=[picture(1), picture(2)]))
    first, second = lines_of(page)
    kept = [name.removeprefix("text-") for name in (first, second)]

    again = send(client, page, **typed(name="", kept=kept, **{first: TEXT}))
    assert lines_of(again) == {first: TEXT, second: ""}

    # The second becomes the cover; what was said of the first goes with it.
    position = f"position-{kept[1]}"
    answer = send(client, again, **typed(kept=kept, **{first: TEXT, position: "0"}))
    assert answer.status_code == 303
    assert texts_of_the_only_place() == ["", TEXT]


def test_a_telephone_tells_what_is_seen_in_its_photos(client, rini):
    phone, draft_id, photo = Telephone(client), new_id(), new_id()
    fields = typed() | {f"text-{photo}": f"{TEXT}\0"}
    phone.keep(draft_id, purpose="wisata", photos=[photo], **typed())
    phone.send_photo(draft_id, saved(market_stall()), photo)

    long = phone.send(draft_id, purpose="wisata", photos=[photo], revision=2, **typed(), **{f"text-{photo}": "a" * 201})
    assert long.status_code == 422
    assert TOO_LONG in long.json["errors"]["photos"][0]

    assert phone.send(draft_id, purpose="wisata", photos=[photo], revision=3, **fields).status_code == 422
    fields[f"text-{photo}"] = TEXT
    assert phone.send(draft_id, purpose="wisata", photos=[photo], revision=4, **fields).status_code == 201
    assert texts_of_the_only_place() == [TEXT]


def test_what_is_said_of_a_photo_that_is_shown_waits_with_the_edit(client, rini):
    place = an_attraction(posted_by_id=rini.id, summary="", description="", photos=2)
    page = client.get(f"/jual/wisata/{place.id}/ubah")
    kept = [field.get("value") for field in page.tree.findall(".//input[@name='kept']")]

    answer = edit(client, place, kept=kept, **{f"text-{kept[1]}": TEXT})

    assert answer.status_code == 303
    db.session.refresh(place)
    assert place.photos[1].alt_text != TEXT
    change = db.session.scalars(select(ProposedChange)).one()
    assert [use.alt_text for use in change.photos][1] == TEXT
    assert list(lines_of(client.get(f"/jual/wisata/{place.id}/ubah")).values())[1] == TEXT


def test_more_than_is_read_out_is_kept_in_the_form_and_refused(client, rini):
    place = an_attraction(posted_by_id=rini.id, photos=1)
    page = client.get(f"/jual/wisata/{place.id}/ubah")
    name = f"text-{hidden(page, 'kept')}"

    answer = edit(client, place, kept=[hidden(page, "kept")], **{name: "a" * 201})

    assert answer.status_code == 422
    assert TOO_LONG in answer.words
    assert lines_of(answer)[name] == "a" * 201


def test_a_place_without_photos_yet_asks_for_no_words_about_them(client, rini):
    assert not lines_of(client.get(PATH))
