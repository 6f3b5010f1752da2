"""Text as it is kept, compared, and made safe for spreadsheet programs."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process

# What a spreadsheet program would run as a formula at the beginning of a cell, however it is spelt.
FORMULA = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
# Control characters other than line ends and tabs, and signs that are there but not seen.
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
LINE_END = re.compile(r"\r\n?|[\u2028\u2029]")


def cleaned(text: str) -> str:
    """Return the text in one spelling: letters composed, line ends alike, nothing in it that nobody sees."""
    if text.isascii() and text.isalnum():
        return text
    composed = unicodedata.normalize("NFC", LINE_END.sub("\n", text))
    return UNSEEN.sub("", composed).replace("\u00a0", " ").strip()


def word_key(text: str) -> str:
    """Return the text as it is compared: without case, accents of spelling, punctuation and extra spaces."""
    plain = unicodedata.normalize("NFKC", text).casefold().replace("&", " dan ")
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def suggestion(text: str, choices: Iterable[str]) -> str:
    """Return ` Maksudnya "…"?` for a misspelt word, or nothing where no choice is near."""
    found = process.extractOne(text, list(choices), processor=word_key, score_cutoff=75)
    return f' Maksudnya "{found[0]}"?' if found else ""


def without_formula(text: str) -> str:
    """Return the text so that no spreadsheet program runs it; `with_formula` is the way back."""
    return f"'{text}" if FORMULA.match(text) else text


def with_formula(text: str) -> str:
    """Take away the apostrophe that `without_formula` put before a text."""
    return text[1:] if text.startswith("'") and FORMULA.match(text, 1) else text
