"""A real browser before a real server with example data. A pytest plugin; its tests share one process of the run."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

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
    with serve(tmp_path_factory.mktemp("live"), EXAMPLE_DATA="1") as server:
        yield server


@contextmanager
def serve(data_dir: Path, host: str = "127.0.0.1", **settings: str) -> Iterator[LiveServer]:
    """Serve a marketplace of its own, to which browsers go under the name `host`."""
    port = free_port()
    server = LiveServer(f"http://{host}:{port}", data_dir)
    log = (data_dir / "server.log").open("w+", encoding="utf-8")
    settings = {**settings, "DATA_DIR": str(data_dir), "PORT": str(port), "PATH": os.environ["PATH"]}
    settings["PUBLIC_URL"] = server.url
    process = subprocess.Popen([sys.executable, "-m", "marketplace"], cwd=ROOT, env=settings, stdout=log, stderr=log)
    try:
        _wait_until_ready(server, process, log.name)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
        log.close()


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Opens pages for visitors of every kind: takes what Playwright takes for a context, such as `**PHONE`."""
    with ExitStack() as visits:
        yield lambda **options: visits.enter_context(visit(browser, live_server, **options))


@pytest.fixture
def phone_page(new_page: Callable[..., Page]) -> Page:
    """A page on a phone 360 pixels wide, in which addresses without a host are the live server's."""
    return new_page(**PHONE)


@pytest.fixture
def desktop_page(new_page: Callable[..., Page]) -> Page:
    """A page in a window of 1280 x 800 pixels."""
    return new_page(**DESKTOP)


@contextmanager
def visit(browser: Browser, server: LiveServer, **options) -> Iterator[Page]:
    """Open a page, and refuse at the end whatever the browser complained of and every request to somebody else."""
    context = browser.new_context(base_url=server.url, locale="id-ID", timezone_id="Asia/Jakarta", **options)
    faults: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        # Also what the content security policy stopped is told here.
        if message.type == "error" and not _tells_what_the_test_wanted(message):
            faults.append(f"{page.url}: {message.text}")

    def look(request: Request) -> None:
        if not request.url.startswith((f"{server.url}/", f"blob:{server.url}/", "data:")):
            faults.append(f"{page.url} asked for {request.url}")

    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
    page.on("console", listen)
    page.on("request", look)
    if options.get("java_script_enabled", True):
        _go_when_scripts_are_there(page)
    try:
        yield page
    finally:
        context.close()
    assert not faults, f"the browser complained: {faults}"


def _go_when_scripts_are_there(page: Page) -> None:
    """Let a visitor look at a page before touching it: its scripts come after the page itself has loaded."""
    go = page.goto

    def go_and_look(url: str, **how):
        answer = go(url, **how)
        if how.get("wait_until") != "commit":
            page.locator("html[data-scripts='ready']").wait_for(state="attached")
        return answer

    page.goto = go_and_look


def slow_down(page: Page, kilobits_per_second: int) -> None:
    """Let everything reach the page over a line this slow."""
    throughput = kilobits_per_second * 1000 / 8
    line = {"offline": False, "latency": 0, "downloadThroughput": throughput, "uploadThroughput": throughput}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)


def _tells_what_the_test_wanted(message: ConsoleMessage) -> bool:
    """Tell whether a test asked for this: a page that answers 404 or 422, or no signal; what it fetches has to be there."""
    is_the_page = message.location["url"] == message.page.url
    is_the_answer = is_the_page and ("404" in message.text or "422" in message.text)
    return is_the_answer or "net::ERR_INTERNET_DISCONNECTED" in message.text


def _wait_until_ready(server: LiveServer, process: subprocess.Popen, log: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{server.url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    raise RuntimeError(f"the marketplace did not start:\n{Path(log).read_text(encoding='utf-8')}")
