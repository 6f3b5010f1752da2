"""What posting costs a seller: bytes and seconds for a product with three photos of 12 megapixels on simulated 3G.

    python -m benchmarks.posting [--rounds 3]

A phone-sized Chromium posts to a real server over a line of 400 kbit/s both ways whose answers come 400 ms late. The
seconds run from the moment the photos are chosen until the page says that all has arrived; name and price are typed at
once, so that nobody's typing hides the sending. The promise: at most 800 KB sent and 25 seconds.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.kept import CACHE, PROJECT, kept_folder
from benchmarks.photos import generated_photo
from benchmarks.served import served_marketplace
from benchmarks.slow_line import SlowLine, slow_line
from tools import chromium

VILLAGE = "35.23.08.2009"
KILOBITS_PER_SECOND, ROUND_TRIP_MILLISECONDS = 400, 400
MOST_KILOBYTES, MOST_SECONDS = 800, 25
PHOTOS = 3
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
PATIENCE_MILLISECONDS = 120_000


class Post(NamedTuple):
    """What one post cost."""

    kilobytes_sent: float
    kilobytes_received: float
    seconds: float


def main() -> None:
    """Post a few times as the same seller, first with a browser that has never seen the marketplace."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    data_dir = kept_folder(CACHE, "posting", [], _prepare)
    password = _new_seller(data_dir, phone := f"0812{time.time_ns() % 10**8:08}")
    with tempfile.TemporaryDirectory() as folder, served_marketplace(data_dir, "/readyz") as server:
        photo = generated_photo(Path(folder))
        with (
            slow_line(int(server.url.rpartition(":")[2]), KILOBITS_PER_SECOND, ROUND_TRIP_MILLISECONDS) as line,
            sync_playwright() as playwright,
        ):
            browser = playwright.chromium.launch(executable_path=chromium.find(), args=_options())
            posts = list(_post_often(browser, line, phone, password, photo, rounds))
            browser.close()
    _report(posts)


def _post_often(browser: Browser, line: SlowLine, phone: str, password: str, photo: Path, rounds: int):
    page = browser.new_context(base_url=line.url, locale="id-ID", **PHONE).new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto("/masuk")
    page.locator("[name=phone]").fill(phone)
    page.locator("[name=password]").fill(password)
    page.get_by_role("button", name="Masuk", exact=True).click()
    for number in range(1, rounds + 1):
        post = _post(page, line, photo, f"Keripik tempe ukuran {number}")
        print(
            f"post {number}: {post.kilobytes_sent:.0f} KB sent, {post.kilobytes_received:.0f} KB received, "
            f"{post.seconds:.1f} s"
        )
        yield post


def _post(page: Page, line: SlowLine, photo: Path, name: str) -> Post:
    page.goto("/jual/baru")
    page.locator("html[data-scripts='ready']").wait_for(state="attached")
    sent, received, started = line.sent, line.received, time.perf_counter()
    page.locator("[data-part=gallery]").set_input_files([photo] * PHOTOS)
    page.get_by_role("button", name="Lanjut isi harga").click()
    page.locator("[name=name]").fill(name)
    page.locator("[name=price]").fill("18000")
    page.locator("[name=unit]").fill("bungkus")
    page.get_by_role("button", name="Kirim ke KIM").click()
    page.wait_for_url("**/terkirim")
    seconds = time.perf_counter() - started
    return Post((line.sent - sent) / 1000, (line.received - received) / 1000, seconds)


def _report(posts: list[Post]) -> None:
    sent = max(post.kilobytes_sent for post in posts)
    seconds = max(post.seconds for post in posts)
    print(f"median {statistics.median(post.seconds for post in posts):.1f} s")
    print(f"most bytes {sent:.0f} KB: {_verdict(sent, MOST_KILOBYTES)} the {MOST_KILOBYTES} KB promised")
    print(f"longest {seconds:.1f} s: {_verdict(seconds, MOST_SECONDS)} the {MOST_SECONDS} s promised")


def _verdict(measured: float, most: float) -> str:
    return "within" if measured <= most else "OVER"


def _prepare(folder: Path) -> None:
    with served_marketplace(folder, "/readyz"):
        pass


def _new_seller(data_dir: Path, phone: str) -> str:
    command = [sys.executable, "-m", "flask", "--app", "marketplace", "accounts", "create", "Penjual Contoh", phone]
    told = subprocess.run(
        [*command, "--village", VILLAGE, "--generate"],
        cwd=PROJECT,
        env=os.environ | {"DATA_DIR": str(data_dir)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return re.search(r"Kata sandi: (\S+)", told)[1]


def _options() -> list[str]:
    # Chromium's own fence does not work for root.
    return ["--no-sandbox"] if os.geteuid() == 0 else []


if __name__ == "__main__":
    main()
