"""Cutting a text into words."""

import re
import unicodedata

WORD = re.compile(r"[a-z]+|[0-9]+")
# What joins the parts of one word: `ka'bah`, `nase'`.
INSIDE_WORDS = re.compile(r"['’‘`ʼ]")
# `oleh2` and `kue2an` are how people shorten oleh-oleh and kue-kuean.
DOUBLED = re.compile(r"\b([a-z]{2,})2(?:an|nya)?\b")
# `ondeonde`: a doubled word written without its hyphen.
WRITTEN_TWICE = re.compile(r"([a-z]{3,})\1")
# `30rb`, `250gr`: a number and what it counts are two words; `1.150` and `2,5` are one number.
SEPARATOR_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")


def split_words(text: str) -> list[str]:
    """Return the words of a text: lower case, accents removed, a doubled word once, numbers without separators."""
    if not text.isascii():
        text = _plain(text)
    text = INSIDE_WORDS.sub("", text.lower())
    if any(digit in text for digit in "0123456789"):
        text = SEPARATOR_IN_NUMBER.sub("", DOUBLED.sub(r"\1", text))
    words: list[str] = []
    for word in WORD.findall(text):
        if words and words[-1] == word:
            continue
        words.append(word)
    return words


def undoubled(word: str) -> str:
    """Return `onde` for `ondeonde`."""
    match = WRITTEN_TWICE.fullmatch(word)
    return match[1] if match else word


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character))
