"""The project's own Python environment in `.venv`: made by the first `./run` or `./test`, found by the later ones.

Standard library only, and readable by any Python 3, so that an old one can say what is missing.
"""

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "installed.json"
IS_WINDOWS = os.name == "nt"
PYTHON = VENV / ("Scripts/python.exe" if IS_WINDOWS else "bin/python")
OLDEST_PYTHON = (3, 11)
NEWEST_PYTHON_MINOR = 19
# What the `test` extra brings along; see setup.cfg.
INSIDE_TEST = {"postgres", "s3", "redis"}


def begin_again_with_a_new_enough_python():
    """Go on in the newest Python of the PATH when the one that runs this is too old; stop when there is none."""
    if sys.version_info >= OLDEST_PYTHON:
        return
    for minor in range(NEWEST_PYTHON_MINOR, OLDEST_PYTHON[1] - 1, -1):
        newer = shutil.which("python3.{}".format(minor))
        if newer:
            replace_process([newer, *sys.argv])
    sys.exit("Python 3.11 or newer is needed; this is {}.{}.".format(*sys.version_info[:2]))


def prepare_environment(*extras):
    """Return the path of `.venv`'s Python with the project and these extras of setup.cfg installed.

    When neither setup.cfg, pyproject.toml nor the version of Python changed, this only reads the stamp that the
    last installation left.
    """
    wanted = set(extras)
    stamp = _read_stamp()
    is_current = stamp.get("made_from") == _made_from() and PYTHON.exists()
    installed = set(stamp.get("extras", ()))
    if is_current and wanted <= _with_contents(installed):
        return PYTHON
    if not _is_usable_venv():
        _make_venv()
    # What an earlier command installed stays: ./run must not take away what ./test needs.
    wanted |= installed
    _install(sorted(wanted))
    STAMP.write_text(json.dumps({"made_from": _made_from(), "extras": sorted(wanted)}), encoding="utf-8")
    return PYTHON


def replace_process(command):
    """Become the command, so that Ctrl-C and signals reach it alone; on Windows, which cannot, wait for it."""
    command = [str(part) for part in command]
    sys.stdout.flush()
    if IS_WINDOWS:
        sys.exit(subprocess.call(command))
    os.execv(command[0], command)


def _with_contents(extras):
    return extras | INSIDE_TEST if "test" in extras else extras


def _made_from():
    digest = hashlib.sha256(sys.version.encode())
    for name in ("setup.cfg", "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    # An environment cannot be moved: its scripts name the folder.
    digest.update(str(ROOT).encode())
    return digest.hexdigest()


def _read_stamp():
    try:
        return json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _is_usable_venv():
    """Tell whether `.venv` was finished and made with the very Python that runs this."""
    try:
        lines = (VENV / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except OSError:
        return False
    version = "version = {}.{}.{}".format(*sys.version_info[:3])
    has_pip = any(VENV.glob("lib/python*/site-packages/pip")) or (VENV / "Lib/site-packages/pip").is_dir()
    return version in lines and has_pip and PYTHON.exists()


def _make_venv():
    if importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python cannot make an environment yet. On Debian or Ubuntu: sudo apt install python3-venv")
    print("Making the project's own Python environment in .venv", flush=True)
    _run([sys.executable, "-m", "venv", "--clear", str(VENV)])


def _install(extras):
    """Install the project from setup.cfg: with uv, eight times as fast, or with pip where uv does not work."""
    project = "{}[{}]".format(ROOT, ",".join(extras)) if extras else str(ROOT)
    print("Installing what the project needs ({})".format(", ".join(["core", *extras])), flush=True)
    _run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"], is_needed=False)
    # Compiled now, as pip does by itself: otherwise the first start would do it, and every start where Python may not.
    with_uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", PYTHON]
    if not _run([*with_uv, "--editable", project], is_needed=False):
        print("uv could not install it; trying pip, which takes a minute", flush=True)
        _run([PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--editable", project])


def _run(command, is_needed=True):
    # Left to itself uv trusts only the certificates that it brings, not those that the machine's owner added.
    environment = {"UV_SYSTEM_CERTS": "1", **os.environ}
    status = subprocess.call([str(part) for part in command], cwd=str(ROOT), env=environment)
    if status and is_needed:
        sys.exit("Could not finish: {}".format(" ".join(str(part) for part in command)))
    return status == 0
