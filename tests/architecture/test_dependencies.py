"""What the package imports and what setup.cfg declares are the same."""

import ast
import configparser
import re
import sys
from importlib.metadata import packages_distributions

from tests.architecture.source import MODULES, tree_of
from tests.support.repository import ROOT

# These come with another that is declared, and belong to it.
COME_WITH_ANOTHER = {"click", "jinja2", "markupsafe", "werkzeug", "botocore"}
# Declared for one kind of machine only, or used by another package when it is there.
NEED_NO_IMPORT = {"tzdata"}


def distributions_imported() -> set[str]:
    imported = set()
    for module in MODULES:
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add(node.module.partition(".")[0])
    packages = packages_distributions()
    foreign = imported - set(sys.stdlib_module_names) - {"marketplace"}
    return {normal(name) for package in foreign for name in packages.get(package, [package])}


def distributions_declared(*options: str) -> set[str]:
    setup = configparser.ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    sections = {"install_requires": "options"}
    lines = "\n".join(setup[sections.get(name, "options.extras_require")][name] for name in options)
    return {normal(name) for name in re.findall(r"^([\w-]+)", lines, re.MULTILINE)}


def normal(name: str) -> str:
    return name.lower().replace("_", "-")


def test_every_package_that_is_imported_is_declared():
    declared = distributions_declared("install_requires", "postgres", "s3", "redis")

    assert distributions_imported() - declared - COME_WITH_ANOTHER == set()


def test_every_package_that_everybody_installs_is_imported():
    assert distributions_declared("install_requires") - distributions_imported() - NEED_NO_IMPORT == set()
