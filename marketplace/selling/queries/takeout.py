"""Everything that is kept about a person, as plain values for a file that they take with them; no secret is in it."""

import enum
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.accounts.models import AccountEvent, Appointment, Device, Passkey, Recovery, User
from marketplace.catalogue.models.listings import Listing, ListingPhoto
from marketplace.catalogue.models.products import Product, Variant
from marketplace.foundation import clock
from marketplace.foundation.database import db
from marketplace.kim.models import KimMember
from marketplace.selling.models import Consent, Draft, ProposedChange, Upload
from marketplace.selling.queries.leaving import is_theirs
from marketplace.umkm.models import Business

# What opens an account, or would tell about others.
NOT_TAKEN_OUT = {
    "password_hash",
    "session_version",
    "secret_hash",
    "previous_secret_hash",
    "credential_id",
    "public_key",
    "sign_count",
    "link_hash",
    "user_id",
    "confirmed_by_id",
    "actor_id",
    "decided_by_id",
    "fix_asked_by_id",
    "asked_by_id",
    "posted_by_id",
}


def read_all_about(person: User) -> dict[str, Any]:
    """Return all that is kept about a person, grouped and named as they read it."""
    return {
        "akun": _plain(person),
        "peran": [
            *_rows(Appointment, Appointment.user_id == person.id),
            *_rows(KimMember, KimMember.user_id == person.id),
        ],
        "perangkat": _rows(Device, Device.user_id == person.id),
        "kunci_masuk": _rows(Passkey, Passkey.user_id == person.id),
        "bantuan_masuk": _rows(Recovery, Recovery.user_id == person.id),
        "kejadian": _rows(AccountEvent, AccountEvent.user_id == person.id),
        "usaha": _rows(Business, Business.owner_id == person.id),
        "dagangan": [_listing(listing) for listing in _listings(person)],
        "dipasang_untuk_orang_lain": _posted_for_others(person),
        "perubahan_yang_diajukan": _rows(ProposedChange, ProposedChange.proposed_by_id == person.id),
        "draf": [_draft(draft) for draft in _drafts(person)],
        "persetujuan": _rows(Consent, _consents(person)),
    }


def list_photos_of(person: User) -> list[tuple[str, str]]:
    """Return the names that a person's photos have in the file, each with its digest: of listings, then of drafts."""
    photos = {_name_of_photo(use): use.photo.digest for listing in _listings(person) for use in listing.photos}
    for draft in _drafts(person):
        photos.update({_name_of_upload(one): one.photo.digest for one in draft.uploads if one.photo is not None})
    return list(photos.items())


def _listings(person: User) -> Sequence[Listing]:
    statement = select(Listing).where(is_theirs(person)).order_by(Listing.id)
    return db.session.scalars(
        statement.options(
            selectinload(Listing.photos).joinedload(ListingPhoto.photo),
            joinedload(Listing.category),
            selectinload(Product.variants),
        )
    ).all()


def _drafts(person: User) -> Sequence[Draft]:
    statement = select(Draft).where(Draft.user_id == person.id).order_by(Draft.created_at, Draft.id)
    return db.session.scalars(statement.options(selectinload(Draft.uploads).joinedload(Upload.photo))).all()


def _consents(person: User):
    own_businesses = select(Business.id).where(Business.owner_id == person.id)
    return (Consent.claimed_by_id == person.id) | Consent.business_id.in_(own_businesses)


def _posted_for_others(person: User) -> list[dict[str, Any]]:
    """Return what a person posted in the name of others: that they did, and nothing that is the others'."""
    statement = select(Listing.id, Listing.name, Listing.submitted_at).where(
        Listing.posted_by_id == person.id, ~is_theirs(person)
    )
    return [
        {"id": row.id, "name": row.name, "submitted_at": _value(row.submitted_at)}
        for row in db.session.execute(statement.order_by(Listing.id))
    ]


def _listing(listing: Listing) -> dict[str, Any]:
    values = _plain(listing) | {
        "category": listing.category.name,
        "photos": [{"file": _name_of_photo(use), "alt_text": use.alt_text} for use in listing.photos],
    }
    if isinstance(listing, Product):
        values["variants"] = [_plain(variant) for variant in _in_order(listing.variants)]
    return values


def _in_order(variants: Iterable[Variant]) -> list[Variant]:
    return sorted(variants, key=lambda variant: variant.position)


def _draft(draft: Draft) -> dict[str, Any]:
    photos = [_plain(upload) | {"file": _name_of_upload(upload) if upload.photo else None} for upload in draft.uploads]
    return _plain(draft) | {"photos": photos}


def _name_of_photo(use: ListingPhoto) -> str:
    return f"foto/dagangan-{use.listing_id}-{use.position + 1}.jpg"


def _name_of_upload(upload: Upload) -> str:
    return f"foto/draf-{upload.id}.jpg"


def _rows(model: type, condition) -> list[dict[str, Any]]:
    order = model.__mapper__.primary_key
    return [_plain(row) for row in db.session.scalars(select(model).where(condition).order_by(*order))]


def _plain(row: Any) -> dict[str, Any]:
    names = [column.key for column in row.__mapper__.column_attrs if column.key not in NOT_TAKEN_OUT]
    return {name: _value(getattr(row, name)) for name in names}


def _value(value: Any) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case enum.Enum():
            return value.value
        case datetime():
            return value.astimezone(clock.WIB).isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): _value(inner) for name, inner in value.items()}
        case str():
            return value
        case list() | tuple():
            return [_value(inner) for inner in value]
        case set() | frozenset():
            return sorted(str(_value(inner)) for inner in value)
        case _:
            return str(value)
