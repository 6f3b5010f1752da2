"""Reading what sellers were asked about listings that others posted for them."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import User
from marketplace.catalogue.models.listings import Listing, ListingPhoto
from marketplace.catalogue.models.products import Product
from marketplace.foundation.database import db
from marketplace.kim.models import Kim
from marketplace.kim.people import list_coordinated_kim, list_kim_of_coordinators
from marketplace.regions.models import Village
from marketplace.selling.errors import NoSuchConsent
from marketplace.selling.models import Consent, ConsentAnswer
from marketplace.umkm.models import Business

MOST_SHOWN = 100


def get_consent(consent_id: int, *, to_answer: bool = False) -> Consent:
    """Return what a link asks about, with its listing as it will look, or refuse with NoSuchConsent."""
    statement = _with_its_listing().where(Consent.id == consent_id)
    if to_answer:
        # Of two answers at once the second waits here, and finds the first.
        statement = select(Consent).where(Consent.id == consent_id).with_for_update()
        statement = statement.execution_options(populate_existing=True)
    return _found(db.session.scalar(statement))


def get_asked_consent(coordinator: User, listing_id: int) -> Consent:
    """Return what was asked about a listing of a village that this coordinator looks after, or refuse."""
    statement = _with_its_listing().join(Consent.listing)
    return _found(db.session.scalar(statement.where(Consent.listing_id == listing_id, _looked_after_by(coordinator))))


def list_asked_consents(coordinator: User) -> list[Consent]:
    """Return what this coordinator's sellers were asked: first what has no answer, in each part the newest first."""
    statement = _with_its_listing().join(Consent.listing).where(_looked_after_by(coordinator))
    statement = statement.order_by(Consent.answer.is_not(None), Consent.id.desc()).limit(MOST_SHOWN)
    return list(db.session.scalars(statement))


def list_consents_of_seller(person: User) -> list[Consent]:
    """Return what waits for a seller, oldest first: their word on what was posted in their own business, and
    whatever was posted for their number in a business that nobody has taken over yet.
    """
    own_word = (Business.owner_id == person.id) & Consent.answer.is_(None)
    is_not_refused = Consent.answer.is_(None) | (Consent.answer == ConsentAnswer.YES)
    to_claim = Business.owner_id.is_(None) & (Consent.phone == person.phone) & is_not_refused
    statement = (
        select(Consent)
        .join(Consent.business)
        .where(own_word | to_claim)
        .options(contains_eager(Consent.business), joinedload(Consent.listing), joinedload(Consent.asked_by))
        .order_by(Consent.id)
        .limit(MOST_SHOWN)
    )
    return list(db.session.scalars(statement))


def find_kim_of(consent: Consent) -> Kim | None:
    """Return the KIM for which the coordinator asked, while they speak for it."""
    return find_kims_of([consent])[consent.id]


def find_kims_of(consents: Sequence[Consent]) -> dict[int, Kim | None]:
    """Return what `find_kim_of` tells of each of these, by its id, with one question for all."""
    speaks_for = list_kim_of_coordinators({consent.asked_by_id for consent in consents})
    return {
        consent.id: next(
            (kim for kim in speaks_for[consent.asked_by_id] if kim.looks_after(consent.listing.village_code)), None
        )
        for consent in consents
    }


def _with_its_listing() -> Select:
    village = joinedload(Consent.listing).joinedload(Listing.village)
    return select(Consent).options(
        village.joinedload(Village.district),
        village.joinedload(Village.regency),
        joinedload(Consent.listing).selectinload(Listing.photos).joinedload(ListingPhoto.photo),
        # Else the price of each product would be a question of its own.
        joinedload(Consent.listing).selectin_polymorphic([Product]),
        joinedload(Consent.business),
        joinedload(Consent.asked_by),
    )


def _looked_after_by(coordinator: User) -> ColumnElement[bool]:
    places = [
        Listing.village_code == kim.village_code if kim.village_code else Listing.district_code == kim.district_code
        for kim in list_coordinated_kim(coordinator)
    ]
    return or_(false(), *places)


def _found(consent: Consent | None) -> Consent:
    if consent is None:
        raise NoSuchConsent
    return consent
