"""Forms: Indonesian, protected, and never losing what a person typed."""

import pytest
import wtforms
from werkzeug.datastructures import MultiDict
from wtforms import validators

from marketplace.foundation.forms import Form

TOO_LONG_OPEN = (
    "Halaman ini terlalu lama terbuka, jadi belum terkirim. Periksa lagi isian Anda, lalu kirim sekali lagi."
)


def test_a_refused_form_comes_back_with_what_was_typed(visitor):
    answer = visitor.submit("/uji/provinsi", code="terlalu panjang")

    assert answer.status_code == 422
    assert answer.tree.find(".//input[@name='code']").get("value") == "terlalu panjang"
    assert "Tulis paling banyak 2 huruf." in answer.words


def test_an_expired_token_is_said_and_the_words_stay(visitor):
    answer = visitor.post("/uji/provinsi", data={"code": "97", "csrf_token": "from yesterday"})

    assert answer.status_code == 422
    assert answer.tree.find(".//input[@name='code']").get("value") == "97"
    assert TOO_LONG_OPEN in answer.words


def test_a_form_without_a_token_says_what_to_do(visitor):
    assert TOO_LONG_OPEN in visitor.post("/uji/provinsi", data={"code": "97"}).words


def test_a_form_that_is_shown_for_the_first_time_says_nothing(visitor):
    assert visitor.get("/uji/provinsi").tree.find(".//*[@role='alert']") is None


class EveryField(Form):
    class Meta(Form.Meta):
        csrf = False

    name = wtforms.StringField(validators=[validators.InputRequired()])
    short = wtforms.StringField(validators=[validators.Length(min=3, max=5)])
    count = wtforms.IntegerField(validators=[validators.NumberRange(1, 9)])
    whole = wtforms.IntegerField()
    share = wtforms.DecimalField()
    day = wtforms.DateField()
    moment = wtforms.DateTimeLocalField()
    choice = wtforms.RadioField(choices=[wtforms.fields.choices.SelectChoice("a", "A")])
    several = wtforms.SelectMultipleField(choices=[wtforms.fields.choices.SelectChoice("a", "A")])
    address = wtforms.StringField(validators=[validators.URL()])
    again = wtforms.StringField(validators=[validators.EqualTo("name")])


@pytest.mark.usefixtures("probes")
def test_every_message_of_the_library_is_in_indonesian(probes):
    wrong = MultiDict(
        {
            "short": "x",
            "count": "10",
            "whole": "satu",
            "share": "separuh",
            "day": "besok",
            "moment": "nanti",
            "choice": "b",
            "several": "b",
            "address": "bukan alamat",
            "again": "lain",
        }
    )
    with probes.test_request_context(method="POST"):
        form = EveryField(formdata=wrong)
        form.validate()

    said = {message for messages in form.errors.values() for message in messages}
    assert set(form.errors) == set(form._fields)
    english = ("field", "valid", "must", "choice", "Number", "required", "invalid")
    assert not [message for message in said if any(word in message.split() for word in english)]


def test_characters_that_nobody_types_do_not_reach_the_database(visitor):
    answer = visitor.submit("/uji/provinsi", code="te\x00r\x1blalu panjang")

    assert answer.tree.find(".//input[@name='code']").get("value") == "terlalu panjang"
