"""The fields of the index: words, those that say more in fields of their own besides, and numbers to narrow and sort by.

Word fields keep which documents have a token and nothing else: ranking is by fields (`ranking.py`), not by how often a
word is repeated, so that a seller gains nothing by repeating it.
"""

import hashlib
from functools import cache
from pathlib import Path

from tantivy import Index, Schema, SchemaBuilder, TextAnalyzerBuilder, Tokenizer

from marketplace.search import language
from marketplace.search.language.tables import FOLDER

TOKENS = "tokens"
# All that a listing says; the shelf and the seller; the name.
TEXT, CONTEXT, NAME = "text", "context", "name"
# The words that a name begins with, and each two of its words that stand side by side.
HEAD, PAIRS = "head", "pairs"
WORD_FIELDS = (TEXT, CONTEXT, NAME)
# Looked up and counted. Codes are numbers without their dots.
NUMBERS = ("id", "kind", "category", "regency", "district", "village")
# Read of what was found, sorted and narrowed by.
COLUMNS = ("revision", "business", "price", "cheapest", "published", "pirt_until", "halal_until")
QUALITY = "quality"
# The half hours of a week in which an attraction is open.
OPEN = "open"
# What else changes what an index holds, beside the tables.
SOURCES = (
    "language/words.py",
    "language/spelling.py",
    "language/roots.py",
    "language/meanings.py",
    "language/tokens.py",
    "index/schema.py",
    "index/documents.py",
    "index/opening.py",
    "index/quality.py",
    "ranking.py",
)


@cache
def schema() -> Schema:
    """Return the schema; it is one object, because queries and documents are made by it."""
    builder = SchemaBuilder()
    for name in (*WORD_FIELDS, HEAD, PAIRS):
        builder.add_text_field(name, tokenizer_name=TOKENS, index_option="basic")
    for name in NUMBERS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_unsigned_field(OPEN, indexed=True)
    for name in COLUMNS:
        builder.add_integer_field(name, fast=True)
    builder.add_float_field(QUALITY, fast=True)
    return builder.build()


def register(index: Index) -> None:
    """Teach an index to cut tokens where they are parted."""
    index.register_tokenizer(TOKENS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())


def code_number(code: str) -> int:
    """Return a Kemendagri code as a number: 3523082009 for `35.23.08.2009`."""
    return int(code.replace(".", ""))


def number_code(number: int) -> str:
    """Return the Kemendagri code of a number."""
    digits = str(number)
    return ".".join(filter(None, (digits[:2], digits[2:4], digits[4:6], digits[6:])))


def _version() -> str:
    digest = hashlib.sha256()
    root = Path(language.__file__).parents[1]
    for path in (*(root / name for name in SOURCES), *sorted(FOLDER.glob("*.txt"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


# An index made by other fields, tables or rules is foreign: words would not meet their documents.
SCHEMA_VERSION = _version()
