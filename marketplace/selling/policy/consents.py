"""Who may ask a seller for their word on a listing, who may give it, and whose the business becomes."""

from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.access import Actor
from marketplace.kim.policy import coordinates_village
from marketplace.selling.models import Consent, ConsentAnswer


def may_ask_consent(actor: Actor, listing: Listing) -> bool:
    """A coordinator of the village, of what a business there sells."""
    return listing.business_id is not None and coordinates_village(actor, listing.village_code)


def may_answer(actor: Actor, consent: Consent) -> bool:
    """Whoever has the link that was sent to the seller's number, but not the coordinator who sent it."""
    return not actor.is_authenticated or getattr(actor, "id", None) != consent.asked_by_id


def may_claim(actor: Actor, consent: Consent) -> bool:
    """Whoever signs in with the very number that was asked, once they agreed, while the business has no owner."""
    if actor.is_console or not actor.is_authenticated:
        return False
    is_asked = actor.phone is not None and actor.phone == consent.phone
    return is_asked and consent.answer is ConsentAnswer.YES and consent.business.owner_id is None
