"""A site that gets a new version while phones are on it: a proxy before the live server that can change what it says."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from tests.support.browsers import LiveServer

HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length", "accept-encoding", "host"}
WORKER = "/sw.js"


class RenewedSite(ThreadingHTTPServer):
    """Answers as the live server does; after `renew()` with another worker, and pages that say so."""

    daemon_threads = True

    def __init__(self, server: LiveServer):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.behind = urlsplit(server.url).netloc
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.is_renewed = False
        self.asked: list[str] = []

    def renew(self) -> None:
        """Be the next version from now on, and note afresh what is asked for."""
        self.is_renewed = True
        self.asked.clear()

    def changed(self, path: str, text: bytes) -> bytes:
        """Return what this version says instead: another version of the worker, another heading of the page."""
        if not self.is_renewed:
            return text
        if path == WORKER:
            return text.replace(b'"version": "', b'"version": "aaaa')
        return text.replace(b">Sedang tanpa sinyal</h1>", b">Versi kedua</h1>")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: RenewedSite

    def answer(self) -> None:
        self.server.asked.append(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP_BY_HOP}
        if self.server.is_renewed and not self.path.startswith("/static/"):
            # What the browser holds is of the former version.
            headers.pop("If-None-Match", None)
        connection = http.client.HTTPConnection(self.server.behind, timeout=60)
        connection.request(self.command, self.path, body or None, headers)
        answer = connection.getresponse()
        content = answer.read()
        if answer.getheader("Content-Type", "").startswith("text/"):
            content = self.server.changed(urlsplit(self.path).path, content)
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP | {"server", "date"}:
                self.send_header(name, value)
        if answer.status not in {204, 304}:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)
        connection.close()

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - the library's names

    def log_message(self, *_arguments) -> None:
        """Say nothing: the live server writes the log."""


@contextmanager
def renewed_site(server: LiveServer) -> Iterator[RenewedSite]:
    """Run such a site before this server."""
    site = RenewedSite(server)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.shutdown()
        site.server_close()
        thread.join(timeout=10)
