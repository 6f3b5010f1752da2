"""The boundaries that are written once: who enters, who commits, how rows are read."""

import ast
import re
from pathlib import Path

from tests.architecture.source import breaches, tree_of

VARIABLE = re.compile(r"<[^>]+>")
KEBAB_CASE = re.compile(r"(/[a-z0-9]+([-.][a-z0-9]+)*)+|/")
COMMITS_HERE = "foundation/transactions.py"
# The search index keeps files, which no transaction covers.
COMMITS_OF_FILES = {"writer.commit", "self._writer.commit"}
# What a listing's search document says no longer after one of these.
CHANGES_OF_LISTINGS = {"add_listing", "change_listing", "move_to"}
# Where a fault of any kind must become an answer or a log line, and nowhere else.
CATCHES_EVERYTHING = {"search/background.py", "selling/daily.py"}
READ_AS_OF_OLD = re.compile(r"\.session\.query$|\.query\.(get|filter_by)$|^[A-Z]\w+\.query(\.|$)")


def calls_in(module: Path) -> list[str]:
    """Return the dotted names that a module calls: `db.session.commit`."""
    return [ast.unparse(node.func) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Call)]


def test_only_one_file_commits():
    def commits(module):
        return {call for call in calls_in(module) if call.endswith(".commit")} - COMMITS_OF_FILES

    found = breaches(commits)

    assert found.pop(COMMITS_HERE)
    assert found == {}


def test_whoever_adds_changes_or_moves_a_listing_tells_search():
    def changes_untold(module):
        called = {call.rpartition(".")[2] for call in calls_in(module)}
        return set() if "note_changes" in called else called & CHANGES_OF_LISTINGS

    assert breaches(changes_untold) == {}


def test_rows_are_read_with_select():
    def reads_of_old(module):
        attributes = {ast.unparse(node) for node in ast.walk(tree_of(module)) if isinstance(node, ast.Attribute)}
        return [name for name in attributes if READ_AS_OF_OLD.search(name)]

    assert breaches(reads_of_old) == {}


def test_no_fault_is_swallowed():
    def lines_that_swallow(module):
        handlers = [node for node in ast.walk(tree_of(module)) if isinstance(node, ast.ExceptHandler)]
        return [handler.lineno for handler in handlers if swallows(handler)]

    assert breaches(lines_that_swallow).keys() == CATCHES_EVERYTHING


def swallows(handler: ast.ExceptHandler) -> bool:
    """Tell whether a fault of any kind ends here without a word."""
    caught = "" if handler.type is None else ast.unparse(handler.type)
    raises_again = any(isinstance(inside, ast.Raise) and inside.exc is None for inside in ast.walk(handler))
    return caught in {"", "Exception", "BaseException"} and not raises_again


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
