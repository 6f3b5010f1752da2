"""Where uploaded files are kept: a local folder, or any S3-compatible object store, behind one small interface.

Keys are short lower-case paths such as `public/9f86d0…-640.webp`. Whoever saves chooses keys by content, so a file
never changes under its key: saving it again is harmless, and it may be cached for ever.
"""

import errno
import importlib.util
import logging
import os
import re
import tempfile
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from flask import Flask, current_app

from marketplace.config import BadSetting, Settings
from marketplace.foundation.errors import NotFound, Refusal

LOG = logging.getLogger("pasarkim.storage")

# No part may begin with a dot, so no key leads out of the folder or to a file that is still being written.
KEY = re.compile(r"[a-z0-9][a-z0-9._-]*(/[a-z0-9][a-z0-9._-]*)*")
FOR_EVER = "public, max-age=31536000, immutable"
LOCAL_FOLDER = "photos"


class StorageUnavailable(Refusal):
    """The disk is full, or the object store does not answer; nothing was changed."""

    status = 503
    user_message = "Penyimpanan foto sedang tidak bisa dihubungi. Isian Anda aman; coba lagi beberapa menit lagi."


class FileMissing(NotFound):
    """There is no file under this key."""


class Readable(Protocol):
    """Bytes that are read once, from first to last."""

    def read(self, size: int = -1) -> bytes: ...

    def close(self) -> None: ...


@dataclass(frozen=True)
class StoredFile:
    """A file opened for reading: whoever opened it closes `content`; `size` is in bytes."""

    content: Readable
    size: int


class Storage(Protocol):
    """What both back ends do; each refuses with StorageUnavailable when it cannot."""

    def save(self, key: str, content: bytes, content_type: str) -> None:
        """Keep the bytes under the key: all of them or none, and there to stay when this returns."""

    def open(self, key: str) -> StoredFile:
        """Open the file for reading, or refuse with FileMissing."""

    def exists(self, key: str) -> bool:
        """Tell whether there is a file under the key."""

    def delete(self, key: str) -> None:
        """Remove the file; one that is not there is fine."""


class LocalStorage:
    """Files in one folder of this machine, spread over subfolders so that none grows too large to list."""

    def __init__(self, folder: Path):
        self.folder = folder

    def save(self, key: str, content: bytes, content_type: str) -> None:
        """Write beside and move into place, so that a reader or a power cut never finds half a file."""
        path = self._path(key)
        with _local_faults(key):
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(prefix=".draft-", dir=path.parent)
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                os.chmod(draft, 0o644)
                os.replace(draft, path)
            except BaseException:
                os.unlink(draft)
                raise
            _sync_folder(path.parent)

    def open(self, key: str) -> StoredFile:
        """Open the file for reading, or refuse with FileMissing."""
        path = self._path(key)
        with _local_faults(key):
            content = path.open("rb")
            return StoredFile(content, os.fstat(content.fileno()).st_size)

    def exists(self, key: str) -> bool:
        """Tell whether there is a file under the key."""
        return self._path(key).is_file()

    def delete(self, key: str) -> None:
        """Remove the file; one that is not there is fine."""
        path = self._path(key)
        with _local_faults(key):
            path.unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        folder, _, name = _checked(key).rpartition("/")
        return self.folder / folder / name[:2] / name


