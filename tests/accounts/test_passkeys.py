"""Signing in with a fingerprint: kept once, recognised when it signs what was asked just now, and by nobody else."""

from datetime import timedelta

import cbor2
import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from sqlalchemy import select

from marketplace.accounts.models import AccountEvent, AccountEventKind, Passkey
from marketplace.accounts.services.ceremonies import RelyingParty, relying_party_at
from marketplace.accounts.sessions import COOKIE
from marketplace.accounts.views import passkeys as views
from marketplace.foundation.database import db
from tests.support.authenticators import PRESENT, Authenticator, as_bytes, as_text
from tests.support.personas import BEGINNING, a_person

pytestmark = pytest.mark.both_databases
HERE = RelyingParty("localhost", "http://localhost:8000")
# The curve's name, as certificates write it.
P256 = bytes.fromhex("06082a8648ce3d030107")


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(BEGINNING, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def marketplace_at_a_name(monkeypatch):
    """The tests' marketplace stands at http://pasar.test, for which browsers make no passkeys."""
    monkeypatch.setattr(views, "party_here", lambda: HERE)


@pytest.fixture
def siti(app):
    return a_person(phone="+6281234567890")


@pytest.fixture
def phone(client, siti):
    client.sign_in(siti)
    return client


def token_on(client, path: str) -> str:
    return client.get(path).tree.find(".//*[@data-component='passkey']").get("data-token")


def send(client, path: str, page: str, what: object = None):
    return client.post(path, json=what if what is not None else {}, headers={"X-CSRFToken": token_on(client, page)})


def options_to_make(client) -> dict:
    answer = send(client, "/akun/kunci/mulai", "/akun/kunci")
    assert answer.status_code == 200
    return answer.json


def add(client, authenticator: Authenticator, name: str = "HP Siti"):
    credential = authenticator.make(options_to_make(client))
    return send(client, "/akun/kunci", "/akun/kunci", {"credential": credential, "name": name})


def options_to_sign(client) -> dict:
    return send(client, "/masuk/kunci/mulai", "/masuk").json


def finish(client, credential: object, path: str = "/masuk/kunci"):
    return send(client, path, "/masuk", {"credential": credential})


def is_signed_in(client) -> bool:
    return client.get("/akun").status_code == 200


@pytest.fixture
def fingerprint(phone) -> Authenticator:
    authenticator = Authenticator()
    assert add(phone, authenticator).status_code == 201
    return authenticator


def with_certificate(made: dict, form: object, certificate: bytes) -> bytes:
    """Return what was made, vouched for in another form by this certificate."""
    attestation = cbor2.loads(as_bytes(made["response"]["attestationObject"]))
    words = {"x5c": [certificate], "sig": b"x" * 70, "alg": -7, "ver": "2.0"}
    return cbor2.dumps(attestation | {"fmt": form, "attStmt": words})


def certificate_on_an_unknown_curve() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "kunci")])
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, BEGINNING, BEGINNING + timedelta(days=1))
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)
    return certificate.replace(P256, P256[:-1] + b"\x7f")


@pytest.fixture
def visitor(app, clock):
    clock.shift(timedelta(hours=1))
    return app.test_client()


def test_a_person_keeps_a_fingerprint_and_sees_it(phone, siti):
    options = options_to_make(phone)

    assert options["rp"] == {"name": "Pasar KIM", "id": "localhost"}
    assert options["authenticatorSelection"]["userVerification"] == "required"
    assert options["authenticatorSelection"]["residentKey"] == "required"
    assert as_bytes(options["user"]["id"]) == str(siti.id).encode()
    answer = add(phone, Authenticator())

    assert (answer.status_code, answer.json) == (201, {"url": "/akun/kunci"})
    page = phone.get("/akun/kunci")
    assert "Sidik jari tersimpan." in page.words
    assert "HP Siti" in page.words
    assert phone.get("/akun").links["Masuk dengan sidik jari"] == "/akun/kunci"
    event = db.session.scalars(select(AccountEvent)).one()
    assert (event.kind, event.note, event.actor_id) == (AccountEventKind.PASSKEY_ADDED, "HP Siti", siti.id)


def test_a_fingerprint_signs_its_person_in_and_keeps_them_signed_in(fingerprint, visitor, siti):
    answer = finish(visitor, fingerprint.sign(options_to_sign(visitor)), "/masuk/kunci?next=/jual")

    assert (answer.status_code, answer.json) == (200, {"url": "/jual"})
    assert is_signed_in(visitor)
    assert visitor.get_cookie(COOKIE) is not None
    visitor.delete_cookie("pasar_kim")
    assert is_signed_in(visitor)


def test_nobody_is_led_to_another_site_after_a_fingerprint(fingerprint, visitor):
    answer = finish(visitor, fingerprint.sign(options_to_sign(visitor)), "/masuk/kunci?next=//jahat.example")

    assert answer.json == {"url": "/akun"}


