"""Templates are prepared once, and every page still shows its own."""

import pytest
from flask import Flask
from jinja2 import DictLoader

from marketplace.foundation.templates import prepare_templates

drawn: list[str] = []


@pytest.fixture
def pages() -> Flask:
    """An application with a few templates of its own."""
    drawn.clear()
    app = Flask("pages", static_folder=None)
    app.jinja_loader = DictLoader(
        {
            "greeting.html": "{% macro greet(name) %}Halo {{ name }}{{ mark(name) }}{% endmacro %}"
            "{% set remembered_greet = remembered(greet) %}",
            "page.html": '{% from "greeting.html" import greet %}{{ greet(name) }}',
            "quick.html": '{% from "greeting.html" import remembered_greet %}{{ remembered_greet(name) }}',
        }
    )
    app.jinja_env.globals["mark"] = lambda name: drawn.append(name) or "!"
    prepare_templates(app)
    return app


@pytest.mark.parametrize("name", ["page.html", "quick.html"])
def test_two_pages_that_share_a_macro_show_each_its_own(pages, name):
    page = pages.jinja_env.get_template(name)

    assert [page.render(name=person) for person in ("Siti", "Budi", "Siti")] == [
        "Halo Siti!",
        "Halo Budi!",
        "Halo Siti!",
    ]


@pytest.mark.parametrize("name", ["page.html", "quick.html"])
def test_what_a_macro_is_given_stays_text(pages, name):
    page = pages.jinja_env.get_template(name)

    assert page.render(name="<script>") == "Halo &lt;script&gt;!"


def test_a_remembered_drawing_is_drawn_once_however_many_pages_show_it(pages):
    page = pages.jinja_env.get_template("quick.html")
    for person in ("Siti", "Budi", "Siti", "Siti"):
        page.render(name=person)

    assert drawn == ["Siti", "Budi"]


def test_an_ordinary_macro_is_drawn_for_every_page(pages):
    page = pages.jinja_env.get_template("page.html")
    for _ in range(2):
        page.render(name="Siti")

    assert drawn == ["Siti", "Siti"]
