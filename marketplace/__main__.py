"""`python -m marketplace`: prepares the data on first start, then serves until Ctrl-C."""

import argparse
import errno
import os
import socket
import sys
from typing import NoReturn

from marketplace import create_app, first_start
from marketplace.config import BadSetting, Settings
from marketplace.foundation.database import db, refuse_an_unreachable_database
from marketplace.server import serve

DESCRIPTION = "Serve Pasar KIM. The settings come from the environment; README.md lists them with their defaults."
CANNOT_START = 2
INTERRUPTED = 130


def main() -> None:
    """Start the marketplace, or say in one line why it cannot start."""
    argparse.ArgumentParser(prog="pasar-kim", description=DESCRIPTION).parse_args()
    # What is made from here on, the database above all, is readable by its owner alone.
    os.umask(0o077)
    try:
        settings = Settings.from_environment(os.environ)
        _refuse_an_occupied_port(settings)
        app = create_app(settings)
        refuse_an_unreachable_database(app)
        first_start.prepare(app)
        with app.app_context():
            # A connection must not be shared with the processes that are about to be forked.
            db.engine.dispose()
        serve(app, settings, lambda: _announce(settings))
    except BadSetting as refusal:
        _refuse(str(refusal))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _refuse_an_occupied_port(settings: Settings) -> None:
    """Find out before minutes are spent on preparing data."""
    try:
        family, *_, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
    except (socket.gaierror, UnicodeError) as error:
        raise BadSetting("HOST", settings.host, f"is no address of this machine: {error}") from error
    try:
        socket.create_server(address[:2], family=family).close()
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise BadSetting("HOST", settings.host, "is no address of this machine") from error
        _refuse(
            f"PORT={settings.port} cannot be used on {settings.host} ({os.strerror(error.errno)}): "
            "stop the program that listens there or choose another, as in PORT=8001 ./run"
        )


def _announce(settings: Settings) -> None:
    print(f"Pasar KIM: {settings.public_url} (Ctrl-C untuk berhenti)", flush=True)


def _refuse(sentence: str) -> NoReturn:
    """End with one line on standard error and a status that means: set something right first."""
    print(sentence, file=sys.stderr)
    sys.exit(CANNOT_START)


if __name__ == "__main__":
    main()
