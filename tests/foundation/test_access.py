"""Every view says who may enter, and one place asks."""

import pytest
from flask import Flask

from marketplace.foundation.access import CONSOLE, anyone, guard_every_page, signed_in
from tests.support.personas import a_person


def test_an_application_with_an_undeclared_view_does_not_start():
    app = Flask("forgetful")
    app.add_url_rule("/lupa", "forgotten", lambda: "")

    with pytest.raises(RuntimeError, match="forgotten"):
        guard_every_page(app)


def test_a_visitor_without_an_account_is_asked_to_sign_in(visitor):
    answer = visitor.get("/uji/anggota")

    assert answer.status_code == 302
    assert answer.location.startswith("/masuk?next=")


def test_a_visitor_who_sends_something_signs_in_first_and_sends_it_again(visitor):
    answer = visitor.post("/uji/anggota/menulis")

    # There is no page to go on to: the address only takes what is sent.
    assert (answer.status_code, answer.location) == (303, "/masuk")
    assert "Belum terkirim, karena Anda belum masuk." in visitor.get("/masuk").words


def test_a_person_with_an_account_enters(visitor):
    visitor.sign_in(a_person())

    assert visitor.get("/uji/anggota").status_code == 200


def test_a_person_who_may_not_enter_reads_why(visitor):
    visitor.sign_in(a_person())
    answer = visitor.get("/uji/tak-seorang-pun")

    assert answer.status_code == 403
    assert answer.heading == "Bagian ini bukan untuk umum"


def test_a_cookie_from_before_everybody_was_signed_out_is_worthless(visitor):
    person = a_person()
    visitor.sign_in(person)
    person.session_version += 1

    assert visitor.get("/uji/anggota").status_code == 302


def test_the_console_is_signed_in():
    assert anyone(CONSOLE) and signed_in(CONSOLE)
