"""The seller's word on what was posted for them: what the coordinator sends, and where its link leads."""

from typing import Any

from flask import Response, current_app, flash, redirect, render_template, url_for
from flask.blueprints import BlueprintSetupState
from flask_login import current_user

from marketplace.catalogue.cards import CardPhoto
from marketplace.catalogue.models.products import Product
from marketplace.foundation import clock, phones
from marketplace.foundation.access import anyone, open_to, signed_in
from marketplace.foundation.errors import NotFound
from marketplace.foundation.formatting import rupiah
from marketplace.foundation.forms import TapForm, check_tap
from marketplace.foundation.limits import limiter, network_of_visitor
from marketplace.foundation.logging import hides_its_address
from marketplace.foundation.page_meta import PageMeta
from marketplace.kim.models import Kim
from marketplace.kim.policy import coordinates_something
from marketplace.selling.models import Consent, ConsentAnswer
from marketplace.selling.policy.consents import may_answer, may_claim
from marketplace.selling.queries import consents as queries
from marketplace.selling.services import consents as services
from marketplace.selling.views.blueprint import pages

TRIED_OFTEN = "Terlalu banyak tautan yang salah dari sambungan ini. Tunggu satu jam, lalu coba lagi."


def _was_made_up(response: Response) -> bool:
    return response.status_code == NotFound.status


# Telephones share addresses by the thousand: only links that lead nowhere are counted.
limit_made_up_links = limiter.limit(
    "30 per hour", key_func=network_of_visitor, deduct_when=_was_made_up, error_message=TRIED_OFTEN
)


@pages.record_once
def offer_to_templates(state: BlueprintSetupState) -> None:
    """Let the desk show what waits for the seller who looks at it."""
    state.app.jinja_env.globals.update(
        consents_of_seller=queries.list_consents_of_seller,
        consent_url=consent_url,
        coordinates_something=coordinates_something,
    )


def consent_url(consent: Consent) -> str:
    """Return the path of the page on which the seller answers."""
    return url_for("selling.show_consent", token=services.link_token(consent.id))


@pages.get("/setuju/<token>")
@open_to(anyone)
@hides_its_address
@limit_made_up_links
def show_consent(token: str):
    """What was posted for a seller as it will look, and the question; once answered what happened, and the way to own it."""
    consent = queries.get_consent(services.read_link(token))
    listing = consent.listing
    return render_template(
        "selling/show_consent.html",
        consent=consent,
        listing=listing,
        photos=[_shown(use, listing.name) for use in listing.photos],
        kim=queries.find_kim_of(consent),
        phone=phones.shown(consent.phone),
        token=token,
        tap=TapForm.from_request(),
        may_answer=may_answer(current_user, consent),
        may_claim=may_claim(current_user, consent),
        # The address of the page is a key, so it is not what the page calls itself.
        meta=_meta("Setuju tayang?", "Produk yang dipasangkan KIM untuk Anda.", url_for(".show_desk")),
        section="jual",
    )


@pages.post("/setuju/<token>/ya")
@open_to(anyone)
@hides_its_address
@limit_made_up_links
def agree(token: str):
    """Keep the seller's yes, and back to their page."""
    return _answer(token, ConsentAnswer.YES)


@pages.post("/setuju/<token>/tidak")
@open_to(anyone)
@hides_its_address
@limit_made_up_links
def disagree(token: str):
    """Keep the seller's no, and back to their page."""
    return _answer(token, ConsentAnswer.NO)


@pages.post("/setuju/<token>/ambil")
@open_to(signed_in)
@hides_its_address
@limit_made_up_links
def claim_business(token: str):
    """Make the business that of the person with the number that was asked, and on to their desk."""
    consent_id = services.read_link(token)
    check_tap()
    consent = services.claim_business(current_user, consent_id, clock.now())
    flash(f"{consent.business.name} sekarang ada di akun Anda.")
    return redirect(url_for(".show_desk"), 303)


@pages.get("/jual/persetujuan")
@open_to(coordinates_something)
def list_consents():
    """What the sellers of a coordinator were asked, first those who have not answered."""
    asked = queries.list_asked_consents(current_user)
    kims = queries.find_kims_of(asked)
    return render_template(
        "selling/list_consents.html",
        consents=[
            (consent, _whatsapp_url(consent, kims[consent.id]), phones.shown(consent.phone)) for consent in asked
        ],
        meta=_meta("Persetujuan penjual", "Penjual yang ditanya KIM.", url_for(".list_consents")),
        section="jual",
    )


@pages.get("/jual/<int:id>/persetujuan")
@open_to(coordinates_something)
def ask_consent(id: int):
    """The WhatsApp message that carries the seller's link, for the coordinator to send."""
    consent = queries.get_asked_consent(current_user, id)
    return render_template(
        "selling/ask_consent.html",
        consent=consent,
        link=_link(consent),
        phone=phones.shown(consent.phone),
        whatsapp_url=_whatsapp_url(consent, queries.find_kim_of(consent)),
        meta=_meta("Minta persetujuan", "Kirim tautan ke penjual.", url_for(".ask_consent", id=id)),
        section="jual",
    )


def _answer(token: str, answer: ConsentAnswer):
    consent_id = services.read_link(token)
    check_tap()
    services.answer_consent(current_user, consent_id, answer, clock.now())
    return redirect(url_for(".show_consent", token=token), 303)


def _link(consent: Consent) -> str:
    return current_app.extensions["settings"].public_url.rstrip("/") + consent_url(consent)


def _whatsapp_url(consent: Consent, kim: Kim | None) -> str:
    listing = consent.listing
    price = f" ({_price_text(listing)})" if isinstance(listing, Product) else ""
    sender = f"{consent.asked_by.name} dari {kim.name}" if kim else consent.asked_by.name
    text = (
        f"Halo {consent.business.owner_name}, saya {sender}. Saya memasang {listing.name}{price} milik Anda di "
        f"Pasar KIM. Setuju tayang? Lihat dan jawab di sini: {_link(consent)}"
    )
    return phones.whatsapp_url(consent.phone, text)


def _price_text(product: Product) -> str:
    return "harga ditanyakan" if product.price is None else f"{rupiah(product.price)} / {product.unit}"


def _shown(use: Any, name: str) -> CardPhoto:
    photo = use.photo
    return CardPhoto(photo.digest, photo.width, photo.height, photo.color, use.alt_text or name)


def _meta(title: str, description: str, url: str) -> PageMeta:
    return PageMeta(title, description, url, robots="noindex")
