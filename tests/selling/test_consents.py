"""What a coordinator posts for a seller waits for the seller's own word; with the same number it becomes theirs."""

import re

import pytest
from flask import current_app
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer
from sqlalchemy import select

from marketplace.catalogue.errors import ConsentMissing
from marketplace.catalogue.models.listings import ArchiveReason, ListingStatus
from marketplace.catalogue.models.products import Product
from marketplace.catalogue.services import publishing
from marketplace.foundation import clock
from marketplace.foundation.access import CONSOLE, Visitor
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotAllowed
from marketplace.selling.errors import AlreadyAnswered, CannotClaim, NoSuchConsent
from marketplace.selling.models import Consent, ConsentAnswer
from marketplace.selling.policy.consents import may_answer, may_ask_consent, may_claim
from marketplace.selling.services import consents
from marketplace.selling.services.archive import duplicate_listing, restore_listing
from marketplace.selling.services.behalf import post_for_seller
from marketplace.umkm.models import Business
from tests.support.personas import (
    a_business,
    a_category,
    a_coordinator_of,
    a_kim,
    a_person,
    a_photo,
    a_product,
    a_village,
    an_attraction,
)
from tests.support.places import KEDUNGREJO, MARGOREJO
from tests.support.queries import query_budget

pytestmark = [pytest.mark.both_databases, pytest.mark.usefixtures("app")]
NUMBER = "+6281234500001"
NOBODY = Visitor()


@pytest.fixture
def rini():
    """The coordinator of Kedungrejo's KIM."""
    return a_coordinator_of(a_kim())


def posted_by(rini, **values) -> Product:
    """Keripik tempe, posted for Bu Sumiati of Kedungrejo."""
    told = {
        "name": "Keripik tempe",
        "price": 18_000,
        "unit": "bungkus",
        "category_id": a_category().id,
        "seller_name": "Sumiati",
        "seller_phone": NUMBER,
        "business_name": "",
        "village_code": KEDUNGREJO,
        **values,
    }
    return post_for_seller(rini, told, [a_photo().id], clock.now())


def consent_of(product) -> Consent:
    return db.session.scalars(select(Consent).where(Consent.listing_id == product.id)).one()


def path_of(product) -> str:
    return f"/setuju/{consents.link_token(consent_of(product).id)}"


def test_what_is_posted_for_a_seller_waits_for_their_word(rini):
    product = posted_by(rini)

    assert (product.status, product.awaits_consent, product.posted_by_id) == (ListingStatus.WAITING, True, rini.id)
    assert (product.business.owner_name, product.business.whatsapp) == ("Sumiati", NUMBER)
    consent = consent_of(product)
    assert (consent.phone, consent.asked_by_id, consent.answer) == (NUMBER, rini.id, None)
    with pytest.raises(ConsentMissing):
        publishing.publish_listings(CONSOLE, [product.id], clock.now())


def test_a_seller_is_found_again_by_their_number_in_the_village(rini):
    first, second = posted_by(rini), posted_by(rini, name="Keripik pisang", seller_name="Bu Sum")

    assert first.business_id == second.business_id
    assert second.business.owner_name == "Sumiati"


def test_the_shop_of_somebody_with_an_account_is_used_and_asks_its_owner(client, rini):
    siti = a_person(phone=NUMBER)
    shop = a_business(owner_id=siti.id, whatsapp=NUMBER)

    product = posted_by(rini)

    assert (product.business_id, product.awaits_consent) == (shop.id, True)
    client.sign_in(siti)
    link = client.get("/jual").links["Lihat, lalu jawab setuju atau tidak"]
    client.submit(f"{link}/ya", on=link)
    db.session.refresh(product)
    assert product.awaits_consent is False


def test_two_sellers_of_one_name_are_told_apart(rini):
    names = {posted_by(rini, seller_phone=f"+628123450000{digit}").business.name for digit in range(3)}

    assert names == {"Sumiati", "Sumiati 0001", "Sumiati 0002"}


def test_a_coordinator_who_sells_themselves_need_not_ask(rini):
    a_business(owner_id=rini.id, whatsapp=NUMBER)

    assert posted_by(rini).awaits_consent is False


@pytest.mark.parametrize("who", ["another village's coordinator", "a seller"])
def test_nobody_posts_for_sellers_of_a_village_they_do_not_look_after(who):
    stranger = a_coordinator_of(a_kim(a_village(MARGOREJO))) if who.startswith("another") else a_person()

    with pytest.raises(NotAllowed):
        posted_by(stranger)
    assert not db.session.scalars(select(Business)).all()


