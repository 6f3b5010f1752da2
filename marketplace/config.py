"""What the operator decides: read once from the environment, refused at once when it makes no sense."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

SECRET_KEY_FILE = "secret_key"
SHORTEST_SECRET_KEY = 32
YES, NO = {"1", "yes", "true", "on", "ya"}, {"0", "no", "false", "off", "tidak"}


class BadSetting(ValueError):
    """A setting that the marketplace cannot start with; the message names it and says what it may be."""

    def __init__(self, name: str, value: str, expected: str):
        super().__init__(f"{name}={value!r}: {expected}")


@dataclass(frozen=True)
class Settings:
    """Everything that differs between one installation and another.

    The README lists each setting with its default; `from_environment` is the only place that reads them.
    """

    data_dir: Path
    database_url: str
    secret_key: str
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = "http://127.0.0.1:8000"
    example_data: bool = True
    photo_storage: str = "local"
    s3_bucket: str = ""
    s3_endpoint_url: str = ""
    s3_region: str = "us-east-1"
    s3_access_key_id: str = ""
    s3_secret_access_key: str = ""
    rate_limit_url: str = "memory://"
    trusted_proxies: int = 0
    web_workers: int = 1
    web_threads: int = 8
    log_format: str = "text"
    source_url: str = "https://github.com/pasar-kim/pasar-kim"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str]) -> "Settings":
        """Return the settings that the environment gives, or refuse with BadSetting naming the first bad one."""
        read = _Reader(environ)
        data_dir = read.folder("DATA_DIR", "data")
        host = read.text("HOST", cls.host)
        port = read.number("PORT", cls.port, 1, 65535)
        database_url = read.database_url("DATABASE_URL", data_dir)
        is_sqlite = database_url.startswith("sqlite")
        settings = cls(
            data_dir=data_dir,
            database_url=database_url,
            secret_key=read.secret_key("SECRET_KEY", data_dir),
            host=host,
            port=port,
            public_url=read.web_address("PUBLIC_URL", f"http://{_as_url_host(host)}:{port}"),
            example_data=read.yes_or_no("EXAMPLE_DATA", True),
            photo_storage=read.one_of("PHOTO_STORAGE", ("local", "s3"), cls.photo_storage),
            s3_bucket=read.text("S3_BUCKET", ""),
            s3_endpoint_url=read.web_address("S3_ENDPOINT_URL", ""),
            s3_region=read.text("S3_REGION", cls.s3_region),
            s3_access_key_id=read.text("S3_ACCESS_KEY_ID", ""),
            s3_secret_access_key=read.text("S3_SECRET_ACCESS_KEY", ""),
            rate_limit_url=read.rate_limit_url("RATE_LIMIT_URL", cls.rate_limit_url),
            trusted_proxies=read.number("TRUSTED_PROXIES", 0, 0, 10),
            web_workers=read.number("WEB_WORKERS", 1 if is_sqlite else (os.cpu_count() or 1), 1, 64),
            web_threads=read.number("WEB_THREADS", 8 if is_sqlite else 4, 1, 64),
            log_format=read.one_of("LOG_FORMAT", ("text", "json"), cls.log_format),
            source_url=read.web_address("SOURCE_URL", cls.source_url),
        )
        settings._refuse_half_an_object_store()
        return settings

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_served_over_tls(self) -> bool:
        return self.public_url.startswith("https://")

    def _refuse_half_an_object_store(self) -> None:
        if self.photo_storage != "s3":
            return
        for name in ("s3_bucket", "s3_access_key_id", "s3_secret_access_key"):
            if not getattr(self, name):
                raise BadSetting(name.upper(), "", "must be given when PHOTO_STORAGE=s3")


class _Reader:
    """Reads one kind of value at a time; an empty variable counts as absent."""

    def __init__(self, environ: Mapping[str, str]):
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        return self.environ.get(name, "").strip() or default

    def number(self, name: str, default: int, lowest: int, highest: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not lowest <= int(value) <= highest:
            raise BadSetting(name, value, f"must be a whole number from {lowest} to {highest}")
        return int(value)

    def yes_or_no(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value not in YES | NO:
            raise BadSetting(name, value, "must be 1 or 0")
        return value in YES

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        value = self.text(name, default).lower()
        if value not in choices:
            raise BadSetting(name, value, f"must be one of {', '.join(choices)}")
        return value

    def folder(self, name: str, default: str) -> Path:
        value = Path(self.text(name, default)).expanduser().absolute()
        try:
            value.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise BadSetting(name, str(value), f"must be a folder that can be written: {error.strerror}") from error
        if not os.access(value, os.W_OK):
            raise BadSetting(name, str(value), "must be a folder that can be written")
        return value

    def web_address(self, name: str, default: str) -> str:
        value = self.text(name, default).rstrip("/")
        address = urlsplit(value)
        if value and not (address.scheme in {"http", "https"} and address.hostname):
            raise BadSetting(name, value, "must be an address that begins with http:// or https://")
        return value

    def database_url(self, name: str, data_dir: Path) -> str:
        value = self.text(name, f"sqlite:///{data_dir / 'pasar-kim.sqlite3'}")
        scheme, separator, rest = value.partition("://")
        if separator and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
            return f"postgresql+psycopg://{rest}"
        if separator and scheme == "sqlite" and rest.strip("/"):
            return value
        # The value is not repeated: it may hold a password.
        raise BadSetting(name, f"{scheme}…", "must begin with sqlite:/// or postgresql://")

    def rate_limit_url(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not value.startswith(("memory://", "redis://", "rediss://", "unix://")):
            raise BadSetting(name, value.partition("://")[0], "must begin with memory://, redis:// or rediss://")
        return value

    def secret_key(self, name: str, data_dir: Path) -> str:
        value = self.text(name, "")
        if value and len(value) < SHORTEST_SECRET_KEY:
            raise BadSetting(name, "…", f"must have at least {SHORTEST_SECRET_KEY} characters, chosen at random")
        return value or _kept_secret_key(data_dir / SECRET_KEY_FILE)


def _kept_secret_key(path: Path) -> str:
    """Return the key kept in this file; make it on first use, readable by its owner alone.

    The key is written beside and linked into place, so that of two processes starting at once one wins and
    neither ever reads half a key.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    key = path.read_text(encoding="ascii").strip()
    if len(key) < SHORTEST_SECRET_KEY:
        raise BadSetting("SECRET_KEY", "…", f"the file {path} holds no key; delete it or set SECRET_KEY")
    return key


def _as_url_host(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
