"""The seller's word on what a coordinator posts for them: asked over WhatsApp, given once, then the way to own it."""

from datetime import datetime

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer

from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingStatus
from marketplace.catalogue.services import publishing
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require
from marketplace.selling.errors import AlreadyAnswered, CannotClaim, NoSuchConsent
from marketplace.selling.models import Consent, ConsentAnswer
from marketplace.selling.policy import consents as policy
from marketplace.selling.queries.consents import get_consent

SALT = "consent of a seller"
LONGEST_TOKEN = 200


def link_token(consent_id: int) -> str:
    """Return what the seller's link ends in: it proves that the link comes from us, and is good for this one listing."""
    return _signer().dumps(consent_id)


def read_link(token: str) -> int:
    """Return the id of the consent whose link ends so, or refuse with NoSuchConsent."""
    try:
        consent_id = _signer().loads(token) if len(token) <= LONGEST_TOKEN else None
    except BadData as error:
        raise NoSuchConsent from error
    if type(consent_id) is not int:
        raise NoSuchConsent
    return consent_id


def ask_consent(actor: Actor, listing: Listing, phone: str, at: datetime) -> Consent:
    """Hold a listing back until the seller with this number (E.164) has agreed; the caller sends them the link."""
    require(policy.may_ask_consent(actor, listing))
    listing.awaits_consent = True
    consent = Consent(
        listing_id=listing.id, business_id=listing.business_id, phone=phone, asked_by_id=actor.id, asked_at=at
    )
    db.session.add(consent)
    db.session.flush()
    return consent


def answer_consent(actor: Actor, consent_id: int, answer: ConsentAnswer, at: datetime) -> Consent:
    """Keep what the seller says: yes lets the KIM publish the listing, no puts it away for good.

    The same answer again changes nothing; another one is refused with AlreadyAnswered.
    """
    consent = get_consent(consent_id, to_answer=True)
    require(policy.may_answer(actor, consent))
    if consent.answer is not None:
        if consent.answer is not answer:
            raise AlreadyAnswered
        return consent
    consent.answer, consent.answered_at = answer, at
    if answer is ConsentAnswer.YES:
        consent.listing.awaits_consent = False
        consent.listing.updated_at = at
    else:
        _put_away(consent.listing, at)
    db.session.flush()
    note_changes([consent.listing_id])
    return consent


def claim_business(actor: Actor, consent_id: int, at: datetime) -> Consent:
    """Make the person with the number that was asked the owner of the business; again by the same changes nothing.

    Refuses with CannotClaim. Of two who claim at once the second finds the business taken.
    """
    consent = get_consent(consent_id, to_answer=True)
    if consent.claimed_by_id is not None and consent.claimed_by_id == getattr(actor, "id", None):
        return consent
    db.session.refresh(consent.business, with_for_update=True)
    if not policy.may_claim(actor, consent):
        raise CannotClaim
    consent.business.owner_id = consent.claimed_by_id = actor.id
    consent.claimed_at = at
    db.session.flush()
    return consent


def _put_away(listing: Listing, at: datetime) -> None:
    if listing.status is ListingStatus.ARCHIVED:
        # Put away before the seller answered: now it stays there.
        listing.archive_reason = ArchiveReason.CONSENT_REFUSED
    else:
        publishing.archive([listing], ArchiveReason.CONSENT_REFUSED, at)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.extensions["settings"].secret_key, salt=SALT)
