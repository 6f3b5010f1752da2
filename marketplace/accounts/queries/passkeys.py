"""Looking up the fingerprints and screen locks that people sign in with."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.errors import NoSuchPasskey
from marketplace.accounts.models import Passkey, User
from marketplace.foundation.database import db


def list_passkeys(user: User) -> list[Passkey]:
    """Return the passkeys of a person, oldest first."""
    return list(db.session.scalars(select(Passkey).where(Passkey.user_id == user.id).order_by(Passkey.id)))


def get_passkey(user: User, passkey_id: int) -> Passkey:
    """Return this passkey of the person, or refuse with NoSuchPasskey."""
    passkey = db.session.scalar(select(Passkey).where(Passkey.id == passkey_id, Passkey.user_id == user.id))
    if passkey is None:
        raise NoSuchPasskey
    return passkey


def find_passkey(credential_id: str) -> Passkey | None:
    """Return the passkey that calls itself so (base64url) with its person, kept from others until this one is done."""
    return db.session.scalar(
        select(Passkey)
        .where(Passkey.credential_id == credential_id)
        .options(joinedload(Passkey.user, innerjoin=True))
        .with_for_update(of=Passkey)
    )
