"""The tokens that stand for a text in the index.

A word stands there as it was written (`merajut`), by its root (`~rajut`) and by its meanings (`#rajut`), in names and
on shelves also by the broader ones around these (`#kerajinan`). The mark keeps the kinds apart inside one field.

Broader meanings stay out of descriptions: nearly everything is made with sugar, and hardly anything is some.

A million listings pass through here when an index is built, so that all that follows from a word alone is worked out
once and kept.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from marketplace.search.language.meanings import NOBODY, Meaning, meanings
from marketplace.search.language.roots import root_of
from marketplace.search.language.spelling import fold
from marketplace.search.language.words import cut, split_words

ROOT, MEANING = "~", "#"
# Words that are kept, more than any text has in common with others; and texts that many listings share.
MOST_KEPT = 400_000
REPEATED_TEXTS = 20_000


class _Known(NamedTuple):
    """What follows from a word: its tokens, its root, and the roots that may follow it in a term.

    The tokens are those of a description and those of a name, which have the broader meanings too.
    """

    tokens: str
    tokens_in_names: str
    root: str
    followers: frozenset[str]


class _Words(dict[str, _Known]):
    """The words met so far; a new one is learned when it is asked for."""

    def __missing__(self, word: str) -> _Known:
        root = root_of(word)
        meaning = meanings().at((root,), 0)
        tokens = [word, ROOT + root, *(_marked(meaning.groups) if meaning else ())]
        broader = _marked(meaning.broader) if meaning else []
        known = _Known(" ".join(tokens), " ".join(tokens + broader), root, meanings().followers(root))
        if len(self) < MOST_KEPT:
            self[word] = known
        return known


_words = _Words()


def tokens_of(text: str, is_name: bool = False) -> str:
    """Return the tokens of a description or a name, parted by spaces."""
    tokens: list[str] = []
    roots: list[str] = []
    begun: list[int] = []
    before = None
    following = NOBODY
    for word in cut(text):
        # A doubled word stands once.
        if word == before:
            continue
        before = word
        in_text, in_name, root, followers = _words[word]
        if root in following:
            begun.append(len(roots) - 1)
        tokens.append(in_name if is_name else in_text)
        roots.append(root)
        following = followers
    for start in begun:
        if term := _term(roots, start):
            tokens += _marked(term.groups + term.broader if is_name else term.groups)
    return " ".join(tokens)


@lru_cache(maxsize=REPEATED_TEXTS)
def tokens_of_repeated(text: str) -> str:
    """Return the tokens of names that many listings share, each once."""
    return " ".join(dict.fromkeys(tokens_of(text, is_name=True).split()))


def tokens_of_name(text: str) -> tuple[str, str, str]:
    """Return the tokens of a name, those of what it begins with, and those of its neighbouring pairs."""
    words = split_words(text)
    if not words:
        return "", "", ""
    folded = list(map(fold, words))
    pairs = [first + second for first, second in zip(folded, folded[1:], strict=False)]
    return tokens_of(text, is_name=True), _tokens_of_head(words), " ".join(pairs)


def _tokens_of_head(words: list[str]) -> str:
    """A name begins with its first word, or with the term of several words that it begins."""
    first = _words[words[0]]
    if len(words) > 1 and _words[words[1]].root in first.followers:
        term = _term([_words[word].root for word in words], 0)
        if term:
            return " ".join([first.tokens_in_names, *_marked(term.groups + term.broader)])
    return first.tokens_in_names


def _term(roots: Sequence[str], start: int) -> Meaning | None:
    """Return the meaning of the term of several words that begins here, or None."""
    meaning = meanings().at(roots, start)
    return meaning if meaning and meaning.length > 1 else None


def _marked(groups: Sequence[str]) -> list[str]:
    return [MEANING + group for group in groups]
