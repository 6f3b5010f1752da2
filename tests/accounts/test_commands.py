"""Accounts from the command line: the door of a marketplace without examples."""

import pytest

from tests.support.personas import a_person, an_officer_of
from tests.support.places import TUBAN

SITI, PASSWORD = "0812-3456-7890", "pisang goreng hangat"


@pytest.fixture
def run(app):
    """Run a command of accounts and return its result."""
    runner = app.test_cli_runner()
    return lambda *words, **options: runner.invoke(args=["accounts", *words], **options)


def may_sign_in(client, password: str) -> bool:
    return client.submit("/masuk", phone=SITI, password=password).status_code == 302


def test_an_account_is_made_with_a_password_that_is_asked_for_and_not_shown(run, client):
    result = run("create", "Siti Aminah", SITI, input=f"{PASSWORD}\n{PASSWORD}\n")

    assert result.exit_code == 0
    assert PASSWORD not in result.output
    assert may_sign_in(client, PASSWORD)


def test_an_account_is_made_with_a_password_that_is_made_up(run, client):
    result = run("create", "Siti Aminah", SITI, "--generate")

    assert may_sign_in(client, result.output.rpartition("Kata sandi: ")[2].strip())


def test_what_is_refused_is_said_in_a_sentence_and_no_password_is_shown(run):
    a_person(phone="+6281234567890")
    result = run("create", "Budi", SITI, "--generate")

    assert result.exit_code == 1
    assert result.output == "Error: Nomor ini sudah punya akun. Masuk dengan kata sandinya.\n"


def test_an_officer_is_appointed_and_listed(run):
    a_person(phone="+6281234567890")

    assert run("appoint", SITI, "petugas", "--regency", TUBAN).exit_code == 0
    assert f"{SITI}\tSiti Aminah\tpetugas {TUBAN}" in run("list").output.splitlines()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("appoint", "0813-9999-9999", "admin"), "Belum ada akun dengan nomor itu."),
        (("appoint", SITI, "petugas"), "Petugas perlu kabupaten atau kotanya; admin tidak."),
        (("appoint", SITI, "petugas", "--regency", TUBAN), "Orang ini sudah memegang jabatan itu."),
        (("end-sessions", "0812"), "Nomornya kurang panjang, coba periksa lagi."),
    ],
)
def test_an_operator_reads_what_is_wrong(run, words, sentence):
    an_officer_of(TUBAN, phone="+6281234567890")

    assert run(*words).output == f"Error: {sentence}\n"


def test_a_lost_telephone_is_signed_out(run, client):
    client.sign_in(a_person(phone="+6281234567890"))
    assert client.get("/akun").status_code == 200

    run("end-sessions", SITI)

    assert client.get("/akun").status_code == 302
