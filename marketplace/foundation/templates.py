"""How Jinja is set up here: macros are prepared once, parts that never change are rendered once."""

from functools import cache

from flask import Flask
from jinja2 import Template
from markupsafe import Markup


class TemplateOfMacros(Template):
    """A template whose macros, once prepared, serve every page.

    Jinja compares all global names at each import, a fifth of the time of a page with twenty of them, in case a page
    was given globals of its own; ours never are.
    """

    def _get_default_module(self, ctx=None):
        return super()._get_default_module(None)


def prepare_templates(app: Flask) -> None:
    """Set the environment up and give templates `fixed_part(name, **values)`.

    `fixed_part` renders a part of the page that depends on nothing but the values, and remembers it; the values are
    few by nature: a section of the site, whether somebody is signed in.
    """
    app.jinja_env.template_class = TemplateOfMacros

    @cache
    def fixed_part(name: str, **values) -> Markup:
        return Markup(app.jinja_env.get_template(name).render(values))  # noqa: S704 - a template of ours, escaped

    app.jinja_env.globals["fixed_part"] = fixed_part
