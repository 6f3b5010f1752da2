"""The two ceremonies of passkeys (https://www.w3.org/TR/webauthn-3/): making one, and signing in with one.

The library is large and most processes never need it, so it is loaded by the functions that do.
"""

import ipaddress
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from marketplace.accounts.errors import PasskeyRefused
from marketplace.accounts.models import Passkey, User

SITE_NAME = "Pasar KIM"
CHALLENGE_BYTES = 32
# What the library says to data that no browser sends; what it lets through of its own and of what it stands on.
_FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
# The forms in which a browser that is not asked who made the authenticator hands over a key.
_WITHOUT_A_MAKER = ("none", "packed")


@dataclass(frozen=True)
class RelyingParty:
    """Whom a passkey is for: the host's name, and the address of the pages that may ask for it."""

    id: str
    origin: str


@dataclass(frozen=True)
class NewKey:
    """What an authenticator made: its id in base64url, its public key, how often it has signed."""

    credential_id: str
    public_key: bytes
    sign_count: int


def relying_party_at(public_url: str) -> RelyingParty | None:
    """Return whom passkeys of this address are for; browsers make none for a bare IP address or over plain HTTP."""
    address = urlsplit(public_url)
    host = address.hostname or ""
    is_local = host == "localhost" or host.endswith(".localhost")
    if _is_ip_address(host) or not (address.scheme == "https" or is_local):
        return None
    port = f":{address.port}" if address.port not in {None, 80 if address.scheme == "http" else 443} else ""
    return RelyingParty(host, f"{address.scheme}://{host}{port}")


def _is_ip_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def new_challenge() -> bytes:
    """Return what an authenticator is to sign: never the same twice."""
    return secrets.token_bytes(CHALLENGE_BYTES)


def options_to_make(party: RelyingParty, user: User, known: list[Passkey], challenge: bytes) -> str:
    """Return, as JSON, what a browser needs to make a passkey that signs in by itself and knows its person."""
    import webauthn
    from webauthn.helpers import base64url_to_bytes, structs

    options = webauthn.generate_registration_options(
        rp_id=party.id,
        rp_name=SITE_NAME,
        user_id=str(user.id).encode(),
        user_name=user.phone,
        user_display_name=user.name,
        challenge=challenge,
        exclude_credentials=[
            structs.PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential_id)) for key in known
        ],
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options)


def check_new_key(party: RelyingParty, challenge: bytes, credential: Mapping[str, Any]) -> NewKey:
    """Return the passkey that a browser made for this challenge, or refuse with PasskeyRefused."""
    import webauthn
    from webauthn.helpers import (
        bytes_to_base64url,
        decode_credential_public_key,
        decoded_public_key_to_cryptography,
        parse_attestation_object,
        parse_registration_credential_json,
    )

    with _refused():
        parsed = parse_registration_credential_json(dict(credential))
        attestation = parse_attestation_object(parsed.response.attestation_object)
        # Nobody asked who made the authenticator, and made-up certificates fail in many ways.
        if attestation.fmt not in _WITHOUT_A_MAKER or attestation.att_stmt.x5c:
            raise PasskeyRefused
        made = webauthn.verify_registration_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
        # A key that cannot check anything would lock its person out later.
        decoded_public_key_to_cryptography(decode_credential_public_key(made.credential_public_key))
        return NewKey(bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count)


def options_to_sign_in(party: RelyingParty, challenge: bytes) -> str:
    """Return, as JSON, what a browser needs to let a person sign in with any passkey that they have for us."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=party.id, challenge=challenge, user_verification=structs.UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options)


def check_signature(party: RelyingParty, challenge: bytes, key: Passkey, credential: Mapping[str, Any]) -> int:
    """Return how often the passkey has signed, or refuse with PasskeyRefused.

    A count that has not grown is refused too: somebody has copied the key.
    """
    import webauthn

    with _refused():
        return webauthn.verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        ).new_sign_count


@contextmanager
def _refused() -> Iterator[None]:
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, *_FAULTS) as fault:
        raise PasskeyRefused from fault
