"""What files are called, how long they are, and what none of them may hold."""

import ast
import re
import subprocess

import pytest

from tests.architecture.source import breaches, name_of, tree_of
from tests.support.repository import ROOT, tracked_files

LONGEST_FILE = 300
# Tests are read one at a time.
LONGEST_FILE_OF_TESTS = 400
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers"}
# The page that all others fill in is called base by its language's custom.
MAY_BE_CALLED_SO = {"templates/layouts/base.html", "static/css/base.css"}
WRITTEN_HERE = {".py", ".css", ".js", ".html"}
READABLE = {*WRITTEN_HERE, ".md", ".cfg", ".toml", ".in", ".txt", ".xml", ".csv", ".ini", ".mako", ".yml", ".sh", ""}

own_files = [path for path in tracked_files() if "vendor" not in path.parts and path.name != "LICENSE"]
# Migrations are as long as the change that they make.
written_files = [path for path in own_files if path.suffix in WRITTEN_HERE and "versions" not in path.parts]
readable_files = [path for path in own_files if path.suffix in READABLE]

# Written in two pieces, so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile("|".join(["/" + "work/", "/" + "root/", "/home/" + r"\w+/", "/" + r"Users/\w+/"]))
REGISTRY_HOSTS = re.compile("|".join(["pypi" + r"\.org", "pythonhosted" + r"\.org", "registry\\." + r"npmjs\.\w+"]))
UNFINISHED = re.compile("|".join([r"\bTO" + "DO\\b", r"\bFIX" + "ME\\b", r"\bXX" + "X\\b"]))


def test_no_file_is_longer_than_a_person_reads():
    def lines_too_many(path):
        longest = LONGEST_FILE_OF_TESTS if path.is_relative_to(ROOT / "tests") else LONGEST_FILE
        return max(0, path.read_text(encoding="utf-8").count("\n") - longest)

    assert breaches(lines_too_many, written_files) == {}, "split it by noun"


def test_a_file_is_named_after_what_lives_in_it():
    def is_misnamed(path):
        return path.stem in FORBIDDEN_NAMES and path.relative_to(ROOT).as_posix() not in MAY_BE_CALLED_SO

    assert breaches(is_misnamed, written_files) == {}


def test_every_module_says_what_lives_in_it():
    assert breaches(lambda module: ast.get_docstring(tree_of(module)) is None) == {}


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRY_HOSTS, UNFINISHED], ids=["paths", "hosts", "unfinished"])
def test_nothing_ties_the_project_to_one_machine_or_is_left_unfinished(pattern):
    found = [
        f"{name_of(path)}: {match[0]}"
        for path in readable_files
        if (match := pattern.search(path.read_text(encoding="utf-8", errors="replace")))
    ]

    assert not found


def test_the_commands_can_be_run():
    modes = subprocess.run(
        ["git", "ls-files", "--stage", "run", "test", ".ci/run"], cwd=ROOT, capture_output=True, check=True, text=True
    ).stdout.splitlines()

    assert [line.split()[0] for line in modes] == ["100755"] * 3
