"""Cutting a text into words."""

import re
import unicodedata

# A longer stretch is no word: it falls into pieces, in documents and queries alike.
WORD = re.compile(r"[a-z]{1,40}|[0-9]{1,40}")
# What joins the parts of one word: `ka'bah`, `nase'`.
INSIDE_WORDS = re.compile(r"['’‘`ʼ]")
# `oleh2` and `kue2an` are how people shorten oleh-oleh and kue-kuean.
DOUBLED = re.compile(r"\b([a-z]{2,})2(?:an|nya)?\b")
# `ondeonde`: a doubled word written without its hyphen.
WRITTEN_TWICE = re.compile(r"([a-z]{3,})\1")
# `30rb`, `250gr`: a number and what it counts are two words; `1.150` and `2,5` are one number.
SEPARATOR_IN_NUMBER = re.compile(r"(?<=\d)[.,](?=\d)")
DIGIT = re.compile(r"\d")


def split_words(text: str) -> list[str]:
    """Return the words of a text: lower case, accents removed, a doubled word once, numbers without separators."""
    words = cut(text)
    return [word for word, before in zip(words, [None, *words], strict=False) if word != before]


def cut(text: str) -> list[str]:
    """Return the words of a text as `split_words` does, but a doubled word twice."""
    if not text.isascii():
        text = _plain(text)
    text = text.lower()
    if "'" in text or "`" in text:
        text = INSIDE_WORDS.sub("", text)
    if DIGIT.search(text):
        text = SEPARATOR_IN_NUMBER.sub("", DOUBLED.sub(r"\1", text))
    return WORD.findall(text)


def undoubled(word: str) -> str:
    """Return `onde` for `ondeonde`."""
    match = WRITTEN_TWICE.fullmatch(word)
    return match[1] if match else word


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", INSIDE_WORDS.sub("", text))
    return "".join(character for character in decomposed if not unicodedata.combining(character))
