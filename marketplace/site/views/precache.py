"""What the app keeps on the phone before anybody asks for it, and the version that this makes."""

import hashlib
import json
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from marketplace.foundation.assets import fingerprint_of_folder
from marketplace.foundation.paths import static_folder, templates_folder

OFFLINE_PAGE = "/luring"
OWN_PAGES = ("/jual/baru", "/jual/antrean", "/jual")
# Kept when a coordinator has opened them; most people never do.
OWN_PAGES_ONCE_SEEN = ("/jual/untuk-penjual", "/jual/wisata/baru")
# Readable without signal once they were seen: what is open to everybody and holds no secret in its address.
PUBLIC_PAGES = (
    r"^/($|cari$|produk($|/)|wisata($|/)|kategori/|wilayah($|/)|desa/\d|kim/[a-z0-9-]+$|usaha/"
    r"|tentang($|/)|cara-jual$|cara-pesan$|privasi$)"
)
FONT = "vendor/plus-jakarta-sans-5.3.0/plus-jakarta-sans-latin-wght-normal.woff2"
# What every page loads, and the page without signal; a browser that has just shown a page holds nearly all of it.
SHELL = ("css/site.css", FONT, "img/icon.svg")
SHELL_MODULES = ("js/app.js", *(f"js/components/{name}.js" for name in ("app", "back", "stored-pages", "suggest")))
SELLING_COMPONENTS = ("post", "queue", "unsent")
# Modules name others by relative path, also those that they load later or start beside the page.
NAMED_MODULE = re.compile(r"[\"'](\.{1,2}/[\w./-]+\.js)[\"']")

Plan = dict[str, Any]


def plan_of(addresses: dict[str, str], templates: Path | None = None) -> Plan:
    """Return what the service worker is told, with addresses as they are served; `version` says all of it."""
    shell = (*SHELL, *modules_needed_by(SHELL_MODULES))
    selling = modules_needed_by(f"js/components/{name}.js" for name in SELLING_COMPONENTS)
    plan = {
        "publicPages": PUBLIC_PAGES,
        "ownPages": (*OWN_PAGES, *OWN_PAGES_ONCE_SEEN),
        "shell": {"page": OFFLINE_PAGE, "files": [addresses[name] for name in shell]},
        "selling": {"pages": OWN_PAGES, "files": [addresses[name] for name in selling if name not in shell]},
    }
    # What the kept pages say follows from the templates.
    said = json.dumps(plan) + fingerprint_of_folder(templates or templates_folder())
    return {"version": hashlib.sha256(said.encode()).hexdigest()[:12], **plan}


def modules_needed_by(names: Iterable[str]) -> list[str]:
    """Return the names of these modules and of all that they name, each once."""
    needed: dict[str, None] = {}
    waiting = [name for name in names if _path(name).is_file()]
    while waiting:
        name = waiting.pop(0)
        if name not in needed:
            needed[name] = None
            waiting += _named_in(name)
    return list(needed)


@cache
def _named_in(name: str) -> tuple[str, ...]:
    folder = _path(name).parent
    found = [
        (folder / relative).resolve() for relative in NAMED_MODULE.findall(_path(name).read_text(encoding="utf-8"))
    ]
    return tuple(path.relative_to(static_folder().resolve()).as_posix() for path in found if path.is_file())


def _path(name: str) -> Path:
    return static_folder() / name
