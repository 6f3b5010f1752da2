"""A seller on a phone, posting: what is photographed, typed and tapped, and what has come of it on the server."""

import io
import random
import re
import urllib.request
from functools import cache

from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.support.browsers import LiveServer

ACCOUNT = re.compile(r"Penjual di Desa Kedungrejo: ([\d-]+), (\S+)")
TWELVE_MEGAPIXELS = (4000, 3000)
ORIENTATION = 0x0112
# Lying on its side, as most phones keep a picture that was taken upright.
TURNED = 6
COUNT = "() => fetch('/jual').then((answer) => answer.text())"
DRAFTS = """async (url) => {
  const { listDrafts } = await import(url)
  return listDrafts()
}"""
MODULES = "() => document.querySelector(\"script[type='module']\").src.replace('app.js', 'selling/')"
"""The address of the folder in which the modules of selling lie."""


def sign_in(page: Page, server: LiveServer) -> None:
    """Sign in as the seller of the examples."""
    phone, password = ACCOUNT.search((server.data_dir / "server.log").read_text(encoding="utf-8")).groups()
    page.goto("/masuk?next=/jual")
    page.locator("[name=phone]").fill(phone)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/jual")


@cache
def a_picture(seed: int, size: tuple[int, int] = (1200, 900), turned: int | None = None) -> bytes:
    """Return a JPEG that no two seeds share, with so much in it that it is as heavy as one from a camera."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (size[0] // 8, size[1] // 8), chance.randbytes(3 * (size[0] // 8) * (size[1] // 8)))
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = turned
    stream = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(stream, "JPEG", quality=88, exif=exif)
    return stream.getvalue()


def as_file(seed: int, content: bytes | None = None) -> FilePayload:
    """Return a photo as it is chosen from the gallery."""
    return {"name": f"foto-{seed}.jpg", "mimeType": "image/jpeg", "buffer": content or a_picture(seed)}


def open_post(page: Page) -> None:
    """Open the page on which a product is posted, ready to be used."""
    page.goto("/jual/baru")
    page.locator("form.post[data-ready]").wait_for()


def choose_photos(page: Page, *seeds: int) -> None:
    """Choose photos from the gallery and wait until the page shows them."""
    before = page.locator(".tile").count()
    page.locator("[data-part=gallery]").set_input_files([as_file(seed) for seed in seeds])
    expect(page.locator(".tile")).to_have_count(before + len(seeds))


def fill_in(page: Page, name: str, price: str = "18000", unit: str = "bungkus") -> None:
    """Go on to the second step and say what it is and what it costs."""
    page.get_by_role("button", name="Lanjut isi harga").click()
    page.locator("[name=name]").press_sequentially(name)
    page.locator("[name=price]").fill(price)
    page.locator("[name=unit]").fill(unit)
    page.locator("[name=category]").wait_for(state="attached")
    expect(page.get_by_role("group", name="Kategori, dipilihkan dari namanya")).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim ke KIM").click()


def drafts_on(page: Page) -> list[dict]:
    """Return the drafts that this phone keeps."""
    return page.evaluate(DRAFTS, page.evaluate(MODULES) + "drafts.js")


def listings_called(page: Page, name: str) -> list[dict[str, int]]:
    """Return the seller's listings of this name, each with how many photos its page of sending shows."""
    page.goto("/jual?rak=menunggu")
    rows = page.locator(".desk-row", has_text=name)
    return [{"row": number} for number in range(rows.count())]


def is_up(server: LiveServer) -> bool:
    with urllib.request.urlopen(f"{server.url}/readyz") as answer:
        return answer.status == 200
