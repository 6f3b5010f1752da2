"""The icons of the pages: Lucide's own drawings, put into the page so that they take the colour of its text."""

import re
from functools import cache

from flask import Flask
from markupsafe import Markup

from marketplace.foundation.paths import static_folder

FOLDER = "vendor/lucide-static-1.62.0"


@cache
def icon_shapes() -> dict[str, Markup]:
    """Return what is inside each icon's `<svg>`, by name: the files are ours and reviewed, so they are markup."""
    return {path.stem: _shapes(path.read_text(encoding="utf-8")) for path in (static_folder() / FOLDER).glob("*.svg")}


def offer_to_templates(app: Flask) -> None:
    """Give templates `icon_shapes`, from which the macro `icon` draws; an unknown name raises UndefinedError."""
    app.jinja_env.globals["icon_shapes"] = icon_shapes()


def _shapes(svg: str) -> Markup:
    inside = svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]
    return Markup(re.sub(r">\s+<", "><", inside.strip()).replace(" />", "/>"))  # noqa: S704 - our own files
