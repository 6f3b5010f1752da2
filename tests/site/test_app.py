"""Pasar KIM as an app on the phone: what installs it, what works without signal, and how it is renewed."""

from io import BytesIO

import pytest
from PIL import Image


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
