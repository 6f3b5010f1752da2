"""A person's data as a file to take with them, written while it is sent: one photo at a time is in memory."""

import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

from marketplace.foundation.storage import FileMissing, Storage, StorageUnavailable
from marketplace.photos.addresses import master_key

EXPLANATION = """Data Anda di Pasar KIM

data.json  Semua yang kami simpan tentang Anda: akun, perangkat, usaha, dagangan, draf, dan catatan kejadian.
foto/      Foto dagangan dan draf Anda. Namanya disebut di data.json.

Kata sandi, kunci masuk, dan kuki tidak ikut: yang kami simpan darinya tidak bisa dibaca kembali.
"""


class _Sent(io.RawIOBase):
    """A file that gives away what is written to it."""

    def __init__(self):
        super().__init__()
        self.pieces: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content) -> int:
        self.pieces.append(bytes(content))
        return len(content)

    def take(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def write_takeout(data: dict[str, Any], photos: Sequence[tuple[str, str]], storage: Storage) -> Iterator[bytes]:
    """Yield a ZIP of the data and the photos (names with digests), a piece at a time; the database is not needed.

    A photo that the storage does not give is named in `foto/tidak-terbaca.txt`: one lost file keeps nobody's data back.
    """
    sent, lost = _Sent(), []
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("baca-saya.txt", EXPLANATION)
        file.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))
        yield sent.take()
        for name, digest in photos:
            try:
                content = _read(storage, digest)
            except (FileMissing, StorageUnavailable):
                lost.append(name)
                continue
            # A photo is packed already.
            file.writestr(name, content, zipfile.ZIP_STORED)
            yield sent.take()
        if lost:
            file.writestr("foto/tidak-terbaca.txt", "\n".join(lost))
    yield sent.take()


def _read(storage: Storage, digest: str) -> bytes:
    file = storage.open(master_key(digest))
    try:
        return file.content.read()
    finally:
        file.content.close()