class S3Storage:
    """Objects in one bucket of an S3-compatible store (Garage, SeaweedFS, Ceph, or a cloud)."""

    def __init__(self, bucket: str, endpoint_url: str | None, region: str, access_key_id: str, secret_access_key: str):
        self.bucket = bucket
        self._options = {
            "endpoint_url": endpoint_url,
            "region_name": region,
            "aws_access_key_id": access_key_id,
            "aws_secret_access_key": secret_access_key,
        }
        self._lock = threading.Lock()
        self._client_of_process = (None, None)

    def save(self, key: str, content: bytes, content_type: str) -> None:
        """Put the object; the store shows it only when it is whole."""
        with _object_store_faults(key):
            self._client().put_object(
                Bucket=self.bucket,
                Key=_checked(key),
                Body=content,
                ContentType=content_type,
                CacheControl=FOR_EVER,
            )

    def open(self, key: str) -> StoredFile:
        """Open the object for reading as it arrives, or refuse with FileMissing."""
        with _object_store_faults(key):
            answer = self._client().get_object(Bucket=self.bucket, Key=_checked(key))
        return StoredFile(_ArrivingObject(key, answer["Body"]), answer["ContentLength"])

    def exists(self, key: str) -> bool:
        """Tell whether there is an object under the key."""
        try:
            with _object_store_faults(key):
                self._client().head_object(Bucket=self.bucket, Key=_checked(key))
        except FileMissing:
            return False
        return True

    def delete(self, key: str) -> None:
        """Remove the object; one that is not there is fine."""
        try:
            with _object_store_faults(key):
                self._client().delete_object(Bucket=self.bucket, Key=_checked(key))
        except FileMissing:
            pass

    def _client(self):
        """Return this process's client: made at first use, because connections do not survive a fork."""
        process, client = self._client_of_process
        if process == os.getpid():
            return client
        with self._lock:
            process, client = self._client_of_process
            if process != os.getpid():
                client = _new_client(self._options)
                self._client_of_process = (os.getpid(), client)
        return client


class _ArrivingObject:
    """An object's bytes as they come in; a connection that breaks is named like every other fault."""

    def __init__(self, key: str, body):
        self._key = key
        self._body = body

    def read(self, size: int = -1) -> bytes:
        with _object_store_faults(self._key):
            return self._body.read(None if size < 0 else size)

    def close(self) -> None:
        self._body.close()


def keep_files(app: Flask) -> None:
    """Give the application the storage that its settings name."""
    app.extensions["storage"] = storage_from(app.extensions["settings"])


def current_storage() -> Storage:
    """Return the storage of the application at work."""
    return current_app.extensions["storage"]


def storage_from(settings: Settings) -> Storage:
    """Return the storage that the settings name, or refuse with BadSetting."""
    if settings.photo_storage == "local":
        return LocalStorage(settings.data_dir / LOCAL_FOLDER)
    if importlib.util.find_spec("boto3") is None:
        raise BadSetting("PHOTO_STORAGE", "s3", "needs the extra `s3`: pip install 'pasar-kim[s3]'")
    return S3Storage(
        bucket=settings.s3_bucket,
        endpoint_url=settings.s3_endpoint_url or None,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key_id,
        secret_access_key=settings.s3_secret_access_key,
    )


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError(f"not a key of the storage: {key!r}")
    return key


@contextmanager
def _local_faults(key: str):
    try:
        yield
    except (FileNotFoundError, IsADirectoryError) as error:
        raise FileMissing from error
    except OSError as error:
        raise _unavailable(key, error) from error


@contextmanager
def _object_store_faults(key: str):
    # boto3 is an extra of the installation and takes a second to load: only a marketplace on S3 pays for it.
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except ClientError as error:
        if error.response["Error"]["Code"] in {"404", "NoSuchKey"}:
            raise FileMissing from error
        raise _unavailable(key, error) from error
    except BotoCoreError as error:
        raise _unavailable(key, error) from error


def _unavailable(key: str, error: Exception) -> StorageUnavailable:
    """Write down what the operator has to know; the person reads the refusal."""
    LOG.error("storage, %s: %s", key, error)
    return StorageUnavailable()


def _sync_folder(folder: Path) -> None:
    """Make a new name in a folder survive a power cut, where the system can open a folder and sync it."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def _new_client(options: dict):
    from boto3.session import Session
    from botocore.config import Config

    config = Config(
        signature_version="s3v4",
        # Stores other than AWS know neither a host name for each bucket nor the newer checksums.
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=2,
        read_timeout=10,
        retries={"max_attempts": 3, "mode": "standard"},
    )
    return Session().client("s3", config=config, **options)
