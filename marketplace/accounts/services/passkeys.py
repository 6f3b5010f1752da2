"""Fingerprints and screen locks that sign people in: kept, recognised, removed."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from marketplace.accounts import policy
from marketplace.accounts.errors import PasskeyKnown, PasskeyRefused, TooManyPasskeys
from marketplace.accounts.models import AccountEventKind, Passkey, User
from marketplace.accounts.queries.passkeys import find_passkey, list_passkeys
from marketplace.accounts.services.ceremonies import NewKey, RelyingParty, check_signature
from marketplace.accounts.services.events import record
from marketplace.accounts.services.leaving import hold_account
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.errors import require

MOST_PASSKEYS = 10
# Base64url, in at most what the column holds.
CREDENTIAL_ID = re.compile(r"[\w-]{1,1400}", re.ASCII)


def add_passkey(actor: Actor, user: User, key: NewKey, name: str, at: datetime) -> Passkey:
    """Let a person sign in with a new passkey; refuses with TooManyPasskeys, PasskeyKnown and PasskeyRefused."""
    require(policy.is_oneself(actor, user))
    if not CREDENTIAL_ID.fullmatch(key.credential_id):
        raise PasskeyRefused
    hold_account(actor, user)
    if len(list_passkeys(user)) >= MOST_PASSKEYS:
        raise TooManyPasskeys
    passkey = Passkey(
        user=user,
        credential_id=key.credential_id,
        public_key=key.public_key,
        sign_count=key.sign_count,
        name=name,
        created_at=at,
    )
    db.session.add(passkey)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise PasskeyKnown from error
    record(user, actor, AccountEventKind.PASSKEY_ADDED, at, name)
    return passkey


def remove_passkey(actor: Actor, passkey: Passkey, at: datetime) -> None:
    """Let nobody sign in with this passkey any more."""
    require(policy.is_oneself(actor, passkey.user))
    record(passkey.user, actor, AccountEventKind.PASSKEY_REMOVED, at, passkey.name)
    db.session.delete(passkey)
    db.session.flush()


def recognise_by_passkey(
    party: RelyingParty, challenge: bytes, asked_at: datetime, credential: Mapping[str, Any], at: datetime
) -> User:
    """Return the person whose passkey signed the challenge, or refuse with PasskeyRefused.

    Takes no actor: the signature is what proves who it is. A challenge that was asked for before the passkey was used
    last is refused: it has been answered, and its answer may have been copied.
    """
    name = credential.get("id")
    passkey = find_passkey(name) if isinstance(name, str) and CREDENTIAL_ID.fullmatch(name) else None
    if passkey is None or passkey.user.erased_at is not None:
        raise PasskeyRefused
    if passkey.last_used_at is not None and passkey.last_used_at >= asked_at:
        raise PasskeyRefused
    passkey.sign_count = check_signature(party, challenge, passkey, credential)
    passkey.last_used_at = at
    db.session.flush()
    return passkey.user
