"""Which file may know which: features in one order, roles inside a feature in one order."""

import ast
from pathlib import Path

from tests.architecture.source import PACKAGE, breaches, own_imports, tree_of

# A feature imports only features that stand before it.
FEATURES = (
    "config",
    "foundation",
    "regions",
    "accounts",
    "photos",
    "kim",
    "umkm",
    "catalogue",
    "search",
    "selling",
    "moderation",
    "orders",
    "bulletin",
    "insights",
    "examples",
    "site",
    "pages",
    "__init__",
    "first_start",
    "server",
    "__main__",
)
# Inside a feature a file imports only roles that stand in a line before its own.
ROLES = (
    ("errors",),
    # What follows from a code or a text alone, and the files that a feature is made from.
    ("emblem", "outlines", "addresses", "passwords", "source"),
    ("models",),
    # What lists and other features show of a row.
    ("places", "cards", "people"),
    ("shown",),
    ("policy",),
    # Photos that people send.
    ("pipeline",),
    # What words mean, and what each counts for in the ranking; the index made with them.
    ("language", "ranking"),
    ("index",),
    ("queries",),
    # What many seek.
    ("popular",),
    # Asking the index, and what an address asks for.
    ("find",),
    ("parameters", "suggestions"),
    # What is proposed to somebody who sells, and edits as the database keeps them.
    ("hints", "changes", "files"),
    # Rows put into words: for people, then for search engines.
    ("crumbs", "contacts", "facts"),
    ("structured",),
    ("page_meta",),
    # What the example data consists of.
    ("kims",),
    ("rows",),
    ("services",),
    # Tables that people send: read, checked and saved through the services.
    ("spreadsheets",),
    # Keeping the index in step with the database, and seeing whether it is.
    ("indexer", "verifying"),
    ("background", "daily"),
    ("sessions", "forms"),
    ("views",),
    ("openapi",),
    ("api",),
    ("commands",),
)
# Packages that take long or much memory to load and that most processes never need: imported by the function that does.
LOADED_WHEN_NEEDED = {"boto3", "botocore", "pillow_heif", "webauthn"}
LINE_OF_ROLE = {role: line for line, roles in enumerate(ROLES) for role in roles}


def place_of(parts: tuple[str, ...]) -> tuple[str, str | None]:
    """Return the feature and the role of a module: `("catalogue", "queries")`."""
    return parts[0], parts[1] if len(parts) > 1 else None


def parts_of(module: Path) -> tuple[str, ...]:
    parts = module.relative_to(PACKAGE).with_suffix("").parts
    return parts[:-1] if len(parts) > 1 and parts[-1] == "__init__" else parts


def names_imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) else []


def test_a_feature_knows_only_features_before_it():
    def features_it_must_not_know(module):
        feature, _ = place_of(parts_of(module))
        imported = {one for one, _ in map(place_of, own_imports(module))}
        return {one for one in imported if FEATURES.index(one) > FEATURES.index(feature)}

    assert breaches(features_it_must_not_know) == {}


def test_a_role_knows_only_roles_before_it():
    def roles_it_must_not_know(module):
        feature, role = place_of(parts_of(module))
        if feature in {"foundation", "pages"} or role is None:
            return set()
        imported = {one for its_feature, one in map(place_of, own_imports(module)) if its_feature == feature}
        return {one for one in imported - {role, None} if LINE_OF_ROLE[one] >= LINE_OF_ROLE[role]}

    assert breaches(roles_it_must_not_know) == {}


def test_every_file_of_a_feature_has_a_declared_role():
    def is_undeclared(module):
        feature, role = place_of(parts_of(module))
        is_declared = role is None or feature == "foundation" or role in LINE_OF_ROLE
        return feature not in FEATURES or not is_declared

    assert breaches(is_undeclared) == {}


def test_imports_are_absolute_and_at_the_top():
    def late_imports(module):
        functions = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.FunctionDef)]
        inside = [node for function in functions for node in ast.walk(function)]
        return {name.partition(".")[0] for node in inside for name in names_imported(node)} - LOADED_WHEN_NEEDED

    def relative_imports(module):
        imports = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.ImportFrom)]
        return [node.lineno for node in imports if node.level]

    assert breaches(late_imports) == {}
    assert breaches(relative_imports) == {}
