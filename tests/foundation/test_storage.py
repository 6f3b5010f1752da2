"""Where files are kept: both back ends pass the same tests, the object store against a real server."""

import dataclasses
import os
import threading
from pathlib import Path

import pytest

from marketplace.config import BadSetting, Settings
from marketplace.foundation import storage
from marketplace.foundation.storage import FileMissing, LocalStorage, S3Storage, StorageUnavailable, storage_from
from tests.support.object_store import running_object_store

KEY = "public/0123456789abcdef-640.webp"


@pytest.fixture(scope="module")
def object_store(tmp_path_factory):
    with running_object_store(tmp_path_factory.mktemp("object-store")) as store:
        yield store


@pytest.fixture
def bucket(object_store):
    return S3Storage(
        bucket=object_store.bucket,
        endpoint_url=object_store.endpoint_url,
        region="us-east-1",
        access_key_id=object_store.access_key_id,
        secret_access_key=object_store.secret_access_key,
    )


@pytest.fixture
def folder(tmp_path):
    return LocalStorage(tmp_path / "photos")


@pytest.fixture(params=["folder", "bucket"])
def files(request):
    return request.getfixturevalue(request.param)


def content_of(files, key):
    file = files.open(key)
    try:
        content = file.content.read()
    finally:
        file.content.close()
    assert file.size == len(content)
    return content


def test_what_is_saved_is_read_back(files):
    files.save(KEY, b"a photo", "image/webp")

    assert files.exists(KEY)
    assert content_of(files, KEY) == b"a photo"


def test_a_large_file_is_read_piece_by_piece(files):
    content = os.urandom(300_000)
    files.save(KEY, content, "image/webp")

    file = files.open(KEY)
    pieces = iter(lambda: file.content.read(65_536), b"")

    assert b"".join(pieces) == content
    file.content.close()


def test_saving_again_replaces(files):
    files.save(KEY, b"first", "image/webp")
    files.save(KEY, b"second", "image/webp")

    assert content_of(files, KEY) == b"second"


def test_what_was_never_saved_is_missing(files):
    assert not files.exists("public/never.webp")
    with pytest.raises(FileMissing):
        files.open("public/never.webp")


def test_what_is_deleted_is_gone_and_may_be_deleted_again(files):
    files.save(KEY, b"a photo", "image/webp")

    files.delete(KEY)
    files.delete(KEY)

    assert not files.exists(KEY)


def test_many_threads_save_at_once(files):
    keys = [f"public/{number:032x}.jpg" for number in range(16)]
    threads = [threading.Thread(target=files.save, args=(key, key.encode(), "image/jpeg")) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [content_of(files, key) for key in keys] == [key.encode() for key in keys]


@pytest.mark.parametrize(
    "key",
    ["../secret_key", "/etc/passwd", "public/../../secret_key", "public/.draft", "", "a//b", "A.jpg", "a\0b", "a\n"],
)
def test_no_key_leads_out_of_the_storage(files, key):
    for act in (files.open, files.exists, files.delete):
        with pytest.raises(ValueError, match="not a key"):
            act(key)
    with pytest.raises(ValueError, match="not a key"):
        files.save(key, b"", "image/webp")


def test_a_save_cut_short_leaves_the_old_file_and_no_draft(folder, monkeypatch):
    folder.save(KEY, b"old", "image/webp")

    def fails(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fails)
    with pytest.raises(StorageUnavailable):
        folder.save(KEY, b"new", "image/webp")

    assert content_of(folder, KEY) == b"old"
    assert [path.name for path in folder.folder.rglob("*") if path.is_file()] == [Path(KEY).name]


def test_local_files_are_spread_over_subfolders(folder):
    folder.save(KEY, b"a photo", "image/webp")

    assert (folder.folder / "public" / "01" / "0123456789abcdef-640.webp").is_file()


def test_objects_carry_their_type_and_may_be_cached_for_ever(bucket):
    bucket.save(KEY, b"a photo", "image/webp")

    head = bucket._client().head_object(Bucket=bucket.bucket, Key=KEY)

    assert head["ContentType"] == "image/webp"
    assert head["CacheControl"] == storage.FOR_EVER


def test_a_wrong_secret_is_a_refusal_that_the_person_can_read(object_store, bucket, caplog):
    stranger = S3Storage(
        object_store.bucket, object_store.endpoint_url, "us-east-1", object_store.access_key_id, "wrong"
    )

    for act in (
        lambda: stranger.save(KEY, b"", "image/webp"),
        lambda: stranger.open(KEY),
        lambda: stranger.delete(KEY),
    ):
        with pytest.raises(StorageUnavailable) as refusal:
            act()
        assert refusal.value.status == 503
    assert KEY in caplog.text


def test_a_store_that_does_not_answer_is_a_refusal(tmp_path):
    nobody = S3Storage("photos", "http://127.0.0.1:9", "us-east-1", "key", "secret")

    with pytest.raises(StorageUnavailable):
        nobody.exists(KEY)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_worker_makes_its_own_connections(bucket):
    bucket.save(KEY, b"a photo", "image/webp")
    parent = bucket._client()

    reader, writer = os.pipe()
    worker = os.fork()
    if worker == 0:
        is_own = bucket._client() is not parent and bucket.exists(KEY)
        os.write(writer, b"1" if is_own else b"0")
        os._exit(0)
    os.waitpid(worker, 0)

    assert os.read(reader, 1) == b"1"
    os.close(reader)
    os.close(writer)


def test_the_settings_choose_the_storage(tmp_path, object_store):
    settings = Settings(data_dir=tmp_path, database_url="sqlite:///x", secret_key="x" * 32)
    in_bucket = dataclasses.replace(
        settings,
        photo_storage="s3",
        s3_bucket=object_store.bucket,
        s3_endpoint_url=object_store.endpoint_url,
        s3_access_key_id=object_store.access_key_id,
        s3_secret_access_key=object_store.secret_access_key,
    )

    storage_from(in_bucket).save("public/chosen.webp", b"a photo", "image/webp")

    assert storage_from(settings).folder == tmp_path / "photos"
    assert (object_store.folder / "public" / "chosen.webp").read_bytes() == b"a photo"


def test_an_installation_without_boto3_is_told_before_the_first_upload(tmp_path, monkeypatch):
    settings = Settings(data_dir=tmp_path, database_url="sqlite:///x", secret_key="x" * 32, photo_storage="s3")
    monkeypatch.setattr(storage.importlib.util, "find_spec", lambda _name: None)

    with pytest.raises(BadSetting, match="PHOTO_STORAGE"):
        storage_from(settings)
