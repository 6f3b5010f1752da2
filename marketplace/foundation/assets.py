"""Static files under names that change with their content, so that phones fetch each of them once.

At the first start after a change the files of `static/` are copied into the data folder: style sheets joined into
one, scripts without comments, every name carrying a fingerprint, compressed copies beside. Later starts find the
folder and only list it.
"""

import gzip
import hashlib
import os
import re
import shutil
import tempfile
from pathlib import Path

import brotli
import rcssmin
import rjsmin
from flask import Flask
from whitenoise import WhiteNoise

from marketplace.foundation.paths import static_folder

URL_PREFIX = "/static/"
STYLE_SHEET = "css/site.css"
LAYERS = ("tokens", "base", "layout", "components", "utilities")
COMPRESSIBLE = {".css", ".js", ".svg", ".json", ".webmanifest"}
# Folders whose files other files of the same folder name by relative path: these share one fingerprint.
WHOLE_FOLDERS = ("js",)
SERVED_FOLDERS = ("img", "vendor", *WHOLE_FOLDERS)
FINGERPRINT = r"[0-9a-f]{12}"
BUILDER_VERSION = b"2"


def serve_static_files(app: Flask) -> None:
    """Build the static files unless they are built, serve them, and give templates `asset(name)`."""
    source = static_folder()
    built = app.extensions["settings"].data_dir / "static" / fingerprint_of_folder(source)
    if not built.exists():
        _build_beside(source, built)
    addresses = _addresses(built)
    # For what lists them: the app on the phone.
    app.extensions["assets"] = addresses
    app.wsgi_app = WhiteNoise(
        app.wsgi_app,
        root=built,
        prefix=URL_PREFIX,
        max_age=0,
        immutable_file_test=rf"[.-]{FINGERPRINT}[./]",
        allow_all_origins=False,
    )

    def asset(name: str) -> str:
        """Return the address of a static file, such as `asset("css/site.css")`; an unknown name raises KeyError."""
        return addresses[name]

    app.jinja_env.globals["asset"] = asset


def fingerprint_of_folder(folder: Path) -> str:
    """Return twelve hexadecimal digits that change with any file's name or content."""
    digest = hashlib.sha256(BUILDER_VERSION)
    for path in _files(folder):
        digest.update(f"{path.relative_to(folder).as_posix()}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def join_style_sheets(folder: Path) -> str:
    """Return the style sheets of `css/` as one: each inside the layer it is named after, components by name."""
    parts = [f"@layer {', '.join(LAYERS)};"]
    for layer in LAYERS:
        paths = sorted((folder / layer).glob("*.css")) or [folder / f"{layer}.css"]
        text = "\n".join(path.read_text(encoding="utf-8") for path in paths if path.exists())
        parts.append(f"@layer {layer} {{\n{text}\n}}")
    return "\n".join(parts)


def _build_beside(source: Path, built: Path) -> None:
    """Build in a folder of its own and move it into place, so that a start cut short leaves nothing half done."""
    built.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix="draft-", dir=built.parent))
    try:
        _build(source, draft)
        draft.chmod(0o755)
        os.replace(draft, built)
    except OSError:
        shutil.rmtree(draft, ignore_errors=True)
        # Another process was faster: its folder has the same content.
        if not built.exists():
            raise


def _build(source: Path, target: Path) -> None:
    addresses = {}
    for folder in SERVED_FOLDERS:
        shared = fingerprint_of_folder(source / folder) if folder in WHOLE_FOLDERS else None
        for path in _files(source / folder):
            name = path.relative_to(source).as_posix()
            address = _fingerprinted(name, path.read_bytes(), shared)
            addresses[name] = address
            _write(target / address, _shortened(path))
    css = _with_fingerprinted_urls(join_style_sheets(source / "css"), addresses)
    content = rcssmin.cssmin(css).encode()
    _write(target / _fingerprinted(STYLE_SHEET, content, None), content)


def _shortened(path: Path) -> bytes:
    """Return what is sent of a file: scripts without comments and indentation, which are a quarter of them."""
    if path.suffix == ".js":
        return rjsmin.jsmin(path.read_text(encoding="utf-8")).encode()
    return path.read_bytes()


def _fingerprinted(name: str, content: bytes, shared: str | None) -> str:
    folder, _, rest = name.partition("/")
    if shared:
        return f"{folder}-{shared}/{rest}"
    stem, suffix = os.path.splitext(name)
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}{suffix}"


def _with_fingerprinted_urls(css: str, addresses: dict[str, str]) -> str:
    return re.sub(r"url\(\"?\.\./([\w./-]+)\"?\)", lambda match: f'url("../{addresses[match[1]]}")', css)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    if path.suffix in COMPRESSIBLE:
        path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(content, 9, mtime=0))
        path.with_name(f"{path.name}.br").write_bytes(brotli.compress(content))


def _addresses(built: Path) -> dict[str, str]:
    """Return the address of every built file under the name it has in `static/`."""
    names = (path.relative_to(built).as_posix() for path in _files(built) if path.suffix not in {".gz", ".br"})
    return {re.sub(rf"[.-]{FINGERPRINT}(?=[./])", "", name): URL_PREFIX + name for name in names}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
