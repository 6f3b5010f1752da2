"""The boundaries that are written once: who enters, who commits, how rows are read."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.source import MODULES, PACKAGE, name_of, tree_of

VARIABLE = re.compile(r"<[^>]+>")
KEBAB_CASE = re.compile(r"(/[a-z0-9]+([-.][a-z0-9]+)*)+|/")
COMMITS_HERE = PACKAGE / "foundation" / "transactions.py"
# The search index keeps files, which no transaction covers.
COMMITS_OF_FILES = {"writer.commit", "self._writer.commit"}
# What a listing's search document says no longer after one of these.
CHANGES_OF_LISTINGS = {"add_listing", "change_listing", "move_to"}
# Where a fault of any kind must become an answer or a log line, and nowhere else.
CATCHES_EVERYTHING = {PACKAGE / "search" / "background.py", PACKAGE / "selling" / "daily.py"}

by_name = pytest.mark.parametrize("module", MODULES, ids=name_of)


def calls_in(module: Path) -> list[str]:
    """Return the dotted names that a module calls: `db.session.commit`."""
    return [ast.unparse(node.func) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]


@by_name
def test_only_one_file_commits(module):
    if module != COMMITS_HERE:
        commits = {call for call in calls_in(module) if call.endswith(".commit")}
        assert commits <= COMMITS_OF_FILES


@by_name
def test_whoever_adds_changes_or_moves_a_listing_tells_search(module):
    called = {call.rpartition(".")[2] for call in calls_in(module)}

    assert not called & CHANGES_OF_LISTINGS or "note_changes" in called


@by_name
def test_rows_are_read_with_select(module):
    attributes = {ast.unparse(node) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Attribute)}

    assert not [name for name in attributes if name.endswith((".session.query", ".query.get", ".query.filter_by"))]
    assert not [name for name in attributes if re.fullmatch(r"[A-Z]\w+\.query(\..*)?", name)]


@by_name
def test_no_fault_is_swallowed(module):
    if module in CATCHES_EVERYTHING:
        return
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.ExceptHandler):
            caught = "" if node.type is None else ast.unparse(node.type)
            reraises = any(isinstance(inside, ast.Raise) and inside.exc is None for inside in ast.walk(node))
            assert reraises or caught not in {"", "Exception", "BaseException"}, f"line {node.lineno}"


def test_every_page_says_who_may_enter(marketplaces):
    undeclared = [name for name, view in marketplaces.on_sqlite().view_functions.items() if not hasattr(view, "admits")]

    assert not undeclared


def test_addresses_are_kebab_case(marketplaces):
    rules = [rule.rule for rule in marketplaces.on_sqlite().url_map.iter_rules()]

    assert rules
    assert not [rule for rule in rules if not KEBAB_CASE.fullmatch(VARIABLE.sub("x", rule))]


def test_numbers_in_addresses_are_typed(marketplaces):
    rules = marketplaces.on_sqlite().url_map.iter_rules()

    assert not [rule.rule for rule in rules if re.search(r"<(\w*_)?id>", rule.rule)]
