"""How Jinja is set up here: macros are prepared once, and those that only draw remember what they drew."""

from collections.abc import Callable
from functools import lru_cache

from flask import Flask
from jinja2 import Template
from markupsafe import Markup

# A page of cards is some 40 KB; a thousand different ones of each macro are a few megabytes.
REMEMBERED_DRAWINGS = 2048


class TemplateOfMacros(Template):
    """A template whose macros, once prepared, serve every page.

    Jinja compares all global names at each import, a tenth of the time of a page with twenty of them, in case a page
    was given globals of its own; ours never are.
    """

    def _get_default_module(self, ctx=None):
        return super()._get_default_module(None)


def prepare_templates(app: Flask) -> None:
    """Set the environment up, and give templates `remembered(macro)`.

    `{% set icon = remembered(draw_icon) %}` makes a macro that draws each thing once and then remembers it. It fits
    macros whose arguments are immutable and say everything: whoever looks, and what day it is, are arguments too. What
    is drawn follows from the arguments alone, so nothing that is remembered can be out of date.
    """
    app.jinja_env.template_class = TemplateOfMacros
    app.jinja_env.globals["remembered"] = remembered


def remembered(macro: Callable[..., Markup], drawings: int = REMEMBERED_DRAWINGS) -> Callable[..., Markup]:
    """Return the macro with a memory for this many of its latest drawings."""
    # Typed: markup and the same characters as text are equal, and must not answer for each other.
    return lru_cache(maxsize=drawings, typed=True)(macro)
