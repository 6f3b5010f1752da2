"""Pasar KIM as an app on the phone: its manifest, its service worker, and the page for moments without signal."""

from flask import Response, current_app, jsonify, render_template, url_for

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import PageMeta
from marketplace.site.views import precache
from marketplace.site.views.blueprints import site_pages as pages

MANIFEST_TYPE = "application/manifest+json"
CLOTH = "#1c3a63"
MORI = "#fbf7ef"
ICON_SIZES = (192, 512)
SHARED_PHOTOS = "photos"


@pages.get("/manifest.webmanifest")
@open_to(anyone)
def show_manifest():
    """What a phone needs to install the app: name, icons, shortcuts, and that photos may be shared with it."""
    response = jsonify(
        {
            "id": "/",
            "name": "Pasar KIM",
            "short_name": "Pasar KIM",
            "description": "Produk dan wisata desa Jawa Timur, langsung dari warganya.",
            "lang": "id",
            "dir": "ltr",
            "start_url": url_for("site.show_home"),
            "scope": "/",
            "display": "standalone",
            "theme_color": CLOTH,
            "background_color": MORI,
            "categories": ["shopping", "business"],
            "icons": [_icon(size, purpose) for size in ICON_SIZES for purpose in ("any", "maskable")],
            "shortcuts": [
                _shortcut("Jual produk", "/jual/baru"),
                _shortcut("Dagangan saya", "/jual"),
                _shortcut("Cari", "/cari"),
            ],
            "share_target": {
                "action": "/jual/berbagi",
                "method": "POST",
                "enctype": "multipart/form-data",
                "params": {
                    "title": "title",
                    "text": "text",
                    "url": "url",
                    "files": [{"name": SHARED_PHOTOS, "accept": ["image/*"]}],
                },
            },
        }
    )
    response.mimetype = MANIFEST_TYPE
    return response


@pages.get("/sw.js")
@open_to(anyone)
def show_worker():
    """The service worker, which stands at the root because it serves the whole site."""
    extensions = current_app.extensions
    # Neither files nor templates change while the process lives.
    if "precache" not in extensions:
        extensions["precache"] = precache.plan_of(extensions["assets"])
    response = Response(render_template("site/show_worker.js", plan=extensions["precache"]), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@pages.get(precache.OFFLINE_PAGE)
@open_to(anyone)
def show_offline():
    """What a phone shows without signal instead of a page that it has not kept."""
    return render_template(
        "site/show_offline.html",
        meta=PageMeta(
            "Sedang tanpa sinyal", "Halaman yang tersimpan di HP.", url_for(".show_offline"), robots="noindex"
        ),
    )


def _icon(size: int, purpose: str) -> dict[str, str]:
    name = f"app-{size}.png" if purpose == "any" else f"app-{size}-{purpose}.png"
    return {"src": _asset(f"img/{name}"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _shortcut(name: str, url: str) -> dict[str, object]:
    return {"name": name, "url": url, "icons": [_icon(ICON_SIZES[0], "any")]}


def _asset(name: str) -> str:
    return current_app.extensions["assets"][name]
