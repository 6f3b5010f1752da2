"""What `./run` and `./test` promise beyond running: a quick second call, one clear sentence, no silent skipping."""

import importlib.util
import os
import subprocess
import sys

import pytest

from tests.support.repository import ROOT
from tools import environment

SKIPPING_TESTS = """
import pytest

def test_that_lacks_something():
    pytest.skip("no PostgreSQL")

def test_that_reads_the_shared_folder():
    pytest.skip("../shared is absent")

def test_that_runs():
    pass
"""


@pytest.fixture
def made_environment(tmp_path, monkeypatch):
    """An environment in a folder of the test's own; asking for anything to be run in it is a fault."""
    monkeypatch.setattr(environment, "VENV", tmp_path)
    monkeypatch.setattr(environment, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(environment, "PYTHON", tmp_path / "python")
    (tmp_path / "python").touch()
    monkeypatch.setattr(environment, "_run", lambda command, is_needed=True: pytest.fail(f"ran {command}"))
    return environment


def leave_stamp(made_environment, *extras: str) -> None:
    stamp = {"made_from": made_environment._made_from(), "extras": extras}
    made_environment.STAMP.write_text(made_environment.json.dumps(stamp), encoding="utf-8")


def test_a_second_call_installs_nothing(made_environment):
    leave_stamp(made_environment)

    assert made_environment.prepare_environment() == made_environment.PYTHON


def test_what_the_tests_brought_along_serves_the_marketplace_too(made_environment):
    leave_stamp(made_environment, "test")

    assert made_environment.prepare_environment("postgres", "s3") == made_environment.PYTHON


@pytest.mark.parametrize("stamp", ["", "{", '{"made_from": "another setup.cfg", "extras": []}'])
def test_a_changed_project_or_a_damaged_stamp_installs_again(made_environment, monkeypatch, stamp):
    made_environment.STAMP.write_text(stamp, encoding="utf-8")
    commands = []
    monkeypatch.setattr(made_environment, "_run", lambda command, is_needed=True: commands.append(command) or True)
    made_environment.prepare_environment("test")

    assert any("uv" in map(str, command) for command in commands)
    commands.clear()
    made_environment.prepare_environment("test")
    assert commands == []


def test_a_python_that_makes_no_environments_says_what_to_install(made_environment, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(SystemExit, match="sudo apt install python3-venv"):
        made_environment.prepare_environment()


def test_a_python_that_is_too_old_says_so(monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    monkeypatch.setenv("PATH", "")

    with pytest.raises(SystemExit, match=r"Python 3\.11 or newer is needed; this is 3\.9"):
        environment.begin_again_with_a_new_enough_python()


def run_skipping_tests(folder, **variables: str) -> subprocess.CompletedProcess:
    (folder / "test_skipping.py").write_text(SKIPPING_TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.support.whole_run", "-c", os.devnull, str(folder)]
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True)


def test_where_everything_is_required_a_skipped_test_fails(tmp_path):
    result = run_skipping_tests(tmp_path, REQUIRE_ALL="1")

    assert result.returncode == 1
    assert "1 failed, 1 passed, 1 skipped" in result.stdout
    assert "skipped although REQUIRE_ALL=1: Skipped: no PostgreSQL" in result.stdout


def test_elsewhere_a_skipped_test_is_only_told(tmp_path):
    result = run_skipping_tests(tmp_path)

    assert result.returncode == 0
    assert "1 passed, 2 skipped" in result.stdout
    assert "Real servers and browsers in this run: none were needed" in result.stdout
