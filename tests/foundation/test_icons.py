"""Icons: only the drawings, and only those that a page asks for."""

import re
from pathlib import Path

import pytest
from markupsafe import Markup

from marketplace.foundation.icons import icon_shapes
from marketplace.foundation.paths import templates_folder

PACKAGE = Path(__file__).resolve().parents[2] / "marketplace"
# Templates and modules quote a name; the table of categories has it between commas.
NAMED = re.compile(r"""["',]([a-z][a-z0-9-]*)(?=["',])""")


def test_an_icon_is_the_drawing_without_its_frame():
    shapes = icon_shapes()["arrow-right"]

    assert isinstance(shapes, Markup)
    assert shapes.startswith("<path") and shapes.endswith("/>")


@pytest.mark.parametrize("name", sorted(icon_shapes()))
def test_every_icon_is_only_shapes(name):
    assert re.fullmatch(r"(<(path|circle|rect|line|ellipse|polyline|polygon) [^<>]*/>)+", icon_shapes()[name])


def test_no_icon_is_shipped_that_nobody_asks_for():
    files = (*templates_folder().rglob("*.html"), *PACKAGE.rglob("*.py"), *PACKAGE.rglob("categories.csv"))
    named = {name for path in files for name in NAMED.findall(path.read_text(encoding="utf-8"))}

    assert set(icon_shapes()) - named == set()
