"""Builds a wheel that holds templates/, static/ and migrations/ inside the package, where foundation/paths.py looks."""

import shutil
from pathlib import Path

from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = ("templates", "static", "migrations")


class BuildWithFolders(build_py):
    """Copies the folders that stand beside the package in a checkout; an editable installation uses them in place."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        for name in FOLDERS:
            target = Path(self.build_lib, "marketplace", name)
            shutil.copytree(ROOT / name, target, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
