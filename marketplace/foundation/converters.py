"""What may stand in an address: numbers that an id can be, and text without control characters.

Everything else leads nowhere (404) before it reaches the database, which could only fail on it.
"""

from flask import Flask
from werkzeug.routing import BaseConverter, IntegerConverter, UnicodeConverter

# The largest number that an integer column holds in every database.
LARGEST_ID = 2**31 - 1
# Crockford's alphabet, as a ULID is written: 26 characters, of which the first holds three bits.
ULID = r"[0-7][0-9A-HJKMNP-TV-Z]{25}"


class IdConverter(IntegerConverter):
    """A whole number that an id can be, or a smaller range of them."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **{"max": LARGEST_ID, **options})


class PlainTextConverter(UnicodeConverter):
    """A part of an address, without control characters: PostgreSQL takes no NUL in a text."""

    def __init__(self, *arguments, **options):
        super().__init__(*arguments, **options)
        self.regex = self.regex.replace("[^/]", r"[^/\x00-\x1f\x7f]")


class UlidConverter(BaseConverter):
    """An id that a telephone made up while it had no signal (https://github.com/ulid/spec)."""

    regex = ULID


def read_addresses_strictly(app: Flask) -> None:
    """Let `<int:id>`, `<ulid:id>` and `<slug>` in the rules of every feature mean these."""
    app.url_map.converters.update(
        int=IdConverter, default=PlainTextConverter, string=PlainTextConverter, ulid=UlidConverter
    )
