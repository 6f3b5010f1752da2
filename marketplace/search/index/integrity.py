"""Whether the files of an index are whole: tantivy ends each file with a checksum of what stands before it."""

import json
import struct
import zlib
from pathlib import Path

META = "meta.json"
# What every segment consists of.
SUFFIXES = ("fast", "fieldnorm", "idx", "pos", "store", "term")
# A file ends with a note in JSON, its length, and this number.
ENDING = struct.Struct("<II")
MAGIC = 1337
READ_AT_ONCE = 1 << 20


class IndexDamaged(Exception):
    """A file is missing, cut short, or not what was written; the message names it."""


def refuse_damaged(folder: Path, reads_everything: bool = False) -> None:
    """Refuse with IndexDamaged unless every file that the index consists of is there and ends as it should.

    With `reads_everything` also the bytes before the ending are compared with their checksum, at about a gigabyte a
    second. The index may be in use: files that are replaced meanwhile are not held against it.
    """
    while True:
        listed = _read_meta(folder)
        try:
            for name in _files_of(listed):
                _refuse_damaged_file(folder / name, reads_everything)
            return
        except IndexDamaged:
            if _read_meta(folder) == listed:
                raise


def _read_meta(folder: Path) -> bytes:
    try:
        return (folder / META).read_bytes()
    except OSError as error:
        raise IndexDamaged(f"{META}: {error.strerror}") from error


def _files_of(listed: bytes) -> list[str]:
    names = []
    try:
        for segment in json.loads(listed)["segments"]:
            stem = segment["segment_id"].replace("-", "")
            names += [f"{stem}.{suffix}" for suffix in SUFFIXES]
            if segment["deletes"]:
                names.append(f"{stem}.{segment['deletes']['opstamp']}.del")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamaged(f"{META} cannot be read") from error
    return names


def _refuse_damaged_file(path: Path, reads_everything: bool) -> None:
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - ENDING.size))
            length, magic = ENDING.unpack(file.read(ENDING.size))
            body = size - ENDING.size - length
            if magic != MAGIC or body < 0:
                raise IndexDamaged(f"{path.name} is cut short")
            file.seek(body)
            checksum = json.loads(file.read(length))["crc"]
            if reads_everything and _checksum_of(file, body) != checksum:
                raise IndexDamaged(f"{path.name} is not what was written")
    except OSError as error:
        raise IndexDamaged(f"{path.name}: {error.strerror}") from error
    except (struct.error, ValueError, KeyError, TypeError) as error:
        raise IndexDamaged(f"{path.name} is cut short") from error


def _checksum_of(file, size: int) -> int:
    file.seek(0)
    checksum = 0
    while size > 0:
        piece = file.read(min(size, READ_AT_ONCE))
        if not piece:
            break
        checksum = zlib.crc32(piece, checksum)
        size -= len(piece)
    return checksum
