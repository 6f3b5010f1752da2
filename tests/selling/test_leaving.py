"""Leaving: a person erases their account for good, and nothing that is kept says who they were."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from marketplace.accounts.models import (
    AccountEvent,
    AccountEventKind,
    Appointment,
    Passkey,
    Recovery,
)
from marketplace.accounts.services.people import register
from marketplace.catalogue.models.listings import ArchiveReason, ListingPhoto, ListingStatus
from marketplace.catalogue.services.counts import recount
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.foundation.limits import limiter
from marketplace.foundation.outbox import Change, Subject
from marketplace.kim.models import KimMember
from marketplace.photos.models import Photo
from marketplace.selling.models import (
    ChangeStatus,
    Consent,
    ConsentAnswer,
    Draft,
    ProposedChange,
    ProposedPhoto,
    Upload,
)
from marketplace.selling.queries.consents import list_consents_of_seller
from marketplace.selling.services.leaving import erase_account
from marketplace.umkm.models import BusinessStatus
from tests.selling.leavers import a_device, a_draft
from tests.support.personas import (
    PASSWORD,
    PASSWORD_HASH,
    a_business,
    a_coordinator_of,
    a_kim,
    a_person,
    a_photo,
    a_product,
    an_attraction,
    an_officer_of,
)

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]

YES = {"password": PASSWORD, "understood": "y"}


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
    return a_business(
        owner_id=siti.id, name="Dapur Sanan", owner_name="Siti Aminah", whatsapp=siti.phone, hamlet="Krajan", nib="123"
    )


def erase(client, **values):
    return client.submit("/akun/hapus", **{**YES, **values})


def test_who_has_not_signed_in_takes_and_erases_nothing(client):
    assert client.get("/akun/unduh").status_code == 302
    assert client.get("/akun/hapus").status_code == 302
    assert client.post("/akun/hapus", data=YES).location.startswith("/masuk")


def test_nobody_is_erased_by_mistake_or_by_who_holds_their_telephone(client, siti, shop):
    wrong = erase(client, password="bukan kata sandinya")
    assert (wrong.status_code, "Kata sandinya belum benar." in wrong.words) == (422, True)
    unticked = client.submit("/akun/hapus", password=PASSWORD)
    assert (unticked.status_code, "Centang dulu kalau Anda sudah yakin." in unticked.words) == (422, True)
    assert client.post("/akun/hapus", data=YES).status_code in {400, 422}

    db.session.refresh(siti)
    assert siti.erased_at is None
    assert shop.owner_id == siti.id


def test_the_page_says_what_ends_and_what_is_still_to_be_sent(client, siti, shop):
    a_product(shop)
    a_draft(siti)
    kim = a_kim(name="KIM Kedungrejo")
    client.sign_in(siti)
    db.session.add(KimMember(kim=kim, position=2, name=siti.name, role="koordinator", user=siti))
    db.session.flush()

    words = client.get("/akun/hapus").words

    assert "1 produk atau wisata Anda diturunkan" in words
    assert "Dapur Sanan ditutup" in words
    assert "Masih ada 1 draf yang belum dikirim" in words
    assert "Anda satu-satunya koordinator KIM Kedungrejo" in words

    a_coordinator_of(kim)
    assert "satu-satunya" not in client.get("/akun/hapus").words


def test_an_officer_is_told_to_hand_over_first(client):
    client.sign_in(an_officer_of())

    assert "Jabatan itu berakhir; serahkan dulu tugas Anda" in client.get("/akun/hapus").words


def test_what_a_person_sold_is_put_away_for_good_and_out_of_sight(client, siti, shop):
    statuses = (ListingStatus.PUBLISHED, ListingStatus.WAITING, ListingStatus.NEEDS_FIX, ListingStatus.DRAFT)
    products = [a_product(shop, status=status) for status in statuses]
    away = a_product(shop, status=ListingStatus.ARCHIVED)
    other = a_product()
    recount()
    db.session.query(Change).delete()

    answer = erase(client)

    assert (answer.status_code, answer.location) == (303, "/")
    for product in (*products, away):
        db.session.refresh(product)
        assert (product.status, product.archive_reason) == (ListingStatus.ARCHIVED, ArchiveReason.ACCOUNT_ERASED)
        assert client.get(f"/produk/{product.id}-{product.slug}").status_code == 404
    assert other.is_public
    assert client.get(f"/usaha/{shop.id}-dapur-sanan").status_code == 404
    told = {(change.subject, change.key) for change in db.session.scalars(select(Change))}
    assert (Subject.LISTING, str(products[0].id)) in told
    assert (Subject.BUSINESS, str(shop.id)) in told


def test_nothing_that_is_kept_says_who_it_was(client, siti, shop):
    number = siti.phone
    a_product(shop)
    device = a_device(siti)
    db.session.add_all(
        [
            Passkey(
                user_id=siti.id, credential_id="A", public_key=b"k", sign_count=1, name="Jari", created_at=clock.now()
            ),
            Recovery(user_id=siti.id, asked_at=clock.now()),
            AccountEvent(
                user_id=siti.id, kind=AccountEventKind.SIGNED_IN, note="HP Siti di Krajan", happened_at=clock.now()
            ),
        ]
    )
    db.session.flush()

    erase(client)

    for row in (siti, shop, device):
        db.session.refresh(row)
    assert (siti.name, siti.phone, siti.village_code) == ("Akun dihapus", None, None)
    assert siti.erased_at is not None
    assert (shop.status, shop.owner_id, shop.whatsapp, shop.hamlet, shop.nib) == (
        BusinessStatus.ARCHIVED,
        None,
        None,
        None,
        None,
    )
    assert shop.name == f"Usaha {shop.id} yang sudah tutup"
    assert "Siti" not in shop.owner_name
    assert device.ended_at is not None
    assert "Siti" not in device.name
    assert db.session.scalars(select(Passkey)).all() == []
    assert db.session.scalars(select(Recovery.refused_at)).one() is not None
    events = db.session.scalars(select(AccountEvent).where(AccountEvent.user_id == siti.id)).all()
    assert AccountEventKind.ERASED in {event.kind for event in events}
    assert {event.note for event in events} == {""}
    assert number not in repr([vars(row) for row in (siti, shop, device)])


def test_who_is_erased_is_signed_out_everywhere_and_may_register_anew(client, app, siti):
    number = siti.phone
    elsewhere = app.test_client()
    elsewhere.sign_in(siti)

    erase(client)

    for telephone in (client, elsewhere):
        assert telephone.get("/akun").status_code == 302
    assert client.submit("/masuk", phone=number, password=PASSWORD).status_code == 422
    anew = register(app.login_manager.anonymous_user(), "Siti", number, PASSWORD_HASH, None, clock.now())
    assert anew.id != siti.id


def test_drafts_and_photos_that_nothing_shows_are_gone(client, siti, shop):
    used, unused = a_photo(), a_photo()
    product = a_product(shop)
    product.photos.append(_use_of(used))
    a_draft(siti, photo=used, sent_at=clock.now(), listing_id=product.id)
    a_draft(siti, photo=unused)
    others = a_draft(a_person("Joko"))

    erase(client)

    assert db.session.scalars(select(Draft.id)).all() == [others.id]
    assert db.session.scalars(select(Upload)).all() == []
    assert db.session.scalars(select(Photo.id).where(Photo.id.in_([used.id, unused.id]))).all() == [used.id]


def _use_of(photo: Photo) -> ListingPhoto:
    return ListingPhoto(photo=photo, position=0)


def test_edits_that_wait_are_withdrawn_and_consents_lose_the_number(client, siti, shop):
    product = a_product(shop, photos=1)
    coordinator = a_coordinator_of(a_kim())
    now = clock.now()
    change = ProposedChange(
        listing_id=product.id, values={"price": 1}, base_version=1, proposed_by_id=siti.id, proposed_at=now
    )
    change.photos = [
        ProposedPhoto(photo=photo, position=position)
        for position, photo in enumerate((product.photos[0].photo, a_photo()))
    ]
    consent = Consent(
        listing_id=product.id,
        business_id=shop.id,
        phone=siti.phone,
        asked_by_id=coordinator.id,
        asked_at=now - timedelta(days=9),
        answer=ConsentAnswer.YES,
        answered_at=now,
    )
    db.session.add_all([change, consent])
    db.session.flush()
    number = siti.phone

    erase(client)

    db.session.refresh(change)
    db.session.refresh(consent)
    assert (change.status, change.values, change.photos) == (ChangeStatus.WITHDRAWN, {}, [])
    # What the listing shows stays with it.
    assert db.session.scalars(select(Photo)).all() == [product.photos[0].photo]
    assert (consent.phone, consent.answer, consent.answered_at) == ("", ConsentAnswer.YES, now)
    anew = a_person(phone=number)
    assert list_consents_of_seller(anew) == []
    client.sign_in(coordinator)
    assert client.get("/jual/persetujuan").status_code == 200


def test_two_who_leave_one_village_close_two_businesses_whatever_others_are_called(client, siti, shop):
    a_business(name=f"Usaha {shop.id} yang sudah tutup")

    erase(client)

    db.session.refresh(shop)
    assert shop.name == f"Usaha {shop.id} yang sudah tutup (2)"


def test_what_was_posted_for_a_kim_goes_to_its_other_coordinator(client, app):
    kim = a_kim()
    rini = a_coordinator_of(kim)
    joko = a_coordinator_of(kim, name="Joko")
    waterfall = an_attraction(posted_by_id=rini.id)
    client.sign_in(rini)

    erase(client)

    db.session.refresh(waterfall)
    assert waterfall.is_public
    assert waterfall.posted_by_id == joko.id
    assert db.session.scalars(select(KimMember).where(KimMember.user_id == rini.id)).all() == []

    client.sign_in(joko)
    erase(client)
    db.session.refresh(waterfall)
    assert waterfall.archive_reason is ArchiveReason.ACCOUNT_ERASED


def test_a_number_that_others_still_show_is_gone_with_its_person(client):
    kim = a_kim()
    rini, other = a_coordinator_of(kim), a_coordinator_of(kim)
    kim.whatsapp = rini.phone
    handed_over = an_attraction(posted_by_id=rini.id, whatsapp=rini.phone)
    of_other = an_attraction(name="Pantai", posted_by_id=other.id, whatsapp=rini.phone)
    elsewhere = an_attraction(name="Goa", posted_by_id=other.id, whatsapp=other.phone)
    client.sign_in(rini)

    erase(client)

    for shown in (kim, handed_over, of_other, elsewhere):
        db.session.refresh(shown)
    assert (kim.whatsapp, handed_over.whatsapp, of_other.whatsapp) == (None, None, None)
    assert (handed_over.posted_by_id, handed_over.status) == (other.id, ListingStatus.PUBLISHED)
    assert elsewhere.whatsapp == other.phone


def test_an_office_ends_with_its_account(client):
    officer = an_officer_of()
    client.sign_in(officer)

    erase(client)

    assert db.session.scalars(select(Appointment).where(Appointment.user_id == officer.id)).all() == []


def test_nobody_erases_somebody_else_and_nobody_twice():
    siti, joko = a_person(), a_person("Joko")

    with pytest.raises(NotAllowed):
        erase_account(joko, siti, clock.now())
    erase_account(siti, siti, clock.now())
    with pytest.raises(NotAllowed):
        erase_account(siti, siti, clock.now())


def test_the_account_page_leads_to_both(client, siti):
    links = client.get("/akun").links

    assert links["Unduh data saya"] == "/akun/unduh"
    assert links["Hapus akun"] == "/akun/hapus"


def test_the_operator_s_list_copes_with_who_has_left(app):
    siti = a_person()
    erase_account(siti, siti, clock.now())

    result = app.test_cli_runner().invoke(args=["accounts", "list"])

    assert result.exit_code == 0, result.output
