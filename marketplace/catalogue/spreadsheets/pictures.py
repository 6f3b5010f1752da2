"""Photos that lie beside a spreadsheet: found by file name, checked and worked through before anything is saved."""

import hashlib
import itertools
import os
import pickle
import tempfile
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.spreadsheets.progress import Progress, silently
from marketplace.foundation.database import db
from marketplace.photos import services as photo_services
from marketplace.photos.errors import PhotoRefused
from marketplace.photos.models import Photo
from marketplace.photos.pipeline import ProcessedPhoto, digest_of, process
from marketplace.photos.services import StoredPhoto

# Results wait in the order of the files: a few at a time, because each holds a photo in all its sizes.
AT_ONCE = 8


class PictureFolder:
    """The files of one folder by name; subfolders and links are not looked into."""

    def __init__(self, folder: Path | None):
        self.folder = folder
        self._files: dict[str, list[Path]] = defaultdict(list)
        if folder is not None:
            with os.scandir(folder) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    if entry.is_file(follow_symlinks=False):
                        self._files[_name_key(entry.name)].append(Path(entry.path))

    def find(self, name: str) -> Path:
        """Return the file of this name, in whatever case it is typed, or refuse with CellRefused.

        Only what the folder itself lists is ever opened, so no name leads out of it.
        """
        if self.folder is None:
            raise CellRefused("Foldernya belum disebut. Tambahkan --photos FOLDER, atau kosongkan kolom foto.")
        if "/" in name or "\\" in name:
            raise CellRefused(f'"{name}" berisi nama folder. Tulis nama berkasnya saja.')
        files = self._files.get(_name_key(name), [])
        exact = [file for file in files if file.name == name]
        if len(exact or files) == 1:
            return (exact or files)[0]
        if files:
            raise CellRefused(f'Ada {len(files)} berkas yang namanya mirip "{name}". Samakan huruf besar-kecilnya.')
        raise CellRefused(f'Berkas "{name}" tidak ada di folder foto.')


@dataclass
class Picture:
    """A photo file that can be used: `digest` names the photo that it becomes."""

    digest: str
    # Where the processed photo waits; None for a photo that the marketplace has already.
    waiting: Path | None
    stored: StoredPhoto | None = None

    def store(self) -> None:
        """Save the photo's files, if they are not there yet."""
        if self.waiting is not None:
            # Written by `work_through` in this process's own folder a moment ago.
            self.stored = photo_services.store(pickle.loads(self.waiting.read_bytes()))  # noqa: S301

    def keep(self) -> int:
        """Save the row of the photo, whose files are stored, and return its id."""
        if self.waiting is None:
            return db.session.scalars(select(Photo.id).where(Photo.digest == self.digest)).one()
        return photo_services.keep(self.stored).id


class PictureDesk:
    """Works photo files through and lays the results aside on the disk until all else has been checked."""

    def __init__(self):
        self._folder = tempfile.TemporaryDirectory(prefix="pasar-kim-")

    def __enter__(self) -> "PictureDesk":
        return self

    def __exit__(self, *_exception) -> None:
        self._folder.cleanup()

    def work_through(self, files: Sequence[Path], progress: Progress) -> tuple[dict[Path, Picture], dict[Path, str]]:
        """Return the pictures by file, and why each of the other files cannot be used."""
        pictures: dict[Path, Picture] = {}
        refused: dict[Path, str] = {}
        if not files:
            return pictures, refused
        known = _known_masters(files)
        results = _processed([file for file in files if file not in known])
        for file in progress(files, "Memeriksa foto", len(files)):
            if file in known:
                pictures[file] = Picture(known[file], None)
                continue
            result = next(results)
            if isinstance(result, str):
                refused[file] = result
            else:
                pictures[file] = self._laid_aside(result)
        return pictures, refused

    def _laid_aside(self, processed: ProcessedPhoto) -> Picture:
        path = Path(self._folder.name) / processed.digest
        path.write_bytes(pickle.dumps(processed))
        return Picture(processed.digest, path)


def store_pictures(pictures: Collection[Picture], progress: Progress = silently) -> None:
    """Save the files of all pictures: before the transaction that saves their rows begins.

    An object store takes its time, and on SQLite whoever signs in would wait for it. Files without a row are
    harmless: they are found again when the same photos come once more.
    """
    if pictures:
        for picture in progress(pictures, "Menyimpan foto", len(pictures)):
            picture.store()


def _known_masters(files: Iterable[Path]) -> dict[Path, str]:
    """Return the files that are masters which an export wrote: working them through again would only blur them."""
    digests = {}
    for file in files:
        with file.open("rb") as content:
            digests[file] = hashlib.file_digest(content, "sha256").hexdigest()[: len(digest_of(b""))]
    known = set()
    for batch in _batches(list(set(digests.values())), 500):
        known.update(db.session.scalars(select(Photo.digest).where(Photo.digest.in_(batch))))
    return {file: digest for file, digest in digests.items() if digest in known}


def _processed(files: Sequence[Path]) -> Iterator[ProcessedPhoto | str]:
    # Pillow works outside the interpreter's lock, so threads keep all cores busy.
    with ThreadPoolExecutor(max_workers=min(4, os.cpu_count() or 1)) as pool:
        for batch in _batches(files, AT_ONCE):
            yield from pool.map(_process, batch)


def _process(file: Path) -> ProcessedPhoto | str:
    try:
        with file.open("rb") as upload:
            return process(upload)
    except PhotoRefused as refusal:
        return refusal.user_message
    except OSError as error:
        return f"Berkasnya tidak bisa dibuka ({error.strerror})."


def _batches(items: Sequence, size: int) -> Iterator[Sequence]:
    for start in itertools.count(0, size):
        batch = items[start : start + size]
        if not batch:
            return
        yield batch


def _name_key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()