def test_a_fingerprint_is_kept_for_one_account_once(fingerprint, phone, app):
    assert add(phone, fingerprint).status_code == 409
    phone.sign_in(a_person(name="Budi"))
    assert add(phone, fingerprint).status_code == 409


def test_what_is_kept_already_is_told_to_the_browser(fingerprint, phone):
    known = [entry["id"] for entry in options_to_make(phone)["excludeCredentials"]]

    assert known == [as_text(fingerprint.credential_id)]


def test_a_removed_fingerprint_signs_nobody_in(fingerprint, phone, visitor):
    passkey = db.session.scalars(select(Passkey)).one()
    answer = phone.submit(f"/akun/kunci/{passkey.id}/hapus", on="/akun/kunci")

    assert answer.location == "/akun/kunci"
    assert finish(visitor, fingerprint.sign(options_to_sign(visitor))).status_code == 422
    kinds = db.session.scalars(select(AccountEvent.kind).order_by(AccountEvent.id)).all()
    assert kinds[-1] is AccountEventKind.PASSKEY_REMOVED


def test_the_fingerprints_of_others_are_nobodys_business(fingerprint, phone):
    passkey = db.session.scalars(select(Passkey)).one()
    phone.sign_in(a_person(name="Budi"))

    assert "HP Siti" not in phone.get("/akun/kunci").words
    page = phone.get("/akun/desa")
    token = page.tree.find(".//input[@name='csrf_token']").get("value")
    assert phone.post(f"/akun/kunci/{passkey.id}/hapus", data={"csrf_token": token}).status_code == 404
    assert db.session.scalars(select(Passkey)).one()


def test_what_was_asked_is_answered_once(fingerprint, visitor, app):
    options = options_to_sign(visitor)
    before = visitor.get_cookie("pasar_kim").value
    signed = fingerprint.sign(options)
    token = token_on(visitor, "/masuk")
    visitor.set_cookie("pasar_kim", before)
    again = app.test_client()
    again.set_cookie("pasar_kim", before)

    first, second = (
        client.post("/masuk/kunci", json={"credential": signed}, headers={"X-CSRFToken": token})
        for client in (visitor, again)
    )

    assert (first.status_code, second.status_code) == (200, 422)
    assert not is_signed_in(again)


def test_an_answer_that_was_refused_cannot_be_sent_again(fingerprint, visitor):
    options = options_to_sign(visitor)
    assert finish(visitor, {"id": "x"}).status_code == 422

    assert finish(visitor, fingerprint.sign(options)).status_code == 422


def test_an_answer_comes_within_five_minutes(fingerprint, visitor, clock):
    options = options_to_sign(visitor)
    clock.shift(timedelta(minutes=5, seconds=1))

    assert finish(visitor, fingerprint.sign(options)).status_code == 422


def test_a_key_that_was_copied_is_found_out_by_its_count(phone, visitor, clock):
    fingerprint = Authenticator(sign_count=7)
    add(phone, fingerprint)
    for count, status in ((8, 200), (8, 422), (5, 422), (9, 200)):
        clock.shift(timedelta(minutes=1))
        fingerprint.sign_count = count
        assert finish(visitor, fingerprint.sign(options_to_sign(visitor))).status_code == status


@pytest.mark.parametrize(
    "changes",
    [
        {"flags": PRESENT},
        {"flags": 0},
        {"origin": "http://jahat.example"},
        {"origin": "http://localhost:8001"},
        {"host": "jahat.example"},
    ],
)
def test_what_another_site_got_or_nobody_confirmed_signs_nobody_in(fingerprint, visitor, changes):
    for name, value in changes.items():
        setattr(fingerprint, name, value)

    assert finish(visitor, fingerprint.sign(options_to_sign(visitor))).status_code == 422
    assert add_refused(visitor, fingerprint)
    assert not is_signed_in(visitor)


def add_refused(visitor, authenticator) -> bool:
    visitor.sign_in(a_person(name="Budi"))
    authenticator.credential_id = b"another"
    is_refused = add(visitor, authenticator).status_code == 422
    with visitor.session_transaction() as session:
        session.pop("_user_id")
    return is_refused


