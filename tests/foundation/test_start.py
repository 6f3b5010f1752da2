"""Starting and ending the marketplace as `./run` does it."""

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.applications import empty_database
from tests.support.ports import free_port
from tests.support.repository import ROOT

PATIENCE_SECONDS = 120
BAD_SETTING = 2


class Start:
    """A process that serves, or refuses to; `said` is everything that it printed."""

    def __init__(self, data_dir: Path, **settings: str):
        self.port = settings.get("PORT") or str(free_port())
        environment = {
            "PATH": os.environ["PATH"],
            "DATA_DIR": str(data_dir),
            "EXAMPLE_DATA": "0",
            **settings,
            "PORT": self.port,
        }
        command = [sys.executable, "-m", "marketplace"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def is_ready(self) -> bool:
        """Wait until it serves (True) or has ended (False)."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                    return answer.status == 200
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        return False

    def end(self, number: int = signal.SIGINT) -> tuple[int, str]:
        """Send the signal unless it has ended; return its status and what it said."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        said, _ = self.process.communicate(timeout=30)
        return self.process.returncode, said


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory) -> Path:
    """A data folder that has seen its first start."""
    folder = tmp_path_factory.mktemp("start")
    first = Start(folder)
    is_ready = first.is_ready()
    status, said = first.end()
    assert is_ready, said
    assert status == 0
    assert f"http://127.0.0.1:{first.port}" in said
    return folder


def content_of(data_dir: Path) -> list[str]:
    """Return everything in the database, as statements."""
    database = sqlite3.connect(data_dir / "pasar-kim.sqlite3")
    try:
        return list(database.iterdump())
    finally:
        database.close()


def test_a_second_start_changes_nothing(data_dir):
    before = content_of(data_dir)
    second = Start(data_dir)

    assert second.is_ready()
    second.end()
    assert content_of(data_dir) == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["ctrl-c", "terminated"])
def test_it_ends_cleanly(data_dir, number):
    start = Start(data_dir)
    assert start.is_ready()

    status, said = start.end(number)
    assert status == 0
    assert "Traceback" not in said


def test_an_occupied_port_is_named_in_one_sentence(data_dir):
    with socket.create_server(("127.0.0.1", 0)) as other_program:
        port = str(other_program.getsockname()[1])
        status, said = Start(data_dir, PORT=port).end(signal.SIGCONT)

    assert status == BAD_SETTING
    assert said.startswith(f"PORT={port} ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", "no-such-host.invalid"),
        ("RATE_LIMIT_URL", "redis://localhost:pintu"),
        ("DATABASE_URL", "postgresql://budi:kata-sandi@127.0.0.1:1/pasar?password=kata-sandi"),
    ],
)
def test_what_cannot_be_reached_is_named_in_one_sentence_without_a_password(data_dir, name, value):
    status, said = Start(data_dir, **{name: value}).end(signal.SIGCONT)

    assert status == BAD_SETTING
    assert said.startswith(f"{name}=")
    assert said.count("\n") == 1
    assert "kata-sandi" not in said


def test_the_database_is_readable_by_its_owner_alone(data_dir):
    assert stat.S_IMODE((data_dir / "pasar-kim.sqlite3").stat().st_mode) == 0o600


@pytest.mark.both_databases
def test_of_two_first_starts_at_once_one_prepares_and_both_serve(database, tmp_path, request):
    with ExitStack() as stack:
        settings = {}
        if database == "postgresql":
            url = request.getfixturevalue("postgresql_url")
            name = f"pasarkim_start_{request.getfixturevalue('worker_id')}"
            settings["DATABASE_URL"] = stack.enter_context(empty_database(url, name))
            settings["WEB_WORKERS"] = "1"
        starts = [Start(tmp_path, **settings), Start(tmp_path, **settings)]
        are_ready = [start.is_ready() for start in starts]
        said = [start.end()[1] for start in starts]

    assert are_ready == [True, True], said
    assert sum("wilayah Jawa Timur dimuat" in words for words in said) == 1


def test_a_bad_value_is_named_in_one_sentence(data_dir):
    status, said = Start(data_dir, EXAMPLE_DATA="mungkin").end(signal.SIGCONT)

    assert status == BAD_SETTING
    assert said == "EXAMPLE_DATA='mungkin': must be 1 or 0\n"