def test_a_seller_agrees_without_an_account(client, rini):
    product = posted_by(rini)

    page = client.get(path_of(product))
    assert page.heading == "Keripik tempe"
    assert "Rp18.000 / bungkus" in page.words and "Desa Kedungrejo" in page.words and rini.name in page.words
    assert page.meta("robots") == "noindex"
    assert consents.link_token(consent_of(product).id) not in page.meta("og:url")
    after = client.submit(f"{path_of(product)}/ya", on=path_of(product))

    assert after.status_code == 303
    assert "Anda setuju pada" in client.get(path_of(product)).words
    db.session.refresh(product)
    assert (product.awaits_consent, product.status) == (False, ListingStatus.WAITING)
    consent = consent_of(product)
    db.session.refresh(consent)
    assert (consent.answer, consent.phone, consent.answered_at is not None) == (ConsentAnswer.YES, NUMBER, True)
    assert publishing.publish_waiting(CONSOLE, None, clock.now()) == 1


def test_what_a_seller_refuses_is_put_away_for_good(client, rini):
    product = posted_by(rini)

    client.submit(f"{path_of(product)}/tidak", on=path_of(product))

    assert "Produk ini tidak tayang." in client.get(path_of(product)).words
    db.session.refresh(product)
    assert (product.status, product.archive_reason) == (ListingStatus.ARCHIVED, ArchiveReason.CONSENT_REFUSED)
    with pytest.raises(NotAllowed):
        restore_listing(rini, product, clock.now())


def test_what_was_put_away_before_the_answer_stays_away_after_a_no(rini):
    product = posted_by(rini)
    publishing.archive([product], ArchiveReason.SELLER, clock.now())

    consents.answer_consent(NOBODY, consent_of(product).id, ConsentAnswer.NO, clock.now())

    assert product.archive_reason is ArchiveReason.CONSENT_REFUSED


def test_a_coordinator_s_copy_asks_again_and_a_seller_s_own_does_not(rini):
    product = posted_by(rini)
    consents.answer_consent(NOBODY, consent_of(product).id, ConsentAnswer.YES, clock.now())

    copy = duplicate_listing(rini, product, clock.now())
    assert (copy.awaits_consent, consent_of(copy).phone) == (True, NUMBER)

    siti = a_person(phone=NUMBER)
    consents.claim_business(siti, consent_of(product).id, clock.now())
    assert duplicate_listing(siti, copy, clock.now()).awaits_consent is False


def test_an_answer_holds(rini):
    consent = consent_of(posted_by(rini))
    first = consents.answer_consent(NOBODY, consent.id, ConsentAnswer.YES, clock.now()).answered_at

    assert consents.answer_consent(NOBODY, consent.id, ConsentAnswer.YES, clock.now()).answered_at == first
    with pytest.raises(AlreadyAnswered):
        consents.answer_consent(NOBODY, consent.id, ConsentAnswer.NO, clock.now())


def test_a_second_press_of_the_other_button_is_told_so(client, rini):
    product = posted_by(rini)
    client.submit(f"{path_of(product)}/ya", on=path_of(product))

    page = client.post(f"{path_of(product)}/tidak", data={"csrf_token": "x"})

    assert page.status_code == 422
    assert consent_of(product).answer is ConsentAnswer.YES


def test_another_site_cannot_answer(client, rini):
    product = posted_by(rini)

    assert client.post(f"{path_of(product)}/ya").status_code == 422
    assert consent_of(product).answer is None


def test_the_coordinator_who_asked_does_not_answer(client, rini):
    product = posted_by(rini)
    client.sign_in(rini)

    assert "Jawabannya dari penjual sendiri" in client.get(path_of(product)).words
    with pytest.raises(NotAllowed):
        consents.answer_consent(rini, consent_of(product).id, ConsentAnswer.YES, clock.now())


def test_links_that_are_not_ours_lead_nowhere(client, rini):
    consent = consent_of(posted_by(rini))
    key, token = current_app.extensions["settings"].secret_key, consents.link_token(consent.id)
    other_salt = URLSafeSerializer(key, salt="another").dumps(consent.id)
    other_key = URLSafeSerializer("k" * 40, salt=consents.SALT).dumps(consent.id)
    other_kind = URLSafeTimedSerializer(key, salt=consents.SALT).dumps(consent.id)
    signer = URLSafeSerializer(key, salt=consents.SALT)
    other_id = f"{signer.dumps(consent.id + 1).partition('.')[0]}.{token.partition('.')[2]}"
    no_ids = [signer.dumps(value) for value in ("1", True, None, [1], {"id": 1})]

    for made_up in (
        other_salt,
        other_key,
        other_kind,
        other_id,
        token[:-1],
        f"{token}x",
        str(consent.id),
        "%00",
        *no_ids,
    ):
        assert client.get(f"/setuju/{made_up}").status_code == 404, made_up
    with pytest.raises(NoSuchConsent):
        consents.read_link("x" * 100_000)


