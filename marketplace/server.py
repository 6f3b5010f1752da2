"""The server that answers requests: gunicorn with threads, or waitress on Windows, configured by our settings.

Beside the requests the work of each day is done, by one process of all, and somebody keeps the search index: a thread
of the one process that serves, or, when several do, a process of its own, which the parent of all begins and begins
again.
"""

import subprocess
import sys
import threading
import time
from collections.abc import Callable

from flask import Flask

from marketplace.config import Settings
from marketplace.foundation.database import READING_METHODS
from marketplace.search.background import Background
from marketplace.selling.daily import DailyRounds

# Files are read from disk or network, which threads do well side by side.
FILES = ("/foto/", "/static/")
# A page takes a few milliseconds: whoever has waited this long, in seconds, waits for something slow and goes ahead.
LONGEST_WAIT = 0.05
KEEP_INDEX = ("-m", "flask", "--app", "marketplace", "search", "follow", "--while-parent-lives")
# Seconds between two beginnings of a process that does not stay, and those that it gets to end.
BETWEEN_BEGINNINGS, PATIENCE = 5.0, 10.0


class TurnsForPages:
    """Lets pages be worked out one after the other; files, uploads and whatever else writes go past.

    On SQLite a page is computation alone, of which Python does one at a time anyhow: on a busy machine, threads that
    snatch the turn from each other at every row finish a quarter fewer pages than threads that wait for it. Nobody
    waits long, so that one slow page never holds up the others.
    """

    def __init__(self, application: Callable):
        self.application = application
        self.turn = threading.Lock()

    def __call__(self, environ, start_response):
        if environ["REQUEST_METHOD"] not in READING_METHODS or environ["PATH_INFO"].startswith(FILES):
            return self.application(environ, start_response)
        is_my_turn = self.turn.acquire(timeout=LONGEST_WAIT)
        try:
            return self.application(environ, start_response)
        finally:
            if is_my_turn:
                self.turn.release()


def _application_to_serve(app: Flask, settings: Settings) -> Callable:
    return TurnsForPages(app) if settings.is_sqlite else app


if sys.platform == "win32":
    import waitress

    def serve(app: Flask, settings: Settings, when_ready: Callable[[], None]) -> None:
        """Answer requests until the process is told to stop."""
        background = (Background(app, keeps_index=True), DailyRounds(app))
        for part in background:
            part.start()
        when_ready()
        application = _application_to_serve(app, settings)
        try:
            waitress.serve(application, host=settings.host, port=settings.port, threads=settings.web_threads)
        finally:
            for part in background:
                part.stop()

else:
    from gunicorn.app.base import BaseApplication
    from gunicorn.arbiter import Arbiter

    def serve(app: Flask, settings: Settings, when_ready: Callable[[], None]) -> None:
        """Answer requests until the process is told to stop; requests in progress are finished first."""
        _Gunicorn(app, settings, when_ready).run()

    class _Gunicorn(BaseApplication):
        def __init__(self, app: Flask, settings: Settings, when_ready: Callable[[], None]):
            self.app = app
            self.settings = settings
            self.when_ready = when_ready
            self.background = (Background(app, keeps_index=settings.web_workers == 1), DailyRounds(app))
            super().__init__()

        def run(self) -> None:
            if self.settings.web_workers == 1:
                super().run()
            else:
                _ArbiterWithIndex(self).run()

        def load_config(self) -> None:
            settings = self.settings
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            options = {
                "bind": f"{host}:{settings.port}",
                "worker_class": "gthread",
                "workers": settings.web_workers,
                "threads": settings.web_threads,
                # The application is complete before the first worker is forked, and its memory shared by all.
                "preload_app": True,
                # Twice what it allows by itself: whoever pastes a long text into the search box gets an answer.
                "limit_request_line": 8190,
                "proc_name": "pasar-kim",
                "loglevel": "warning",
                # TRUSTED_PROXIES alone decides whose word about a visitor's address and protocol is taken.
                "forwarded_allow_ips": "",
                "secure_scheme_headers": {},
                "control_socket_disable": True,
                "when_ready": lambda _arbiter: self.when_ready(),
                # In the process that serves: threads do not survive the fork by which it is made.
                "post_worker_init": lambda _worker: self.start_background(),
                "worker_exit": lambda _arbiter, _worker: self.stop_background(),
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def start_background(self) -> None:
            for part in self.background:
                part.start()

        def stop_background(self) -> None:
            for part in self.background:
                part.stop()

        def load(self) -> Callable:
            return _application_to_serve(self.app, self.settings)

    class _ArbiterWithIndex(Arbiter):
        """The parent of several processes that serve, which also sees to it that one keeps the index."""

        def __init__(self, application: BaseApplication):
            super().__init__(application)
            self.index_process: subprocess.Popen | None = None
            self.begun_at = float("-inf")

        def manage_workers(self) -> None:
            """Called every second, and whenever a process has ended."""
            super().manage_workers()
            has_ended = self.index_process is None or self.index_process.poll() is not None
            if has_ended and time.monotonic() - self.begun_at > BETWEEN_BEGINNINGS:
                # A program of its own, not a fork: it must not hold the port when the parent has died.
                self.index_process = subprocess.Popen([sys.executable, *KEEP_INDEX], stdin=subprocess.DEVNULL)
                self.begun_at = time.monotonic()

        def stop(self, graceful: bool = True) -> None:
            """End all processes, and wait until they have."""
            if self.index_process is not None:
                self.index_process.terminate()
            super().stop(graceful)
            if self.index_process is not None:
                try:
                    self.index_process.wait(PATIENCE)
                except subprocess.TimeoutExpired:
                    self.index_process.kill()
