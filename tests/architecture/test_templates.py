"""Templates: named after their views, in their feature's folder, without code inside."""

import ast
import re
from pathlib import Path

from tests.architecture.source import MODULES, PACKAGE, TEMPLATES, breaches, name_of, tree_of

INLINE_CODE = re.compile(
    r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\b(src=|type=\"application/ld\+json\"))"
)
UNSAFE = re.compile(r"\|\s*safe\b")

PAGES = sorted(TEMPLATES.rglob("*.html"))
SHARED_FOLDERS = {"layouts", "components"}
# Shown by what answers refusals, for every feature.
SHOWN_BY_FOUNDATION = {"errors/error.html"}


def renderings() -> list[tuple[Path, str, str]]:
    """Return the module, the function and the template of every call of `render_template`.

    A template named by pattern, `f"site/{name}.html"`, stands for those that a function of the module is named after.
    """
    found = []
    for module in MODULES:
        functions = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            for call in ast.walk(function):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == "render_template":
                    found += _shown_by(module, function, functions, call.args[0])
    return found


def _shown_by(module: Path, function: ast.FunctionDef, functions: list[ast.FunctionDef], template: ast.expr):
    if isinstance(template, ast.Constant):
        return [(module, function.name, template.value)]
    pattern = "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in template.values)
    named = [(module, other.name, pattern.format(other.name)) for other in functions]
    return [entry for entry in named if (TEMPLATES / entry[2]).is_file()]


def test_no_template_holds_code_or_style():
    def code_in(page):
        return [match[0] for match in INLINE_CODE.finditer(page.read_text(encoding="utf-8"))]

    assert breaches(code_in, PAGES) == {}


def test_no_template_trusts_text_blindly():
    assert breaches(lambda page: UNSAFE.findall(page.read_text(encoding="utf-8")), PAGES) == {}


def test_a_view_shows_the_template_of_its_name():
    for module, function, template in renderings():
        if template in SHOWN_BY_FOUNDATION:
            continue
        stem = Path(template).stem
        assert function == stem or function.startswith("_"), f"{name_of(module)}: {function} shows {template}"


def test_a_template_lies_in_the_folder_of_a_feature():
    features = {folder.name for folder in PACKAGE.iterdir() if folder.is_dir()}

    strangers = [
        name_of(page)
        for page in PAGES
        if page.relative_to(TEMPLATES).parts[0] not in features | SHARED_FOLDERS | {"errors"}
    ]
    assert not strangers


def test_every_page_is_shown_by_a_view():
    shown = {template for _, _, template in renderings()}
    pages = {
        page.relative_to(TEMPLATES).as_posix()
        for page in PAGES
        if page.relative_to(TEMPLATES).parts[0] not in SHARED_FOLDERS
    }

    assert pages - shown == set()
    assert shown - {page.relative_to(TEMPLATES).as_posix() for page in TEMPLATES.rglob("*.*")} == set()
