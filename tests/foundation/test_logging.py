"""The request log: what was asked and answered, and nothing about who asked."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from marketplace.foundation.logging import REQUESTS, JsonFormatter, TextFormatter


@contextmanager
def collected(logger: logging.Logger, formatter: logging.Formatter) -> Iterator[list[str]]:
    """Collect what the logger writes, in this form."""
    lines = []

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    collector = Collector()
    collector.setFormatter(formatter)
    logger.addHandler(collector)
    try:
        yield lines
    finally:
        logger.removeHandler(collector)


@pytest.fixture
def entries(visitor):
    """The log's entries as a collector of logs reads them, one for each request of the test."""
    with collected(REQUESTS, JsonFormatter()) as lines:
        yield lambda: [json.loads(line) for line in lines]


def test_each_request_is_one_line(visitor, entries):
    visitor.get("/healthz")
    [entry] = entries()

    assert (entry["method"], entry["path"], entry["endpoint"], entry["status"]) == (
        "GET",
        "/healthz",
        "site.show_health",
        200,
    )
    assert entry["milliseconds"] >= 0
    assert entry["at"].endswith("+00:00")


def test_a_refusal_is_logged_with_its_status(visitor, entries):
    visitor.get("/tidak/ada")

    assert entries()[0]["status"] == 404


def test_nobody_is_named(visitor, entries):
    visitor.get(
        "/healthz?cari=obat-rahasia",
        headers={"User-Agent": "Telepon Budi", "Referer": "https://tetangga.example/"},
        environ_base={"REMOTE_ADDR": "203.0.113.7"},
    )
    text = json.dumps(entries())

    assert not [word for word in ("obat-rahasia", "Telepon Budi", "tetangga", "203.0.113.7") if word in text]


def test_a_path_cannot_forge_a_second_line(visitor, entries):
    visitor.get("/a%0a%7B%22status%22:200%7D")

    assert len(entries()) == 1


@pytest.mark.parametrize("path", ["/a%0a12:00:00 INFO GET /", "/a%0d%1b[2J", "/a%c2%85b", "/a%e2%80%a8b"])
def test_a_path_cannot_write_a_line_or_an_escape_to_the_terminal(visitor, path):
    with collected(REQUESTS, TextFormatter()) as lines:
        visitor.get(path)

    [line] = lines
    assert line.isprintable()


def test_a_link_that_is_a_key_is_not_written(visitor, entries):
    visitor.get("/masuk/baru/rahasia-yang-hanya-sekali")
    [entry] = entries()

    assert entry["path"] == "/masuk/baru/<token>"
    assert "rahasia" not in json.dumps(entry)
