"""Folders of data that benchmarks keep from run to run, because making them takes a while."""

import hashlib
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
CACHE = PROJECT / ".cache" / "benchmarks"
DIGEST_BYTES = 8
# What every database follows from.
SCHEMA_AND_REFERENCE_DATA = (
    PROJECT / "migrations" / "versions",
    PROJECT / "marketplace" / "examples",
    PROJECT / "marketplace" / "regions" / "data",
    PROJECT / "marketplace" / "catalogue" / "data",
)


def kept_folder(parent: Path, name: str, sources: Iterable[Path], make: Callable[[Path], None]) -> Path:
    """Return a folder that `make` has filled, in this run or an earlier one from sources with the same contents.

    What was made under this name from other contents is removed.
    """
    folder = parent / f"{name}-{_digest([*SCHEMA_AND_REFERENCE_DATA, *sources])}"
    if not folder.exists():
        for outdated in parent.glob(f"{name}-{'?' * 2 * DIGEST_BYTES}*"):
            shutil.rmtree(outdated)
        unfinished = folder.with_suffix(".unfinished")
        unfinished.mkdir(parents=True)
        make(unfinished)
        unfinished.rename(folder)
    return folder


def _digest(sources: Iterable[Path]) -> str:
    digest = hashlib.blake2b(digest_size=DIGEST_BYTES)
    for source in sources:
        for path in sorted(source.rglob("*")) if source.is_dir() else [source]:
            if path.is_file() and path.suffix != ".pyc":
                digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()
