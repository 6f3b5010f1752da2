"""Real servers to measure, each a process of its own on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.kept import PROJECT

FIRST_ANSWER_SECONDS = 120
NOT_YET = 503


class Served(NamedTuple):
    """A server that answers: its address and the number of its first process."""

    url: str
    process_id: int


@contextmanager
def served_marketplace(data_dir: Path, ready_path: str = "/", **settings: str) -> Iterator[Served]:
    """Serve the marketplace of a data folder by one worker with eight threads, ready when this path answers."""
    port = free_port()
    environment = {"DATA_DIR": str(data_dir), "PORT": str(port), "WEB_WORKERS": "1", "WEB_THREADS": "8", **settings}
    with served([sys.executable, "-m", "marketplace"], environment, port, ready_path) as server:
        yield server


@contextmanager
def served(command: list[str], environment: dict, port: int, ready_path: str = "/") -> Iterator[Served]:
    """Run a server until the block ends."""
    process = subprocess.Popen(
        command,
        cwd=PROJECT,
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(f"{url}{ready_path}")
        yield Served(url, process.pid)
    finally:
        process.terminate()
        process.wait()


def free_port() -> int:
    """Return a port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def memory_of_workers(server: Served) -> dict[str, float]:
    """Return the memory of the server's largest worker in MB (Linux): `Rss` has pages of files that all share too."""
    children = Path(f"/proc/{server.process_id}/task/{server.process_id}/children").read_text(encoding="ascii").split()
    return max((_memory_of(child) for child in children), key=lambda memory: memory["Rss"])


def _memory_of(process_id: str) -> dict[str, float]:
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii").splitlines()[1:]
    kilobytes = {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
    return {name: kilobytes[name] / 1024 for name in ("Rss", "Pss", "Anonymous")}


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + FIRST_ANSWER_SECONDS
    while True:
        try:
            urllib.request.urlopen(url, timeout=FIRST_ANSWER_SECONDS).close()
            return
        except OSError as refusal:
            # Whoever answers with anything but "not yet" will not answer differently later.
            is_final = getattr(refusal, "code", NOT_YET) != NOT_YET
            if is_final or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
