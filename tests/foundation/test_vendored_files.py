"""What others made and we ship is exactly what its VENDOR.md says."""

import hashlib
import re

import pytest

from marketplace.foundation.paths import static_folder

PLACES = ("vendor", "js/vendor")
FOLDERS = sorted(path for place in PLACES for path in (static_folder() / place).iterdir() if path.is_dir())
ROW = re.compile(r"^\| (\S+) \| ([0-9a-f]{64}) \|$", re.MULTILINE)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_vendored_file_is_listed_and_unchanged(folder):
    listed = dict(ROW.findall((folder / "VENDOR.md").read_text(encoding="utf-8")))
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "VENDOR.md"
    }

    assert found == listed


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_vendored_package_names_its_source_and_carries_its_licence(folder):
    text = (folder / "VENDOR.md").read_text(encoding="utf-8")
    version = folder.name.rpartition("-")[2]

    assert f" {version} (npm)" in text
    assert re.search(r"`sha512-[A-Za-z0-9+/]{86}==`", text)
    assert (folder / "LICENSE").stat().st_size > 500
