"""Asking a real server over HTTP as browsers do: one after the other, and a few at once."""

import http.client
import time
import urllib.parse
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle, islice
from pathlib import Path
from typing import NamedTuple

from benchmarks.searching.queries import Asked, beginnings
from benchmarks.served import Served, memory_of_workers, served_marketplace
from marketplace.search.parameters import address_of

AT_ONCE = 4
READY = "/api/v1/search?q=kopi"
ROUNDS = 3
TIMEOUT_SECONDS = 30


class Requested(NamedTuple):
    """Milliseconds of each answer, and the memory in MB of the process that gave them."""

    pages: list[float]
    pages_at_once: list[float]
    pages_a_second: float
    suggestions: list[float]
    memory: dict[str, float]


def request(folder: Path, queries: Sequence[Asked], seconds: int) -> Requested:
    """Return how long the pages of all queries and the suggestions for them took, within so many seconds each."""
    pages = [address_of(asked.search) for asked in queries]
    suggestions = [f"/cari/saran?{urllib.parse.urlencode({'q': text})}" for text in beginnings(queries)]
    # Behind a proxy every visitor has an address of their own, and nobody asks too often.
    with served_marketplace(folder, READY, TRUSTED_PROXIES="1", EXAMPLE_DATA="0") as server:
        visitor = _Visitors(server)
        visitor.ask_for_all(pages, seconds)
        one_by_one = visitor.ask_for_all(_repeated(pages), seconds)
        started = time.perf_counter()
        at_once = visitor.ask_at_once(_repeated(pages), seconds)
        rate = len(at_once) / (time.perf_counter() - started)
        visitor.ask_for_all(suggestions, seconds)
        suggested = visitor.ask_for_all(_repeated(suggestions), seconds)
        return Requested(one_by_one, at_once, rate, suggested, memory_of_workers(server))


class _Visitors:
    def __init__(self, server: Served):
        self.host = urllib.parse.urlsplit(server.url).netloc
        self.numbers = count(1)

    def ask_for_all(self, paths: Iterable[str], seconds: float) -> list[float]:
        """Ask for one after the other on one connection."""
        ask = self._connection()
        deadline = time.monotonic() + seconds
        return [ask(path) for path in _until(deadline, paths)]

    def ask_at_once(self, paths: Sequence[str], seconds: float) -> list[float]:
        """Share the paths out among a few who ask at the same time."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            shares = [paths[number::AT_ONCE] for number in range(AT_ONCE)]
            asked = pool.map(lambda share: self.ask_for_all(share, seconds), shares)
            return [milliseconds for times in asked for milliseconds in times]

    def _connection(self) -> Callable[[str], float]:
        connection = http.client.HTTPConnection(self.host, timeout=TIMEOUT_SECONDS)

        def ask(path: str) -> float:
            number = next(self.numbers)
            visitor = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            started = time.perf_counter()
            connection.request("GET", path, headers={"Accept-Encoding": "br, gzip", "X-Forwarded-For": visitor})
            answer = connection.getresponse()
            answer.read()
            milliseconds = (time.perf_counter() - started) * 1000
            if answer.status != http.client.OK:
                raise RuntimeError(f"{path} was answered with {answer.status}")
            return milliseconds

        return ask


def _repeated(paths: Sequence[str]) -> list[str]:
    return list(islice(cycle(paths), ROUNDS * len(paths)))


def _until(deadline: float, paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if time.monotonic() > deadline:
            return
        yield path
