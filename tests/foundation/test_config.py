"""Settings: read once, refused at once, never a secret that everybody knows."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from marketplace.config import BadSetting, Settings


@pytest.fixture
def read(tmp_path):
    """Read settings from these variables and a data folder of the test's own."""

    def read(**variables: str) -> Settings:
        return Settings.from_environment({"DATA_DIR": str(tmp_path), **variables})

    return read


def test_an_empty_environment_is_enough(read, tmp_path):
    settings = read()

    assert settings.database_url == f"sqlite:///{tmp_path / 'pasar-kim.sqlite3'}"
    assert settings.public_url == "http://127.0.0.1:8000"
    assert settings.example_data
    assert (settings.web_workers, settings.web_threads) == (1, 8)


def test_an_empty_variable_counts_as_absent(read):
    assert read(PORT="", EXAMPLE_DATA=" ").port == 8000


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "delapan"),
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "８０００"),
        ("EXAMPLE_DATA", "mungkin"),
        ("DATABASE_URL", "mysql://localhost/pasar"),
        ("DATABASE_URL", "pasar.sqlite3"),
        ("DATABASE_URL", "sqlite://"),
        ("SECRET_KEY", "rahasia"),
        ("PUBLIC_URL", "pasar.example"),
        ("PHOTO_STORAGE", "ftp"),
        ("S3_ENDPOINT_URL", "localhost:9000"),
        ("RATE_LIMIT_URL", "memcached://localhost"),
        ("TRUSTED_PROXIES", "-1"),
        ("WEB_WORKERS", "1.5"),
        ("WEB_THREADS", "0"),
        ("LOG_FORMAT", "xml"),
        ("SOURCE_URL", "ssh://host/project"),
        ("SOURCE_URL", "http://git example/"),
        ("PORT", "1" * 5000),
        ("DATABASE_URL", "postgresql://"),
        ("DATABASE_URL", "postgresql://budi@db:pintu/pasar"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("DATABASE_URL", "sqlite://:memory:"),
        ("DATABASE_URL", "sqlite:////no/such/folder/pasar.sqlite3"),
        ("RATE_LIMIT_URL", "unix:///run/redis.sock"),
        ("PUBLIC_URL", "http://[::1"),
        ("PUBLIC_URL", "https://pasar.example:99999"),
        ("PUBLIC_URL", "https://pasar.example/?a=b"),
        ("PUBLIC_URL", "https://pasar.example/#a"),
        ("PUBLIC_URL", 'https://pasar.example"'),
        ("S3_ENDPOINT_URL", "http://[::1"),
        ("TILES_URL", "https://tiles.example/peta.png"),
        ("TILES_URL", "tiles.example/{z}/{x}/{y}.png"),
        ("TILES_URL", "https://{s}.tiles.example/{z}/{x}/{y}.png"),
        ("TILES_URL", "https://{z}.tiles.example/{z}/{x}/{y}.png"),
        ("TILES_URL", "https://tiles.example/{z}/{x}/{y}.png; script-src *"),
    ],
)
def test_a_bad_value_is_refused_by_name(read, name, value):
    with pytest.raises(BadSetting, match=rf"^{name}="):
        read(**{name: value})


def test_a_data_folder_that_cannot_be_made_is_refused_by_name(read, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(BadSetting, match="^DATA_DIR="):
        read(DATA_DIR=str(tmp_path / "file" / "inside"))


@pytest.mark.parametrize("missing", ["S3_BUCKET", "S3_ACCESS_KEY_ID", "S3_SECRET_ACCESS_KEY"])
def test_half_an_object_store_is_refused_by_what_is_missing(read, missing):
    variables = {"PHOTO_STORAGE": "s3", "S3_BUCKET": "b", "S3_ACCESS_KEY_ID": "k", "S3_SECRET_ACCESS_KEY": "s"}

    with pytest.raises(BadSetting, match=f"^{missing}="):
        read(**{**variables, missing: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "mysql://budi:kata-sandi@localhost/pasar"),
        ("DATABASE_URL", "postgresql://budi:kata-sandi@db:pintu/pasar"),
        ("S3_ENDPOINT_URL", "ftp://budi:kata-sandi@localhost"),
    ],
)
def test_a_refusal_repeats_no_password(read, name, value):
    with pytest.raises(BadSetting) as refusal:
        read(**{name: value})
    assert "kata-sandi" not in str(refusal.value)


def test_a_refusal_is_no_longer_than_a_person_reads(read):
    with pytest.raises(BadSetting) as refusal:
        read(PORT="1" * 5000)
    assert len(str(refusal.value)) < 200


def test_a_path_of_sqlite_begins_where_the_start_was_made(read, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert read(DATABASE_URL="sqlite:///pasar.sqlite3").database_url == f"sqlite:///{tmp_path / 'pasar.sqlite3'}"


def test_the_data_folder_is_made_for_its_owner_alone(read, tmp_path):
    read(DATA_DIR=str(tmp_path / "inner" / "data"))

    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "inner" / "data").stat().st_mode) == 0o700


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_of_writing_a_postgresql_address_is_understood(read, scheme):
    settings = read(DATABASE_URL=f"{scheme}://budi@db/pasar")

    assert settings.database_url == "postgresql+psycopg://budi@db/pasar"
    assert not settings.is_sqlite


def test_the_host_of_the_map_s_tiles_is_known(read):
    assert read().tiles_origin == ""
    settings = read(TILES_URL="https://tiles.example:8443/peta/{z}/{x}/{y}.png?key=1")
    assert settings.tiles_origin == "https://tiles.example:8443"


def test_the_public_address_follows_host_and_port(read):
    assert read(HOST="0.0.0.0", PORT="9000").public_url == "http://127.0.0.1:9000"
    assert read(HOST="::1", PORT="9000").public_url == "http://[::1]:9000"
    assert read(PUBLIC_URL="https://pasar.example/").public_url == "https://pasar.example"


def test_the_secret_key_is_made_on_first_start_and_kept_for_its_owner_alone(read, tmp_path):
    first, second = read(), read()

    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600


def test_two_marketplaces_never_share_a_made_key(tmp_path):
    keys = {
        Settings.from_environment({"DATA_DIR": str(tmp_path / name)}).secret_key for name in ("satu", "dua", "tiga")
    }

    assert len(keys) == 3


def test_processes_that_start_at_once_agree_on_the_key(read):
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read().secret_key, range(32)))

    assert len(keys) == 1


@pytest.mark.parametrize("content", [b"pendek", b"\xff" * 64], ids=["short", "not text"])
def test_a_damaged_key_file_stops_the_start(read, tmp_path, content):
    (tmp_path / "secret_key").write_bytes(content)

    with pytest.raises(BadSetting, match="^SECRET_KEY="):
        read()
