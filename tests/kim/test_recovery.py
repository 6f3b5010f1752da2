"""Getting back in without SMS: asked for by the person, confirmed by somebody who knows them, used once within a day."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from sqlalchemy import select

from marketplace.accounts.models import AccountEvent, Recovery
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.kim import services, views
from tests.support.personas import a_coordinator_of, a_kim, a_person, a_village, an_administrator, an_officer_of
from tests.support.places import KEDUNGREJO, KOTA_MALANG, MARGOREJO, TUBAN

pytestmark = pytest.mark.both_databases

NEW_PASSWORD = "jagung bakar manis"


@pytest.fixture
def siti(app):
    return a_person(phone="+6281234567890", village_code=KEDUNGREJO)


def ask(client, phone: str = "0812-3456-7890"):
    return client.submit("/masuk/lupa", phone=phone)


def asked_by(person) -> Recovery:
    services.ask_recovery(person.phone, clock.now())
    return db.session.scalars(select(Recovery).where(Recovery.user_id == person.id)).one()


def link_from(client, helper, recovery) -> str:
    """Let the helper make a link; return its path."""
    client.sign_in(helper)
    page = client.submit(f"/akun/bantu-masuk/{recovery.id}/tautan", on="/akun/bantu-masuk")
    assert page.status_code == 200
    return urlsplit(re.search(r"https?://\S+/masuk/baru/[\w-]+", page.words).group()).path


def leave(client) -> None:
    with client.session_transaction() as session:
        session.clear()


def test_whoever_asks_reads_the_same_whether_or_not_the_number_has_an_account(client, siti):
    known = ask(client)
    known_next = client.get(known.location).words
    unknown = ask(client, "0813-9999-9999")
    unknown_next = client.get(unknown.location).words

    assert (known.status_code, known.location) == (unknown.status_code, unknown.location) == (303, "/masuk")
    assert known_next == unknown_next
    assert [recovery.user for recovery in db.session.scalars(select(Recovery))] == [siti]


def test_a_person_who_asks_twice_waits_once(client, siti):
    ask(client)
    ask(client, "+62 812 3456 7890")

    assert len(db.session.scalars(select(Recovery)).all()) == 1


def test_whoever_asks_again_and_again_is_told_to_wait(client):
    answers = [ask(client).status_code for _ in range(5)]
    refused = client.post("/masuk/lupa", data={"phone": "+6281234567890"})

    assert answers == [303] * 5
    assert refused.status_code == 429


def test_a_coordinator_hands_over_a_link_and_the_person_is_in_with_a_new_password(client, siti):
    coordinator = a_coordinator_of(a_kim())
    recovery = asked_by(siti)
    client.sign_in(coordinator)
    assert "Siti Aminah" in client.get("/akun/bantu-masuk").words

    path = link_from(client, coordinator, recovery)
    leave(client)
    answer = client.submit(path, password=NEW_PASSWORD)

    assert answer.location == "/akun"
    assert "Siti Aminah" in client.get("/akun").words
    db.session.refresh(siti)
    assert siti.session_version == 2
    events = db.session.scalars(select(AccountEvent).where(AccountEvent.user_id == siti.id).order_by(AccountEvent.id))
    kinds = [(event.kind.value, event.actor_id) for event in events if event.kind.value.startswith("lupa")]
    assert kinds == [("lupa-sandi", None), ("lupa-dibantu", coordinator.id), ("lupa-selesai", None)]


def test_nobody_who_writes_waits_while_a_new_password_is_hashed(client, siti, monkeypatch):
    waiting = []
    work = views.hash_password
    monkeypatch.setattr(
        views, "hash_password", lambda typed: waiting.append(db.session().in_transaction()) or work(typed)
    )
    path = link_from(client, a_coordinator_of(a_kim()), asked_by(siti))
    leave(client)

    assert client.submit(path, password=NEW_PASSWORD).location == "/akun"
    assert waiting == [False]


def test_only_the_hash_of_a_link_is_kept(client, siti):
    recovery = asked_by(siti)
    path = link_from(client, an_administrator(), recovery)
    db.session.refresh(recovery)

    token = path.rpartition("/")[2]
    assert recovery.link_hash == services.hash_of_link(token) != token


def test_a_link_works_once(client, siti):
    path = link_from(client, an_administrator(), asked_by(siti))
    leave(client)
    form = client.get(path).tree.find(".//form[@method='post']//input[@name='csrf_token']").get("value")
    client.submit(path, password=NEW_PASSWORD)

    assert client.get(path).status_code == 404
    assert client.post(path, data={"csrf_token": form, "password": "kata sandi pencuri"}).status_code == 404


def test_a_link_is_over_after_a_day(client, siti):
    path = link_from(client, an_administrator(), asked_by(siti))
    leave(client)
    with time_machine.travel(clock.now() + timedelta(hours=24, seconds=1), tick=False):
        assert client.get(path).status_code == 404


def test_a_new_link_replaces_the_one_before(client, siti):
    recovery, administrator = asked_by(siti), an_administrator()
    first = link_from(client, administrator, recovery)
    second = link_from(client, administrator, recovery)
    leave(client)

    assert [client.get(path).status_code for path in (first, second)] == [404, 200]


def test_a_short_password_is_refused_and_the_link_still_works(client, siti):
    path = link_from(client, an_administrator(), asked_by(siti))
    leave(client)

    assert client.submit(path, password="pendek").status_code == 422
    assert client.submit(path, password=NEW_PASSWORD).status_code == 303


def test_a_request_that_is_turned_down_gives_no_link(client, siti):
    recovery = asked_by(siti)
    client.sign_in(a_coordinator_of(a_kim()))
    client.submit(f"/akun/bantu-masuk/{recovery.id}/tolak", on="/akun/bantu-masuk")

    db.session.refresh(recovery)
    assert recovery.refused_at is not None
    assert "Permintaan Siti Aminah ditolak. Tidak ada yang menunggu" in client.get("/akun/bantu-masuk").words


@pytest.mark.parametrize(
    "stranger",
    [
        lambda: a_coordinator_of(a_kim(a_village(MARGOREJO))),
        lambda: an_officer_of(KOTA_MALANG),
    ],
    ids=["coordinator of another village", "officer of another kabupaten"],
)
def test_who_does_not_know_the_person_does_not_see_that_they_ask(client, siti, stranger):
    recovery, own = asked_by(siti), a_person("Budi", village_code=KEDUNGREJO)
    client.sign_in(stranger())
    page = client.get("/akun/bantu-masuk")
    answer = client.post(f"/akun/bantu-masuk/{recovery.id}/tautan")

    assert own.name not in page.words and "Siti Aminah" not in page.words
    assert answer.status_code == 404
    db.session.refresh(recovery)
    assert recovery.link_hash is None


def test_who_may_help_finds_the_list_on_their_own_page(client):
    client.sign_in(a_coordinator_of(a_kim()))
    assert client.get("/akun").links["Bantu warga masuk"] == "/akun/bantu-masuk"

    client.sign_in(a_person())
    assert "Bantu warga masuk" not in client.get("/akun").links


def test_a_seller_may_not_open_the_list(client):
    client.sign_in(a_person(village_code=KEDUNGREJO))

    assert client.get("/akun/bantu-masuk").status_code == 403


def test_nobody_confirms_themselves(client):
    coordinator = a_coordinator_of(a_kim(), village_code=KEDUNGREJO)
    recovery = asked_by(coordinator)
    client.sign_in(coordinator)

    assert client.post(f"/akun/bantu-masuk/{recovery.id}/tautan").status_code == 404


def test_a_coordinator_makes_no_link_into_an_officers_account(client):
    recovery = asked_by(an_officer_of(TUBAN, village_code=KEDUNGREJO))
    client.sign_in(a_coordinator_of(a_kim()))

    assert client.post(f"/akun/bantu-masuk/{recovery.id}/tautan").status_code == 404


def test_an_officer_of_the_kabupaten_helps(client, siti):
    assert link_from(client, an_officer_of(TUBAN), asked_by(siti)).startswith("/masuk/baru/")
