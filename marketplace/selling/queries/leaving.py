"""What goes when a person leaves: all that is theirs, and who would be left without them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, or_, select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import Appointment, User
from marketplace.accounts.queries.people import list_appointments
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.database import db
from marketplace.kim.models import Kim, KimMember, KimStatus, MemberRole
from marketplace.kim.people import list_coordinated_kim
from marketplace.selling.models import ChangeStatus, Consent, Draft, ProposedChange, Upload
from marketplace.selling.queries.drafts import count_waiting_drafts
from marketplace.umkm.models import Business

OPEN = (ChangeStatus.WAITING, ChangeStatus.NEEDS_FIX)


@dataclass(frozen=True)
class Leaving:
    """What a person reads before they erase their account."""

    businesses: Sequence[str]
    listings: int
    drafts: int
    # KIM that have no other coordinator.
    left_alone: Sequence[Kim]
    appointments: Sequence[Appointment]


def look_at_leaving(person: User) -> Leaving:
    """Return what would end if this person erased their account."""
    businesses = db.session.scalars(select(Business.name).where(Business.owner_id == person.id).order_by(Business.id))
    return Leaving(
        businesses=businesses.all(),
        listings=db.session.scalar(select(func.count()).select_from(Listing).where(is_theirs(person))),
        drafts=count_waiting_drafts(person),
        left_alone=[kim for kim in list_coordinated_kim(person) if find_other_coordinator(kim, person) is None],
        appointments=list_appointments(person),
    )


def find_other_coordinator(kim: Kim, person: User) -> User | None:
    """Return who coordinates a KIM beside this person."""
    return db.session.scalar(
        select(User)
        .join(KimMember, KimMember.user_id == User.id)
        .where(KimMember.kim_id == kim.id, KimMember.role == MemberRole.COORDINATOR, User.id != person.id)
        .order_by(KimMember.position)
        .limit(1)
    )


def find_successor(listing: Listing, person: User) -> User | None:
    """Return who else coordinates a KIM that looks after the village of a listing."""
    kims = select(Kim).where(
        Kim.status == KimStatus.ACTIVE,
        Kim.district_code == listing.district_code,
        exists().where(KimMember.kim_id == Kim.id),
    )
    for kim in db.session.scalars(kims.order_by(Kim.village_code.is_(None), Kim.registered_on, Kim.id)):
        if kim.looks_after(listing.village_code) and (other := find_other_coordinator(kim, person)):
            return other
    return None


def list_businesses_to_close(person: User) -> list[Business]:
    """Return a person's businesses, held until the transaction ends."""
    return _held(select(Business).where(Business.owner_id == person.id).order_by(Business.id), Business)


def list_listings_to_archive(person: User) -> list[Listing]:
    """Return what a person sells, and what they posted without a business, held until the transaction ends."""
    return _held(select(Listing).where(is_theirs(person)).order_by(Listing.id), Listing)


def list_open_changes(person: User, listing_ids: Sequence[int]) -> list[ProposedChange]:
    """Return edits that wait: of these listings, and those that the person proposed."""
    theirs = or_(ProposedChange.proposed_by_id == person.id, ProposedChange.listing_id.in_(listing_ids))
    statement = select(ProposedChange).where(ProposedChange.status.in_(OPEN), theirs).order_by(ProposedChange.id)
    return _held(statement, ProposedChange)


def list_attractions_with_number_of(person: User) -> list[Attraction]:
    """Return the places to visit where visitors ask this person, held until the transaction ends."""
    return _held(select(Attraction).where(Attraction.whatsapp == person.phone).order_by(Attraction.id), Attraction)


def list_kim_with_number_of(person: User) -> list[Kim]:
    """Return the KIM that are asked at this person's number, held until the transaction ends."""
    return _held(select(Kim).where(Kim.whatsapp == person.phone).order_by(Kim.id), Kim)


def list_all_drafts(person: User) -> list[Draft]:
    """Return all drafts of a person with their photos, sent or not, held until the transaction ends."""
    statement = select(Draft).where(Draft.user_id == person.id).order_by(Draft.id)
    return _held(statement.options(selectinload(Draft.uploads).selectinload(Upload.photo)), Draft)


def list_consents_to_forget(person: User, business_ids: Sequence[int]) -> list[Consent]:
    """Return a person's words on what was posted for them, held until the transaction ends."""
    theirs = or_(Consent.claimed_by_id == person.id, Consent.business_id.in_(business_ids))
    return _held(select(Consent).where(theirs).order_by(Consent.id), Consent)


def is_theirs(person: User) -> ColumnElement[bool]:
    """Say which listings a person sells or posted without a business."""
    own_businesses = select(Business.id).where(Business.owner_id == person.id)
    return or_(
        Listing.business_id.in_(own_businesses), Listing.business_id.is_(None) & (Listing.posted_by_id == person.id)
    )


def _held(statement, model: type) -> list:
    # What this session may have read before it waited is read again.
    locked = statement.with_for_update(of=model).execution_options(populate_existing=True)
    return list(db.session.scalars(locked))
