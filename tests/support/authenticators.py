"""An authenticator in software: makes passkeys and signs with them as a phone does, rightly or wrongly."""

import hashlib
import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

PRESENT, VERIFIED, HAS_KEY = 0x01, 0x04, 0x40


def as_text(data: bytes) -> str:
    """Return bytes in base64url, as browsers write them."""
    return urlsafe_b64encode(data).decode().rstrip("=")


def as_bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "===")


@dataclass
class Authenticator:
    """One passkey on one device, asked for by pages of `origin`."""

    origin: str = "http://localhost:8000"
    host: str = "localhost"
    flags: int = PRESENT | VERIFIED
    sign_count: int = 0
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: dict) -> dict:
        """Return what `navigator.credentials.create` gives for these options."""
        numbers = self.key.public_key().public_numbers()
        public_key = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        attested = bytes(16) + len(self.credential_id).to_bytes(2, "big") + self.credential_id + cbor2.dumps(public_key)
        data = self._data(self.flags | HAS_KEY) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client_data = self._client_data("webauthn.create", options)
        return self._described({"clientDataJSON": client_data, "attestationObject": attestation})

    def sign(self, options: dict) -> dict:
        """Return what `navigator.credentials.get` gives for these options."""
        client_data = self._client_data("webauthn.get", options)
        data = self._data(self.flags)
        signature = self.key.sign(data + hashlib.sha256(client_data).digest(), ec.ECDSA(hashes.SHA256()))
        return self._described({"clientDataJSON": client_data, "authenticatorData": data, "signature": signature})

    def _client_data(self, kind: str, options: dict) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _data(self, flags: int) -> bytes:
        return hashlib.sha256(self.host.encode()).digest() + bytes([flags]) + self.sign_count.to_bytes(4, "big")

    def _described(self, response: dict[str, bytes]) -> dict:
        name = as_text(self.credential_id)
        texts = {part: as_text(data) for part, data in response.items()}
        return {"id": name, "rawId": name, "type": "public-key", "response": texts}