def test_a_signature_by_another_key_signs_nobody_in(fingerprint, visitor):
    stranger = Authenticator(credential_id=fingerprint.credential_id)

    assert finish(visitor, stranger.sign(options_to_sign(visitor))).status_code == 422
    assert finish(visitor, Authenticator().sign(options_to_sign(visitor))).status_code == 422


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b'{"credential": null}',
        b'{"credential": []}',
        b'{"credential": {}}',
        b'{"credential": {"id": 1}}',
        b'{"credential": {"id": "\\u0000", "rawId": "x", "type": "public-key", "response": {}}}',
        b'{"credential": {"id": "\\ud800"}}',
        b"[" * 100_000,
        b"\xff\xfe",
    ],
)
def test_hostile_answers_are_refused_in_words(fingerprint, phone, visitor, body):
    for client, page, begin, path in (
        (visitor, "/masuk", "/masuk/kunci/mulai", "/masuk/kunci"),
        (phone, "/akun/kunci", "/akun/kunci/mulai", "/akun/kunci"),
    ):
        send(client, begin, page)
        headers = {"X-CSRFToken": token_on(client, page), "Content-Type": "application/json"}
        answer = client.post(path, data=body, headers=headers)
        assert answer.status_code == 422
        assert answer.json["error"]["message"].startswith("Sidik jari atau kunci layar belum diterima.")


@pytest.mark.parametrize("part", ["clientDataJSON", "attestationObject", "authenticatorData", "signature"])
@pytest.mark.parametrize("damage", ["", "AAAA", "!!!!", "é", "A" * 100_000, None, 5, {}])
def test_damaged_answers_are_refused(fingerprint, phone, visitor, part, damage):
    made = Authenticator().make(options_to_make(phone))
    signed = fingerprint.sign(options_to_sign(visitor))
    for client, credential, path, page in (
        (phone, made, "/akun/kunci", "/akun/kunci"),
        (visitor, signed, "/masuk/kunci", "/masuk"),
    ):
        if part in credential["response"]:
            credential["response"][part] = damage
            assert send(client, path, page, {"credential": credential}).status_code == 422


@pytest.mark.parametrize("form", ["packed", "fido-u2f", "apple", "tpm", "android-key", "android-safetynet", "x", 5])
def test_a_certificate_that_nobody_can_read_is_refused(phone, form):
    made = Authenticator().make(options_to_make(phone))
    made["response"]["attestationObject"] = as_text(with_certificate(made, form, certificate_on_an_unknown_curve()))

    assert send(phone, "/akun/kunci", "/akun/kunci", {"credential": made}).status_code == 422


@pytest.mark.parametrize("name", ["", "x" * 500, "\x00", "\ud800", 5, None, ["x"], "<b>HP</b>"])
def test_a_name_is_whatever_somebody_types(phone, name):
    assert add(phone, Authenticator(), name).status_code == 201

    assert 0 < len(db.session.scalars(select(Passkey)).one().name) <= 80
    assert phone.get("/akun/kunci").status_code == 200


def test_nobody_keeps_more_than_ten(phone):
    for _ in range(10):
        assert add(phone, Authenticator()).status_code == 201

    assert add(phone, Authenticator()).status_code == 409


@pytest.mark.parametrize("path", ["/akun/kunci/mulai", "/akun/kunci", "/masuk/kunci/mulai", "/masuk/kunci"])
def test_another_site_asks_for_nothing_here(phone, path):
    assert phone.post(path, json={"credential": {}}).status_code == 400


@pytest.mark.parametrize("path", ["/akun/kunci/mulai", "/akun/kunci"])
def test_a_script_that_is_signed_out_is_told_so(client, path):
    assert client.post(path, json={}).status_code == 401


def test_failing_all_the_time_ends_after_thirty(fingerprint, visitor):
    token = token_on(visitor, "/masuk")
    answers = [visitor.post("/masuk/kunci", json={}, headers={"X-CSRFToken": token}).status_code for _ in range(31)]

    assert answers == [422] * 30 + [429]


@pytest.mark.parametrize(
    ("address", "party"),
    [
        ("https://pasar.kim.id", RelyingParty("pasar.kim.id", "https://pasar.kim.id")),
        ("https://pasar.kim.id:8443/x", RelyingParty("pasar.kim.id", "https://pasar.kim.id:8443")),
        ("https://pasar.kim.id:443", RelyingParty("pasar.kim.id", "https://pasar.kim.id")),
        ("http://localhost:8000", HERE),
        ("http://127.0.0.1:8000", None),
        ("https://[::1]:8000", None),
        ("http://pasar.kim.id", None),
    ],
)
def test_passkeys_are_for_hosts_with_a_name_and_tls(address, party):
    assert relying_party_at(address) == party


def test_where_there_can_be_no_passkeys_the_pages_say_so(phone, client, monkeypatch):
    monkeypatch.setattr(views, "party_here", lambda: None)

    page = phone.get("/akun/kunci")
    assert "Alamat situs ini belum bisa memakai sidik jari" in page.words
    assert page.tree.find(".//*[@data-component='passkey']") is None
    assert client.get("/masuk").tree.find(".//*[@data-component='passkey']") is None
    token = phone.get("/akun/desa").tree.find(".//input[@name='csrf_token']").get("value")
    for path in ("/akun/kunci/mulai", "/masuk/kunci/mulai", "/akun/kunci", "/masuk/kunci"):
        assert phone.post(path, json={}, headers={"X-CSRFToken": token}).status_code == 404
