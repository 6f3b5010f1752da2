"""A seller on a phone, posting: what is photographed, typed and tapped, and what has come of it on the server."""

import io
import random
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, FilePayload, Page, expect

from tests.support.browsers import PHONE, LiveServer

TWELVE_MEGAPIXELS = (4000, 3000)
ORIENTATION = 0x0112
# Lying on its side, as most phones keep a picture that was taken upright.
TURNED = 6
PHOTOS_OF_LISTINGS = """SELECT COUNT(listing_photos.photo_id) FROM listings
LEFT JOIN listing_photos ON listing_photos.listing_id = listings.id
WHERE listings.name = ? GROUP BY listings.id"""
DRAFTS = """async (url) => {
  const { listDrafts } = await import(url)
  return listDrafts()
}"""
APP = "() => document.querySelector(\"script[type='module']\").src"


def sign_in(page: Page, server: LiveServer, whom: str = "Penjual", then: str = "/jual") -> None:
    """Sign in as the seller of the examples, or as their coordinator."""
    page.goto(f"/masuk?next={then}")
    give_password(page, server, whom)
    page.wait_for_url(f"**{then}")


def give_password(page: Page, server: LiveServer, whom: str = "Penjual") -> None:
    """Fill in the page of signing in, and send it."""
    log = (server.data_dir / "server.log").read_text(encoding="utf-8")
    phone, password = re.search(rf"{whom} .*?: ([\d-]+), (\S+)", log).groups()
    page.locator("[name=phone]").fill(phone)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()


@cache
def a_picture(seed: int, size: tuple[int, int] = (1200, 900), turned: int | None = None, patch: int = 8) -> bytes:
    """Return a JPEG that no two seeds share, with as much in it as there are patches of so many pixels."""
    width, height = size[0] // patch, size[1] // patch
    small = Image.frombytes("RGB", (width, height), random.Random(seed).randbytes(3 * width * height))
    exif = Image.Exif()
    if turned:
        exif[ORIENTATION] = turned
    stream = io.BytesIO()
    small.resize(size, Image.Resampling.BICUBIC).save(stream, "JPEG", quality=88, exif=exif)
    return stream.getvalue()


def as_file(seed: int, content: bytes | None = None) -> FilePayload:
    """Return a photo as it is chosen from the gallery."""
    return {"name": f"foto-{seed}.jpg", "mimeType": "image/jpeg", "buffer": content or a_picture(seed)}


def open_post(page: Page, address: str = "/jual/baru") -> None:
    """Open the page on which a product is posted, ready to be used."""
    page.goto(address)
    page.locator("form.post[data-ready]").wait_for()


def choose_photos(page: Page, *seeds: int) -> None:
    """Choose photos from the gallery and wait until the page shows them."""
    before = page.locator(".tile").count()
    page.locator("[data-part=gallery]").set_input_files([as_file(seed) for seed in seeds])
    expect(page.locator(".tile")).to_have_count(before + len(seeds))


def fill_in(page: Page, name: str, price: str = "18000", unit: str = "bungkus") -> None:
    """Go on to the second step and say what it is and what it costs."""
    page.get_by_role("button", name="Lanjut isi harga").click()
    if name:
        # What a draft that goes on is called already.
        page.locator("[name=name]").clear()
    page.locator("[name=name]").press_sequentially(name)
    page.locator("[name=price]").fill(price)
    page.locator("[name=unit]").fill(unit)
    if page.evaluate("navigator.onLine"):
        expect(page.get_by_role("group", name="Kategori, dipilihkan dari namanya")).to_be_visible()


def send(page: Page) -> None:
    page.get_by_role("button", name="Kirim ke KIM").click()


def modules_of(page: Page) -> str:
    """Return the address of the folder in which the modules of selling lie."""
    return page.evaluate(APP).replace("app.js", "selling/")


def wait_until_sent(page: Page) -> None:
    """Wait for the page that tells the seller that it has arrived."""
    expect(page).to_have_url(re.compile(r"/terkirim$"), timeout=20_000)


def drafts_on(page: Page) -> list[dict]:
    """Return the drafts that this phone keeps."""
    return page.evaluate(DRAFTS, modules_of(page) + "drafts.js")


def listings_called(server: LiveServer, name: str) -> list[int]:
    """Return, for each listing of this name, how many photos it has."""
    connection = sqlite3.connect(f"file:{server.data_dir / 'pasar-kim.sqlite3'}?mode=ro", uri=True)
    with closing(connection):
        return [photos for (photos,) in connection.execute(PHOTOS_OF_LISTINGS, [name])]


@contextmanager
def phone(browser: Browser, server: LiveServer, **options) -> Iterator[BrowserContext]:
    """A phone whose signal comes and goes: only what its scripts get wrong counts as a fault."""
    context = browser.new_context(base_url=server.url, locale="id-ID", timezone_id="Asia/Jakarta", **PHONE, **options)
    context.set_default_timeout(20_000)
    faults: list[str] = []
    context.on("weberror", lambda fault: faults.append(str(fault.error)))
    try:
        yield context
    finally:
        context.close()
    assert not faults
