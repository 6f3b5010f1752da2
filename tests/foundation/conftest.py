"""A marketplace with pages of its own that do what no real page does: refuse on request, break, forget their form."""

from collections.abc import Iterator

import pytest
from flask import Blueprint, Flask, redirect, render_template_string, request
from sqlalchemy import text
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length

from marketplace.foundation import errors
from marketplace.foundation.access import anyone, open_to, signed_in
from marketplace.foundation.database import db
from marketplace.foundation.forms import Form, accepts_uploads
from marketplace.foundation.transactions import after_commit
from marketplace.regions.models import Province
from tests.support.applications import new_marketplace_with_places, undone_afterwards
from tests.support.client import PageReader

FORM_PAGE = """{% from "components/form-errors.html" import form_errors %}<!doctype html>
<html lang="id"><head><title>Uji</title></head><body><main><h1>Uji</h1>
<form method="post">{{ form.hidden_tag() }}{{ form_errors(form) }}{{ form.code.label }}{{ form.code() }}{{ form.count() }}
{% for message in form.code.errors + form.count.errors %}<p>{{ message }}</p>{% endfor %}</form>
</main></body></html>"""
REFUSALS = {
    refusal.status: refusal
    for refusal in (
        errors.NotAllowed,
        errors.NotFound,
        errors.Conflict,
        errors.TooLarge,
        errors.Invalid,
        errors.TooMany,
    )
}

pages = Blueprint("probes", __name__, url_prefix="/uji")
effects: list[str] = []


class ProvinceForm(Form):
    code = StringField("Kode", validators=[InputRequired(), Length(max=2)])
    count = IntegerField("Jumlah", default=1)


@pages.route("/provinsi", methods=["GET", "POST"])
@open_to(anyone)
def add_province():
    """A form that adds a row; the code 00 is found out to be wrong after it was added."""
    form = ProvinceForm.from_request()
    if form.accepted():
        db.session.add(Province(code=form.code.data, decreed_name="Uji", latitude=0, longitude=0))
        db.session.flush()
        after_commit(lambda: effects.append("told"))
        if form.code.data == "00":
            raise errors.Invalid
        return redirect("/")
    return render_template_string(FORM_PAGE, form=form), form.status


@pages.post("/tanpa-formulir")
@open_to(anyone)
def write_without_form():
    """A write that no form has checked."""
    return "", 204


@pages.post("/berkas")
@open_to(anyone)
@accepts_uploads(megabytes=4)
def take_file():
    """A view that takes files, and says no to each after reading it."""
    request.files.get("photo")
    raise errors.Invalid


@pages.get("/menulis")
@open_to(anyone)
def write_while_reading():
    """A page that writes although it only should read."""
    db.session.add(Province(code="98", decreed_name="Uji", latitude=0, longitude=0))
    db.session.flush()
    return ""


@pages.get("/menolak/<int:status>")
@open_to(anyone)
def refuse(status: int):
    """The refusal of this status."""
    raise REFUSALS[status]


@pages.get("/rusak")
@open_to(anyone)
def break_down():
    """A fault of ours."""
    raise ZeroDivisionError("a secret detail")


@pages.get("/pertanyaan-salah")
@open_to(anyone)
def ask_the_database_nonsense():
    """A statement that fails, and on PostgreSQL its transaction with it."""
    db.session.execute(text("SELECT nothing FROM nowhere"))


@pages.get("/anggota")
@open_to(signed_in)
def show_members_only():
    """A page for people with an account."""
    return render_template_string(FORM_PAGE, form=ProvinceForm())


@pages.get("/tak-seorang-pun")
@open_to(lambda visitor: False)
def show_nobody():
    """A page for nobody."""
    return ""


@pages.post("/anggota/menulis")
@open_to(signed_in)
def write_as_member():
    """A write for people with an account."""
    return redirect("/")


@pytest.fixture(scope="session")
def marketplace_with_probes(tmp_path_factory) -> Flask:
    app = new_marketplace_with_places(tmp_path_factory.mktemp("probes"))
    app.register_blueprint(pages)
    # As on a server: a fault becomes a page.
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def probes(marketplace_with_probes: Flask) -> Iterator[Flask]:
    """The marketplace with those pages; what a test writes is undone."""
    effects.clear()
    with marketplace_with_probes.app_context(), undone_afterwards():
        yield marketplace_with_probes


@pytest.fixture
def visitor(probes: Flask) -> PageReader:
    """Somebody who visits those pages."""
    return probes.test_client()


@pytest.fixture
def told() -> list[str]:
    """What happened after a commit."""
    return effects
