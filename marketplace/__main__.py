"""`python -m marketplace`: prepares the data on first start, then serves until Ctrl-C."""

import argparse
import os
import socket
import sys
from typing import NoReturn

from marketplace import create_app, first_start
from marketplace.config import BadSetting, Settings
from marketplace.foundation.database import db
from marketplace.server import serve

DESCRIPTION = "Serve Pasar KIM. The settings come from the environment; README.md lists them with their defaults."
CANNOT_START = 2
INTERRUPTED = 130


def main() -> None:
    """Start the marketplace, or say in one line why it cannot start."""
    argparse.ArgumentParser(prog="pasar-kim", description=DESCRIPTION).parse_args()
    try:
        settings = Settings.from_environment(os.environ)
        _refuse_an_occupied_port(settings)
        app = create_app(settings)
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
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        socket.create_server((settings.host, settings.port), family=family).close()
    except socket.gaierror as error:
        _refuse(f"HOST={settings.host} is no address of this machine: {error.strerror}")
    except OSError as error:
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
