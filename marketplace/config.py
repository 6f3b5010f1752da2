"""What the operator decides: read once from the environment, refused at once when it makes no sense."""

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

SECRET_KEY_FILE = "secret_key"
SHORTEST_SECRET_KEY = 32
LONGEST_VALUE_SHOWN = 80
# What no address holds unless it was copied with too much: spaces, quotes, brackets, control characters.
FOREIGN_TO_ADDRESSES = re.compile(r"[\s\x00-\x1f\x7f\"'<>\\^`{|}]")
YES, NO = {"1", "yes", "true", "on", "ya"}, {"0", "no", "false", "off", "tidak"}


class BadSetting(ValueError):
    """A setting that the marketplace cannot start with; the message names it and says what it may be."""

    def __init__(self, name: str, value: str, expected: str):
        shown = value if len(value) <= LONGEST_VALUE_SHOWN else f"{value[:LONGEST_VALUE_SHOWN]}…"
        super().__init__(f"{name}={shown!r}: {expected}")


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
    tiles_url: str = ""
    tiles_attribution: str = ""

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
            source_url=read.link("SOURCE_URL", cls.source_url),
            tiles_url=read.tiles("TILES_URL"),
            tiles_attribution=read.text("TILES_ATTRIBUTION", cls.tiles_attribution),
        )
        settings._refuse_half_an_object_store()
        return settings

    @property
    def is_sqlite(self) -> bool:
        return self.database_url.startswith("sqlite")

    @property
    def is_served_over_tls(self) -> bool:
        return self.public_url.startswith("https://")

    @property
    def tiles_origin(self) -> str:
        """Scheme and host of the map's tiles; empty while the operator has named none."""
        return "/".join(self.tiles_url.split("/")[:3])

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
        is_number = value.isascii() and value.isdigit() and len(value) <= len(str(highest))
        if not is_number or not lowest <= int(value) <= highest:
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
            value.parent.mkdir(parents=True, exist_ok=True)
            # Telephone numbers lie in it: nobody else's business.
            value.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise BadSetting(name, str(value), f"must be a folder that can be written: {error.strerror}") from error
        if not os.access(value, os.W_OK):
            raise BadSetting(name, str(value), "must be a folder that can be written")
        return value

    def web_address(self, name: str, default: str) -> str:
        value = self.link(name, default).rstrip("/")
        if "?" in value or "#" in value:
            raise BadSetting(name, value, "must be an address without ? and #")
        return value

    def link(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value and not _is_web_address(value):
            # What stands before an @ may be a password.
            shown = f"{value.partition('://')[0]}…" if "@" in value else value
            raise BadSetting(name, shown, "must be an address that begins with http:// or https://")
        return value

    def tiles(self, name: str) -> str:
        value = self.text(name, "")
        plain = re.sub(r"\{[xyz]\}", "0", value)
        if value and not (
            _is_web_address(plain) and all(f"{{{axis}}}" in value for axis in "xyz") and "@" not in value
        ):
            raise BadSetting(name, value, "must be the address of a tile, such as https://HOST/{z}/{x}/{y}.png")
        if "{" in value.partition("://")[2].partition("/")[0]:
            raise BadSetting(name, value, "must name one host: browsers are told which one pages may ask")
        return value

    def database_url(self, name: str, data_dir: Path) -> str:
        value = self.text(name, "")
        if not value:
            return f"sqlite:///{data_dir / 'pasar-kim.sqlite3'}"
        scheme, separator, rest = value.partition("://")
        if separator and scheme in {"postgres", "postgresql", "postgresql+psycopg"}:
            return self._postgresql_url(name, rest)
        if separator and scheme == "sqlite":
            return self._sqlite_url(name, rest)
        # The value is not repeated: it may hold a password.
        raise BadSetting(name, f"{scheme}…", "must begin with sqlite:/// or postgresql://")

    def _postgresql_url(self, name: str, rest: str) -> str:
        value = f"postgresql+psycopg://{rest}"
        try:
            address = make_url(value)
        except (ArgumentError, ValueError) as error:
            raise BadSetting(name, "postgresql://…", "must be postgresql://USER:PASSWORD@HOST/NAME") from error
        if not (address.database or address.query):
            raise BadSetting(name, "postgresql://…", "must name a database: postgresql://USER:PASSWORD@HOST/NAME")
        if find_spec("psycopg") is None:
            raise BadSetting(name, "postgresql://…", "needs PostgreSQL's driver: install the package with [postgres]")
        return value

    def _sqlite_url(self, name: str, rest: str) -> str:
        # Tables in memory would be gone with each connection, and files with options are not what nodes share.
        if not rest.startswith("/") or rest == "/" or rest.startswith(("/:memory:", "/file:")) or "?" in rest:
            raise BadSetting(name, f"sqlite://{rest}", "must be sqlite:/// and the path of a file")
        # A path begins after the third slash; one that does not begin at the root begins where the start was made.
        path = Path(rest[1:]).expanduser().absolute()
        if not path.parent.is_dir() or path.is_dir():
            raise BadSetting(name, f"sqlite://{rest}", f"must be a file in a folder that exists; {path} is not")
        return f"sqlite:///{path}"

    def rate_limit_url(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if not value.startswith(("memory://", "redis://", "rediss://", "redis+unix://")):
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
    try:
        key = path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise BadSetting("SECRET_KEY", "…", f"the file {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError:
        key = ""
    if len(key) < SHORTEST_SECRET_KEY:
        raise BadSetting("SECRET_KEY", "…", f"the file {path} holds no key; delete it or set SECRET_KEY")
    return key


def _is_web_address(value: str) -> bool:
    if FOREIGN_TO_ADDRESSES.search(value):
        return False
    try:
        address = urlsplit(value)
        return address.scheme in {"http", "https"} and bool(address.hostname) and address.port != 0
    except ValueError:
        return False


def _as_url_host(host: str) -> str:
    if host in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
