"""Icons that templates ask for exist, and none is shipped that nobody asks for."""

import re

import pytest
from markupsafe import Markup

from marketplace.foundation.icons import icon_shapes


def test_an_icon_is_the_drawing_without_its_frame():
    shapes = icon_shapes()["arrow-right"]

    assert isinstance(shapes, Markup)
    assert shapes.startswith("<path") and shapes.endswith("/>")
    assert "<svg" not in shapes and "license" not in shapes


@pytest.mark.parametrize("name", sorted(icon_shapes()))
def test_every_icon_is_only_shapes(name):
    assert re.fullmatch(r"(<(path|circle|rect|line|ellipse|polyline|polygon) [^<>]*/>)+", icon_shapes()[name])
