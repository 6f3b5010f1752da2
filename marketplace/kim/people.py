"""Which KIM a person works for, and whom they may help back into their account."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, exists, false, or_, select, true
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.accounts.models import Appointment, Office, Recovery, User
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.kim.errors import LinkIsOver, NoSuchRecovery
from marketplace.kim.models import Kim, KimMember, KimStatus, MemberRole
from marketplace.regions.models import Village


def list_coordinated_kim(actor: Actor) -> list[Kim]:
    """Return the active KIM whose sellers this person looks after; none for visitors and the console."""
    if not actor.is_authenticated or actor.is_console:
        return []
    return list_kim_of_coordinators([actor.id])[actor.id]


def list_kim_of_coordinators(user_ids: Collection[int]) -> dict[int, list[Kim]]:
    """Return for each of these people the active KIM whose sellers they look after, in one question for all."""
    rows = db.session.execute(
        select(KimMember.user_id, Kim)
        .join(KimMember, KimMember.kim_id == Kim.id)
        .where(
            KimMember.user_id.in_(user_ids),
            KimMember.role == MemberRole.COORDINATOR,
            Kim.status == KimStatus.ACTIVE,
        )
        .options(joinedload(Kim.village), joinedload(Kim.district))
        .order_by(Kim.registered_on, Kim.id)
    )
    found: dict[int, list[Kim]] = {user_id: [] for user_id in user_ids}
    for user_id, kim in rows:
        found[user_id].append(kim)
    return found


def list_offices(actor: Actor) -> list[Appointment]:
    """Return the offices of a person; none for visitors and the console."""
    if not actor.is_authenticated or actor.is_console:
        return []
    return list(db.session.scalars(select(Appointment).where(Appointment.user_id == actor.id)))


def list_open_recoveries(actor: Actor, at: datetime) -> list[Recovery]:
    """Return who waits to get back in and may be helped by this person, the longest waiting first."""
    statement = _helped_by(actor, at).order_by(Recovery.asked_at, Recovery.id)
    return list(db.session.scalars(statement))


def get_open_recovery(actor: Actor, recovery_id: int, at: datetime) -> Recovery:
    """Return an open request of somebody whom this person may help, or refuse with NoSuchRecovery."""
    recovery = db.session.scalar(_helped_by(actor, at).where(Recovery.id == recovery_id))
    if recovery is None:
        raise NoSuchRecovery
    return recovery


def find_open_recovery(user: User, at: datetime) -> Recovery | None:
    """Return the request that a person has open."""
    return db.session.scalar(select(Recovery).where(Recovery.user_id == user.id, _is_open(at)))


def get_recovery_of_link(link_hash: str, at: datetime, *, to_use: bool = False) -> Recovery:
    """Return the request whose link has this SHA-256 and still works, or refuse with LinkIsOver."""
    statement = select(Recovery).join(Recovery.user).where(Recovery.link_hash == link_hash, _is_open(at))
    if to_use:
        # Of two who follow the link at once the second waits here, and finds it used.
        statement = statement.with_for_update()
    recovery = db.session.scalar(statement)
    if recovery is None:
        raise LinkIsOver
    return recovery


def _is_open(at: datetime) -> ColumnElement[bool]:
    is_undecided = Recovery.used_at.is_(None) & Recovery.refused_at.is_(None)
    return is_undecided & or_(Recovery.expires_at.is_(None), Recovery.expires_at > at)


def _helped_by(actor: Actor, at: datetime):
    return (
        select(Recovery)
        .join(Recovery.user)
        .where(_is_open(at), User.id != getattr(actor, "id", None), _looked_after_by(actor))
        .options(contains_eager(Recovery.user).joinedload(User.village).joinedload(Village.district))
    )


def _looked_after_by(actor: Actor) -> ColumnElement[bool]:
    """Say which people somebody may help; policy.may_help_back_in says the same of one person."""
    offices = list_offices(actor)
    if any(appointment.office is Office.ADMIN for appointment in offices):
        return true()
    places = [User.village_code.startswith(f"{appointment.regency_code}.") for appointment in offices]
    for kim in list_coordinated_kim(actor):
        own = User.village_code == kim.village_code
        places.append(own if kim.village_code else User.village_code.startswith(f"{kim.district_code}."))
    holds_an_office = exists().where(Appointment.user_id == User.id)
    return or_(false(), *places) & ~holds_an_office
