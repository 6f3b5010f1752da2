"""Pasar KIM as an app on the phone: what installs it, what works without signal, and how it is renewed."""

import json
import re
from io import BytesIO

import pytest
from PIL import Image

from marketplace.foundation.access import anyone
from marketplace.site.views import precache
from tests.support.personas import a_person, a_village


@pytest.fixture
def manifest(client) -> dict:
    """The manifest as a phone reads it."""
    answer = client.get("/manifest.webmanifest")
    assert answer.mimetype == "application/manifest+json"
    return answer.json


def test_a_phone_can_install_the_app(client, manifest):
    assert (manifest["id"], manifest["start_url"], manifest["scope"]) == ("/", "/", "/")
    assert manifest["name"] == manifest["short_name"] == "Pasar KIM"
    assert (manifest["display"], manifest["lang"]) == ("standalone", "id")
    page = client.get("/tentang")
    assert page.tree.find("head/link[@rel='manifest']").get("href") == "/manifest.webmanifest"
    assert page.tree.find("head/link[@rel='apple-touch-icon']") is not None
    colours = {meta.get("media"): meta.get("content") for meta in page.tree.findall("head/meta[@name='theme-color']")}
    assert manifest["theme_color"] == colours["(prefers-color-scheme: light)"]


def test_every_icon_of_the_app_is_there_in_the_size_that_is_said(client, manifest):
    kinds = {(icon["sizes"], icon["purpose"]) for icon in manifest["icons"]}
    assert kinds == {(size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")}

    icons = manifest["icons"] + [icon for shortcut in manifest["shortcuts"] for icon in shortcut["icons"]]
    for icon in icons:
        answer = client.get(icon["src"])
        assert answer.mimetype == icon["type"] == "image/png"
        assert "{}x{}".format(*Image.open(BytesIO(answer.data)).size) == icon["sizes"]


def test_a_maskable_icon_may_be_cut_to_a_circle(client, manifest):
    """Only the ground may lie outside the circle of 80 percent that every phone shows."""
    for icon in manifest["icons"]:
        if icon["purpose"] == "maskable":
            picture = Image.open(BytesIO(client.get(icon["src"]).data)).convert("RGB")
            ground, middle = picture.getpixel((0, 0)), picture.width / 2
            outside = {
                picture.getpixel((x, y))
                for x in range(picture.width)
                for y in range(picture.height)
                if (x - middle) ** 2 + (y - middle) ** 2 > (middle * 0.8) ** 2
            }
            assert outside == {ground}


def test_the_shortcuts_lead_where_sellers_go(manifest):
    shortcuts = {shortcut["name"]: shortcut["url"] for shortcut in manifest["shortcuts"]}

    assert shortcuts == {"Jual produk": "/jual/baru", "Dagangan saya": "/jual", "Cari": "/cari"}


def test_photos_may_be_shared_with_the_app(manifest):
    target = manifest["share_target"]

    assert (target["action"], target["method"]) == ("/jual/berbagi", "POST")
    assert target["params"]["files"] == [{"name": "photos", "accept": ["image/*"]}]


def plan_in(worker: str) -> dict:
    """Return what the worker is told, as it stands in its own call."""
    return json.loads(worker.partition("start(")[2].rpartition(")")[0])


@pytest.fixture
def plan(client) -> dict:
    """What this version of the app consists of."""
    return plan_in(client.get("/sw.js").text)


def test_the_worker_serves_the_whole_site_and_is_asked_for_anew(client):
    answer = client.get("/sw.js")

    assert answer.mimetype == "text/javascript"
    assert answer.headers["Service-Worker-Allowed"] == "/"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "Set-Cookie" not in answer.headers
    assert client.get("/sw.js", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304


def test_everything_that_the_worker_imports_or_keeps_is_there(client, plan):
    imported = re.findall(r'from "([^"]+)"', client.get("/sw.js").text)
    assert imported

    for address in [*imported, *plan["shell"]["files"], *plan["selling"]["files"]]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "immutable" in answer.headers["Cache-Control"], address
    assert client.get(plan["shell"]["page"]).status_code == 200


def test_every_component_of_a_page_that_works_without_signal_is_kept(client, plan):
    client.sign_in(a_person(village=a_village()))
    kept = {address.partition("/components/")[2] for part in ("shell", "selling") for address in plan[part]["files"]}

    for path in (plan["shell"]["page"], *plan["selling"]["pages"]):
        components = {it.get("data-component") for it in client.get(path).tree.iter() if it.get("data-component")}
        assert {f"{name}.js" for name in components} <= kept, path


def test_the_app_is_small(client, plan):
    """In bytes as they travel: what is fetched for everybody, and what only people who sell fetch."""

    def size_of(files: list[str]) -> int:
        return sum(len(client.get(file, headers={"Accept-Encoding": "br, gzip"}).data) for file in files)

    assert size_of(plan["shell"]["files"]) < 64_000
    assert size_of(plan["selling"]["files"]) < 32_000


def test_a_new_template_makes_a_new_version(app, tmp_path):
    addresses = app.extensions["assets"]
    (tmp_path / "page.html").write_text("Lama", encoding="utf-8")
    first = precache.plan_of(addresses, tmp_path)
    assert precache.plan_of(addresses, tmp_path) == first

    (tmp_path / "page.html").write_text("Baru", encoding="utf-8")

    assert precache.plan_of(addresses, tmp_path)["version"] != first["version"]


def test_a_new_script_makes_a_new_version(app):
    addresses = app.extensions["assets"]
    changed = addresses | {"js/components/app.js": "/static/js-000000000000/components/app.js"}

    assert precache.plan_of(changed)["version"] != precache.plan_of(addresses)["version"]


def test_a_script_is_kept_with_all_that_it_loads():
    names = precache.modules_needed_by(["js/components/stored-pages.js"])

    assert names == ["js/components/stored-pages.js", "js/selling/drafts.js", "js/vendor/idb-8.0.4/index.js"]


@pytest.mark.parametrize(
    "path", ["/", "/cari", "/produk", "/produk/12-keripik", "/wisata/3-goa", "/wilayah/35.23", "/desa/35.23.08.2009"]
)
def test_what_everybody_may_read_is_kept(path):
    assert re.search(precache.PUBLIC_PAGES, path)


def test_nothing_is_kept_that_is_a_secret_or_not_open_to_everybody(app):
    """Every page that is there, and every page to come, unless it was thought about."""
    kept = {
        rule.rule
        for rule in app.url_map.iter_rules()
        if re.search(precache.PUBLIC_PAGES, re.sub(r"<[^>]+>", "1", rule.rule)) and "GET" in rule.methods
    }

    assert kept == {
        "/",
        "/cari",
        "/desa/<code>",
        "/desa/<code>/produk",
        "/desa/<code>/wisata",
        "/cara-jual",
        "/cara-pesan",
        "/kategori/<slug>",
        "/kim/<slug>",
        "/kim/daftar",
        "/privasi",
        "/produk",
        "/produk/<int:id>",
        "/produk/<int:id>-<slug>",
        "/tentang",
        "/tentang/izin",
        "/usaha/<int:id>",
        "/usaha/<int:id>-<slug>",
        "/wilayah",
        "/wilayah/<code>",
        "/wilayah/<code>/produk",
        "/wilayah/<code>/wisata",
        "/wisata",
        "/wisata/<int:id>",
        "/wisata/<int:id>-<slug>",
    }
    admits = {app.view_functions[rule.endpoint].admits for rule in app.url_map.iter_rules() if rule.rule in kept}
    assert admits == {anyone}


def test_a_page_fetched_ahead_leaves_what_it_was_to_say_for_the_next(client):
    client.sign_in(a_person())
    client.submit("/keluar", on="/akun")

    ahead = client.get("/", headers={"Purpose": "prefetch"})

    assert "Anda sudah keluar." not in ahead.words
    assert "Anda sudah keluar." in client.get("/").words


def test_a_page_says_to_its_scripts_who_is_signed_in(client):
    assert client.get("/").tree.get("data-person") is None
    person = a_person()
    client.sign_in(person)

    assert client.get("/").tree.get("data-person") == str(person.id)


def test_without_signal_a_page_says_what_still_works(client):
    page = client.get("/luring")

    assert page.heading == "Sedang tanpa sinyal"
    assert "Yang sudah pernah dibuka masih bisa dilihat." in page.words
    assert page.links["Coba lagi"] == ""
    assert page.meta("robots") == "noindex"
