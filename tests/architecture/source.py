"""The project's own files as the tests of its habits read them."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.support.repository import ROOT

PACKAGE = ROOT / "marketplace"
TEMPLATES = ROOT / "templates"

MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(path: Path) -> str:
    """Return how a test about this file is called: `catalogue/queries/cards.py`."""
    return path.relative_to(PACKAGE if path.is_relative_to(PACKAGE) else ROOT).as_posix()


def breaches(rule: Callable[[Path], object], paths: Iterable[Path] = MODULES) -> dict[str, object]:
    """Return what a rule finds wrong, by the names of the files in which it finds something.

    A test asks for all files at once: as a test each, they are half of the suite and most of its ceremony.
    """
    return {name_of(path): found for path in paths if (found := rule(path))}


@cache
def tree_of(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def own_imports(module: Path) -> Iterator[tuple[str, ...]]:
    """Yield the parts of each module of ours that is imported: `("catalogue", "queries", "cards")`."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # `from marketplace.regions import queries` imports a module, `... import Village` a thing inside one.
            names = [_module_or_its_parent(f"{node.module}.{alias.name}") for alias in node.names]
        else:
            continue
        yield from (tuple(name.split(".")[1:]) for name in names if name.startswith("marketplace."))


def _module_or_its_parent(name: str) -> str:
    path = ROOT / name.replace(".", "/")
    return name if path.is_dir() or path.with_suffix(".py").is_file() else name.rpartition(".")[0]
