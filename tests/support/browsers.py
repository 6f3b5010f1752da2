"""A real browser before a real server with example data. A pytest plugin; its tests share one process of the run."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support import real_servers
from tests.support.ports import free_port
from tests.support.repository import ROOT
from tools import chromium

PATIENCE_SECONDS = 300
BROWSER_GROUP = pytest.mark.xdist_group("browser")
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 800}}


@dataclass(frozen=True)
class LiveServer:
    """A marketplace that answers at `url` and keeps its data in `data_dir`."""

    url: str
    data_dir: Path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of one server and one browser together, so that a run starts each of them once."""
    for item in items:
        if {"browser", "live_server"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(BROWSER_GROUP)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium: the one that ./test found, or the machine's own."""
    path = chromium.find()
    if path is None:
        pytest.skip("no Chromium: set CHROMIUM to the path of one, or let ./test fetch it")
    # Chromium's own fence does not work for root.
    options = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=options)
        real_servers.note("Chromium", launched.version)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def live_server(tmp_path_factory) -> Iterator[LiveServer]:
    """The marketplace as `./run` serves it, with the example data."""
    data_dir = tmp_path_factory.mktemp("live")
    port = free_port()
    server = LiveServer(f"http://127.0.0.1:{port}", data_dir)
    log = (data_dir / "server.log").open("w+", encoding="utf-8")
    settings = {"DATA_DIR": str(data_dir), "PORT": str(port), "PATH": os.environ["PATH"], "EXAMPLE_DATA": "1"}
    process = subprocess.Popen([sys.executable, "-m", "marketplace"], cwd=ROOT, env=settings, stdout=log, stderr=log)
    try:
        _wait_until_ready(server, process, log.name)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


@pytest.fixture
def phone_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page on a phone 360 pixels wide, in which addresses without a host are the live server's."""
    yield from _page(browser, live_server, PHONE)


@pytest.fixture
def desktop_page(browser: Browser, live_server: LiveServer) -> Iterator[Page]:
    """A page in a window of 1280 x 800 pixels."""
    yield from _page(browser, live_server, DESKTOP)


def _page(browser: Browser, server: LiveServer, device: dict) -> Iterator[Page]:
    context = browser.new_context(base_url=server.url, locale="id-ID", timezone_id="Asia/Jakarta", **device)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    # Also what the content security policy stopped is told here.
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert not faults, f"the browser complained: {faults}"


def _wait_until_ready(server: LiveServer, process: subprocess.Popen, log: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the marketplace did not start:\n{Path(log).read_text(encoding='utf-8')}")
