"""`python -m marketplace`: prepares the data on first start, then serves until Ctrl-C."""

import argparse
import os
import socket
import sys
from typing import NoReturn

from flask import Flask

from marketplace import create_app, first_start
from marketplace.config import BadSetting, Settings
from marketplace.foundation.database import db

# gunicorn needs fork, which Windows lacks.
if sys.platform == "win32":
    import waitress
else:
    from gunicorn.app.base import BaseApplication

DESCRIPTION = "Serve Pasar KIM. The settings come from the environment; README.md lists them with their defaults."
CANNOT_START = 2
INTERRUPTED = 130


def main() -> None:
    """Start the marketplace, or say in one line why it cannot start."""
    argparse.ArgumentParser(prog="pasar-kim", description=DESCRIPTION).parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        refuse_an_occupied_port(settings)
        app = create_app(settings)
        first_start.prepare(app)
        with app.app_context():
            # A connection must not be shared with the processes that are about to be forked.
            db.engine.dispose()
        serve(app, settings)
    except BadSetting as refusal:
        refuse(str(refusal))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def refuse(sentence: str) -> NoReturn:
    """End with one line on standard error and a status that means: set something right first."""
    print(sentence, file=sys.stderr)
    sys.exit(CANNOT_START)


def refuse_an_occupied_port(settings: Settings) -> None:
    """Say that another program listens there before minutes are spent on preparing data."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except OSError as error:
        refuse(
            f"PORT={settings.port} cannot be used on {settings.host} ({os.strerror(error.errno)}): "
            "stop the program that listens there or choose another, as in PORT=8001 ./run"
        )


def announce(settings: Settings) -> None:
    """Print where the marketplace is now open."""
    print(f"Pasar KIM: {settings.public_url} (Ctrl-C untuk berhenti)", flush=True)


def serve(app: Flask, settings: Settings) -> None:
    """Answer requests until the process is told to stop; requests in progress are finished first."""
    if sys.platform == "win32":
        announce(settings)
        waitress.serve(app, host=settings.host, port=settings.port, threads=settings.web_threads)
    else:
        Gunicorn(app, settings).run()


if sys.platform != "win32":

    class Gunicorn(BaseApplication):
        """gunicorn with threads, configured by our settings rather than by a file of its own."""

        def __init__(self, app: Flask, settings: Settings):
            self.app = app
            self.settings = settings
            super().__init__()

        def load_config(self) -> None:
            settings = self.settings
            host = f"[{settings.host}]" if ":" in settings.host else settings.host
            options = {
                "bind": f"{host}:{settings.port}",
                "worker_class": "gthread",
                "workers": settings.web_workers,
                "threads": settings.web_threads,
                # The application is complete before the first worker is forked, and its pages shared by all.
                "preload_app": True,
                "proc_name": "pasar-kim",
                "loglevel": "warning",
                # TRUSTED_PROXIES alone decides whose word about the visitor's address and protocol is taken.
                "forwarded_allow_ips": "",
                "secure_scheme_headers": {},
                "control_socket_disable": True,
                "when_ready": lambda _arbiter: announce(settings),
            }
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            return self.app


if __name__ == "__main__":
    main()
