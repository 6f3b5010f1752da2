"""A person's own drafts, and the photos on their way to them; those of others are as if they were not there."""

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from marketplace.accounts.models import User
from marketplace.foundation.database import db
from marketplace.selling.errors import NoSuchDraft
from marketplace.selling.models import Draft, Upload


def find_draft(person: User, draft_id: str, *, to_change: bool = False) -> Draft | None:
    """Return a person's own draft, or None; `to_change` waits for whoever else changes it and keeps others waiting."""
    statement = (
        select(Draft)
        .where(Draft.id == draft_id, Draft.user_id == person.id)
        .options(selectinload(Draft.uploads).selectinload(Upload.photo))
    )
    return db.session.scalar(_locked(statement, Draft) if to_change else statement)


def get_draft(person: User, draft_id: str, *, to_change: bool = False) -> Draft:
    """Return a person's own draft as `find_draft` does, or refuse with NoSuchDraft."""
    draft = find_draft(person, draft_id, to_change=to_change)
    if draft is None:
        raise NoSuchDraft
    return draft


def is_of_another(person: User, draft_id: str) -> bool:
    """Tell whether an id is that of somebody else's draft: on a telephone that two use, one goes on where the other was."""
    return db.session.scalar(select(Draft.user_id).where(Draft.id == draft_id, Draft.user_id != person.id)) is not None


def list_waiting_drafts(person: User) -> list[Draft]:
    """Return a person's drafts that have not been sent, with their photos; the one changed last comes first."""
    return list(
        db.session.scalars(
            select(Draft)
            .where(Draft.user_id == person.id, Draft.sent_at.is_(None))
            .options(selectinload(Draft.uploads).selectinload(Upload.photo))
            .order_by(Draft.updated_at.desc(), Draft.id)
        )
    )


def count_waiting_drafts(person: User) -> int:
    """Return how many drafts of a person have not been sent."""
    return db.session.scalar(
        select(func.count()).select_from(Draft).where(Draft.user_id == person.id, Draft.sent_at.is_(None))
    )


def count_unsent_drafts(person: User) -> int:
    """Return how many drafts of a person wait to be sent; what was put away waits for nothing."""
    return db.session.scalar(
        select(func.count())
        .select_from(Draft)
        .where(Draft.user_id == person.id, Draft.sent_at.is_(None), Draft.trashed_at.is_(None))
    )


def get_upload(person: User, upload_id: str, *, to_change: bool = False) -> Upload:
    """Return an upload to one of a person's own drafts, or refuse with NoSuchDraft; `to_change` as above."""
    statement = select(Upload).join(Upload.draft).where(Upload.id == upload_id, Draft.user_id == person.id)
    upload = db.session.scalar(_locked(statement, Upload) if to_change else statement)
    if upload is None:
        raise NoSuchDraft
    return upload


def sum_arriving_bytes(person: User) -> int:
    """Return how many bytes the photos have that are on their way to a person's drafts."""
    return db.session.scalar(
        select(func.coalesce(func.sum(Upload.size), 0))
        .join(Upload.draft)
        .where(Draft.user_id == person.id, Upload.photo_id.is_(None), Upload.refusal.is_(None))
    )


def _locked(statement, model: type):
    # What this session may have read before it waited is read again.
    return statement.with_for_update(of=model).execution_options(populate_existing=True)


def list_drafts_to_forget(trashed_before: datetime, sent_before: datetime, number: int) -> list[Draft]:
    """Return drafts, of whomever, that were put away or sent before these moments; nobody changes them meanwhile."""
    statement = (
        select(Draft)
        .where(or_(Draft.sent_at.is_(None) & (Draft.trashed_at < trashed_before), Draft.sent_at < sent_before))
        .options(selectinload(Draft.uploads).selectinload(Upload.photo))
        .order_by(Draft.id)
        .limit(number)
    )
    return list(db.session.scalars(_locked(statement, Draft)))


def list_uploads_to_forget(untouched_since: datetime, number: int) -> list[Upload]:
    """Return uploads, of whomever, that never became photos and have not moved since; nobody changes them meanwhile."""
    statement = (
        select(Upload)
        .where(Upload.updated_at < untouched_since, Upload.photo_id.is_(None), Upload.refusal.is_(None))
        .order_by(Upload.id)
        .limit(number)
    )
    return list(db.session.scalars(_locked(statement, Upload)))
