"""The request log: what was asked and answered, and nothing about who asked."""

import json
import logging

import pytest

from marketplace.foundation.logging import REQUESTS, JsonFormatter


@pytest.fixture
def entries(visitor):
    """The log's entries as a collector of logs reads them, one for each request of the test."""
    lines = []

    class Collector(logging.Handler):
        def emit(self, record):
            lines.append(self.format(record))

    collector = Collector()
    collector.setFormatter(JsonFormatter())
    REQUESTS.addHandler(collector)
    yield lambda: [json.loads(line) for line in lines]
    REQUESTS.removeHandler(collector)


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
