"""Going on without a script with a post that was begun before: on another telephone, by sharing, on somebody's telephone."""

import pytest
from sqlalchemy import select

from marketplace.catalogue.models.products import Product
from marketplace.foundation.database import db
from marketplace.selling.models import Draft
from tests.photos.samples import market_stall, saved
from tests.selling.test_posting_pages import hidden, kept_photos, picture, send, typed
from tests.support.personas import a_category, a_coordinator_of, a_kim, a_person
from tests.support.places import KEDUNGREJO
from tests.support.telephone import Telephone, new_id

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app", "files")]
PHOTO = saved(market_stall(width=400, height=300))


@pytest.fixture
def siti(client):
    siti = a_person(village_code=KEDUNGREJO)
    client.sign_in(siti)
    a_category("makanan-ringan")
    return siti


@pytest.fixture
def begun(client, siti) -> str:
    """The id of a draft with a photo that Siti's telephone has told the server of."""
    phone, draft_id = Telephone(client), new_id()
    phone.keep(draft_id, brand="Sumber", delivery=["diantar"], **typed())
    photo = phone.send_photo(draft_id, PHOTO)
    phone.keep(draft_id, photos=[photo], revision=2, brand="Sumber", delivery=["diantar"], **typed())
    return draft_id


def test_what_a_telephone_began_is_sent_from_a_page_without_a_script(client, begun):
    page = client.get(f"/jual/baru?draf={begun}")
    assert hidden(page, "brand") == "Sumber"

    answer = send(client, page, kept=kept_photos(page), **typed())

    assert answer.status_code == 303
    assert len(db.session.scalars(select(Product)).one().photos) == 1


@pytest.mark.parametrize(
    ("purpose", "fields"),
    [
        ("wisata", {"name": "Goa", "facilities": ["toilet"], "best_season": ["1", "2"]}),
        ("untuk-penjual", {"name": "Keripik", "seller_name": "Sumiati"}),
    ],
)
def test_the_queue_leads_each_draft_to_the_page_that_posts_it(client, purpose, fields):
    client.sign_in(a_coordinator_of(a_kim()))
    Telephone(client).keep(new_id(), purpose=purpose, **fields)

    page = client.get(client.get("/jual/antrean").links["Ubah"])

    assert page.tree.find(f".//form[@data-purpose='{purpose}']") is not None
    assert hidden(page, "name") == fields["name"]
    assert hidden(page, "csrf_token")


def test_a_page_from_before_the_last_sign_in_still_shows_the_photos_that_arrived(client, begun):
    page = client.get(f"/jual/baru?draf={begun}")
    stale = {"csrf_token": "lama", "draft": begun, "kept": kept_photos(page), **typed()}

    page = client.post("/jual/baru", data=stale)

    assert page.status_code == 422
    assert len(kept_photos(page)) == 1
    assert send(client, page, kept=kept_photos(page), **typed()).status_code == 303


def test_whoever_finds_another_s_page_on_the_telephone_keeps_what_they_typed(client, begun):
    client.sign_in(a_person("Joko", village_code=KEDUNGREJO))
    own = client.get("/jual/baru")

    page = send(client, own, draft=begun, **typed(name="Kopi Joko", photos=[picture()]))

    assert page.status_code == 404
    assert "Draf ini dibuat dengan akun lain." in page.words
    assert hidden(page, "name") == "Kopi Joko"
    assert send(client, page, **typed(photos=[picture()])).status_code == 303


def test_a_link_to_another_s_draft_begins_one_of_one_s_own(client, begun):
    client.sign_in(a_person("Joko", village_code=KEDUNGREJO))

    page = client.get(f"/jual/baru?draf={begun}")

    assert send(client, page, **typed(photos=[picture()])).status_code == 303


def test_a_draft_that_was_put_away_and_is_gone_on_with_is_not_forgotten(client, begun):
    page = client.get(f"/jual/baru?draf={begun}")
    Telephone(client).write("DELETE", f"/jual/draf/{begun}")

    send(client, page, kept=kept_photos(page), **typed(price=""))

    db.session.expire_all()
    assert db.session.get(Draft, begun).trashed_at is None


def test_however_far_a_telephone_counted_a_page_can_go_on(client, siti):
    phone, draft_id = Telephone(client), new_id()
    assert phone.keep(draft_id, revision=2**31 - 1, name="Keripik").status_code == 422
    assert phone.keep(draft_id, revision=10**9, name="Keripik").status_code == 200

    page = send(client, client.get(f"/jual/baru?draf={draft_id}"), **typed(price=""))

    assert page.status_code == 422


def test_nobody_lets_the_server_work_through_photos_without_end(client, siti):
    forged = {"csrf_token": "palsu", "draft": new_id(), **typed()}

    answers = [client.post("/jual/baru", data=forged) for _ in range(121)]

    assert {answer.status_code for answer in answers[:120]} == {422}
    assert answers[120].status_code == 429
    assert "isian Anda masih di sana" in answers[120].words
    assert client.get("/jual/baru").status_code == 200
