"""A wheel is complete: templates, static files, migrations and reference data come with the package."""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from tests.support.repository import ROOT, tracked_files

# Runs in the environment in which the wheel is installed, in a folder where no checkout lies.
LOOK_AROUND = """
import sys
from pathlib import Path
from marketplace import create_app
from marketplace.config import Settings
from marketplace.foundation import database, paths

installed = Path(sys.prefix).resolve()
for folder in (paths.templates_folder(), paths.static_folder(), paths.migrations_folder()):
    assert folder.is_dir() and folder.resolve().is_relative_to(installed), folder
app = create_app(Settings.from_environment({"DATA_DIR": "data", "EXAMPLE_DATA": "0"}))
database.upgrade(app)
assert app.test_cli_runner().invoke(args=["regions", "load"]).exit_code == 0
page = app.test_client().get("/wilayah")
print(page.status_code, "Tuban" in page.text)
"""


@pytest.fixture(scope="module")
def installed_python(tmp_path_factory) -> Path:
    """The Python of an environment with the wheel in it; everything else it shares with this one."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), "."]
    subprocess.run(build, cwd=_copy_of_the_project(folder / "project"), check=True)
    environment = folder / "environment"
    venv.create(environment, symlinks=True)
    python = environment / "bin" / "python"
    [wheel] = folder.glob("pasar_kim-*.whl")
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", str(wheel)],
        check=True,
    )
    [packages] = environment.glob("lib/python*/site-packages")
    # Read after its own packages, so that the wheel's comes first; the editable one of this environment is a .pth
    # file, which is not read there.
    (packages / "shared.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def test_an_installed_marketplace_finds_all_its_files(installed_python, tmp_path):
    result = _run([installed_python, "-c", LOOK_AROUND], tmp_path)

    assert result.stdout.strip() == "200 True", result.stderr


def test_an_installed_marketplace_has_a_command(installed_python, tmp_path):
    result = _run([installed_python.with_name("pasar-kim"), "--help"], tmp_path)

    assert "settings come from the environment" in " ".join(result.stdout.split()), result.stderr


def _copy_of_the_project(target: Path) -> Path:
    """Copy what git keeps, so that building leaves nothing in the checkout."""
    for path in tracked_files():
        copy = target / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return target


def _run(command: list, folder: Path) -> subprocess.CompletedProcess:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    return subprocess.run([str(part) for part in command], cwd=folder, env=environment, capture_output=True, text=True)
