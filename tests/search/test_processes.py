"""A server with several processes has one more, which keeps the index."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from marketplace.search.background import HOLDER, keeper_of
from tests.support.ports import free_port
from tests.support.repository import ROOT

PATIENCE = 60


@pytest.fixture
def server(tmp_path) -> Iterator[subprocess.Popen]:
    """The marketplace as two processes serve it, with its data below the folder of the test."""
    port = str(free_port())
    settings = {"DATA_DIR": str(tmp_path), "PORT": port, "EXAMPLE_DATA": "0", "WEB_WORKERS": "2"}
    process = subprocess.Popen(
        [sys.executable, "-m", "marketplace"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert becomes_true(lambda: answers(port))
        yield process
    finally:
        process.terminate()
        process.wait(PATIENCE)


def answers(port: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return True
    except (urllib.error.URLError, ConnectionError):
        return False


def becomes_true(is_so: Callable[[], object]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(is_so())


def keeper(data_dir: Path) -> int | None:
    """Return the number of the process that keeps the index."""
    words = keeper_of(data_dir / "search")
    return int(words.split()[1]) if words and (data_dir / "search" / HOLDER).exists() else None


def test_the_index_has_a_process_of_its_own_that_is_begun_again_and_ends_with_its_parent(server, tmp_path):
    assert becomes_true(lambda: keeper(tmp_path))
    first = keeper(tmp_path)
    assert first != server.pid

    os.kill(first, signal.SIGKILL)
    assert becomes_true(lambda: keeper(tmp_path) not in {None, first})

    # A parent that was killed could not tell it.
    server.kill()
    assert becomes_true(lambda: keeper(tmp_path) is None)