def test_the_same_number_makes_it_theirs_after_the_yes(client, rini):
    product = posted_by(rini)
    client.submit(f"{path_of(product)}/ya", on=path_of(product))
    siti = a_person(phone=NUMBER)
    client.sign_in(siti)
    assert "Ini dagangan saya" in client.get("/jual").words

    client.submit(f"{path_of(product)}/ambil", on=path_of(product))

    business, consent = db.session.get(Business, product.business_id), consent_of(product)
    db.session.refresh(business)
    db.session.refresh(consent)
    assert (business.owner_id, consent.claimed_by_id) == (siti.id, siti.id)
    assert "Keripik tempe" in client.get("/jual").words
    assert consents.claim_business(siti, consent.id, clock.now()).claimed_by_id == siti.id


def test_another_number_makes_nothing_theirs(client, rini):
    product = posted_by(rini)
    client.submit(f"{path_of(product)}/ya", on=path_of(product))
    client.sign_in(a_person())

    assert "nomor lain" in client.get(path_of(product)).words
    assert client.submit(f"{path_of(product)}/ambil", on="/akun").status_code == 409
    assert product.business.owner_id is None


def test_a_shop_with_an_owner_is_not_claimed(rini):
    product = posted_by(rini)
    consents.answer_consent(NOBODY, consent_of(product).id, ConsentAnswer.YES, clock.now())
    product.business.owner_id = a_person().id

    with pytest.raises(CannotClaim):
        consents.claim_business(a_person(phone=NUMBER), consent_of(product).id, clock.now())


def test_nothing_is_claimed_before_the_yes(rini):
    product = posted_by(rini)

    with pytest.raises(CannotClaim):
        consents.claim_business(a_person(phone=NUMBER), consent_of(product).id, clock.now())


def test_a_visitor_signs_in_before_they_claim(client, rini):
    product = posted_by(rini)
    client.submit(f"{path_of(product)}/ya", on=path_of(product))

    link = client.get(path_of(product)).links["Masuk dengan nomor ini"]
    assert link.startswith("/masuk?next=/setuju/")
    assert client.post(f"{path_of(product)}/ambil").headers["Location"] == "/masuk"


def test_the_coordinator_sends_the_link_over_whatsapp(client, rini):
    product = posted_by(rini)
    client.sign_in(rini)

    page = client.get(f"/jual/{product.id}/persetujuan")

    link = page.links["Kirim lewat WhatsApp"]
    assert link.startswith("https://wa.me/6281234500001?text=") and "Setuju%20tayang%3F" in link
    assert re.search(r"/setuju/[\w.-]+", page.words)[0] == path_of(product)
    assert page.links["Semua persetujuan"] == "/jual/persetujuan"
    assert "Keripik tempe" in client.get("/jual/persetujuan").words


def test_other_coordinators_and_sellers_do_not_see_the_link(client, rini):
    product = posted_by(rini)

    client.sign_in(a_coordinator_of(a_kim(a_village(MARGOREJO))))
    assert client.get(f"/jual/{product.id}/persetujuan").status_code == 404
    assert "Keripik tempe" not in client.get("/jual/persetujuan").words
    client.sign_in(a_person())
    assert client.get(f"/jual/{product.id}/persetujuan").status_code == 403


def test_who_may_do_what_with_consents(rini):
    product = posted_by(rini)
    consent = consent_of(product)

    assert may_ask_consent(rini, product)
    assert not may_ask_consent(a_person(), product)
    assert not may_ask_consent(rini, an_attraction())
    assert not may_ask_consent(rini, a_product(a_business(a_village(MARGOREJO))))
    assert may_answer(NOBODY, consent) and may_answer(a_person(), consent) and not may_answer(rini, consent)
    assert not may_claim(NOBODY, consent) and not may_claim(CONSOLE, consent)


def test_however_many_sellers_were_asked_the_page_asks_the_database_no_more(client, rini):
    client.sign_in(rini)

    def count_statements() -> int:
        with query_budget(40) as statements:
            assert client.get("/jual/persetujuan").status_code == 200
        return len(statements)

    for number in range(2):
        posted_by(rini, name=f"Keripik {number}")
    before = count_statements()
    for number in range(2, 6):
        posted_by(rini, name=f"Keripik {number}", seller_phone=f"+628123450000{number}")

    assert count_statements() == before
