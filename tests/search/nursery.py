"""A program that makes processes which keep an index, one after the other, for tests that kill them.

Every line on standard input asks for one, `build` for one that builds before all else; its number is written to standard
output. The program itself has loaded everything and holds nothing open, so that each is at work within milliseconds.
"""

import os
import sys
from pathlib import Path

from flask import Flask

from marketplace import create_app
from marketplace.foundation.database import db, reading
from marketplace.search.background import Keeper
from marketplace.search.index import sources
from marketplace.search.index.building import rebuild
from marketplace.search.index.documents import document_of
from tests.support.applications import settings_for_tests


def work(app: Flask, begins_with_building: bool) -> None:
    """Build the index anew and apply what the outbox holds, in turns, and never end."""
    keeper = Keeper(app, lambda _seconds: False)
    if not begins_with_building:
        keeper.look()
    while True:
        with app.app_context():
            rebuild(keeper.store)
        keeper.look()


def load_what_the_first_listing_would_load(app: Flask) -> None:
    with app.app_context(), reading():
        for listing in sources.read_public():
            document_of(listing)
        db.session.remove()
        # A connection must not be shared with those that are forked.
        db.engine.dispose()


def main() -> None:
    app = create_app(settings_for_tests(Path(sys.argv[1]), database_url=sys.argv[2]))
    load_what_the_first_listing_would_load(app)
    for order in sys.stdin:
        child = os.fork()
        if child == 0:
            work(app, order == "build\n")
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
