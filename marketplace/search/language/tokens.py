"""The tokens that stand for a text in the index.

A word stands there as it was written (`merajut`), by its root (`~rajut`) and by its meanings (`#rajut`), in names and
on shelves also by the broader ones around these (`>kerajinan`). The mark keeps the kinds apart inside one field.

Broader meanings stay out of descriptions: nearly everything is made with sugar, and hardly anything is some.

A million listings pass through here when an index is built, so that all that follows from a word alone is worked out
once and kept.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from marketplace.search.language.meanings import LONGEST_TERM, Meaning, meanings
from marketplace.search.language.roots import root_of
from marketplace.search.language.spelling import fold
from marketplace.search.language.words import cut

ROOT, MEANING, BROADER = "~", "#", ">"
# Words that are kept, more than any text has in common with others; and texts that many listings share.
MOST_KEPT = 400_000
REPEATED_TEXTS = 20_000


class _Known(NamedTuple):
    """What follows from a word: its tokens in a description and in a name, its root, its sound, what may come next.

    A name has the broader meanings too; `followers` are the roots that may stand second in a term it begins.
    """

    tokens: str
    tokens_in_name: str
    root: str
    folded: str
    followers: frozenset[str]


# Taken by place rather than by name, where every word of every listing passes.
TOKENS, TOKENS_IN_NAME, ROOT_OF, FOLDED, FOLLOWERS = range(5)


class _Words(dict[str, _Known]):
    """The words met so far; a new one is learned when it is asked for."""

    def __missing__(self, word: str) -> _Known:
        root = root_of(word)
        meaning = meanings().at((root,), 0)
        tokens = [word, ROOT + root, *(_marked(meaning.groups) if meaning else ())]
        broader = [BROADER + group for group in meaning.broader] if meaning else []
        followers = meanings().followers(root)
        known = _Known(" ".join(tokens), " ".join(tokens + broader), root, fold(word), followers)
        if len(self) < MOST_KEPT:
            self[word] = known
        return known


_words = _Words()


def tokens_of(text: str) -> str:
    """Return the tokens of a description, parted by spaces."""
    known = [_words[word] for word in cut(text)]
    tokens = [word[TOKENS] for word in known]
    for term in _terms(known):
        tokens += _marked(term.groups)
    return " ".join(tokens)


@lru_cache(maxsize=REPEATED_TEXTS)
def tokens_of_repeated(text: str) -> str:
    """Return the tokens of names that many listings share, each once."""
    return " ".join(dict.fromkeys(_tokens_of_name([_words[word] for word in cut(text)]).split()))


def tokens_of_name(text: str) -> tuple[str, str, str]:
    """Return the tokens of a name, those of what it begins with, and those of its neighbouring pairs."""
    known = [_words[word] for word in cut(text)]
    if not known:
        return "", "", ""
    pairs = [first[FOLDED] + second[FOLDED] for first, second in pairwise(known)]
    return _tokens_of_name(known), _tokens_of_head(known), " ".join(pairs)


def _tokens_of_name(known: Sequence[_Known]) -> str:
    tokens = [word[TOKENS_IN_NAME] for word in known]
    for term in _terms(known):
        tokens += _marked_in_name(term)
    return " ".join(tokens)


def _tokens_of_head(known: Sequence[_Known]) -> str:
    """A name begins with its first word, or with the term of several words that it begins."""
    tokens = known[0][TOKENS_IN_NAME]
    if len(known) > 1 and known[1][ROOT_OF] in known[0][FOLLOWERS] and (term := _term(known, 0)):
        return " ".join([tokens, *_marked_in_name(term)])
    return tokens


def _terms(known: Sequence[_Known]) -> list[Meaning]:
    """Return the terms of several words in a text."""
    begun = [start for start, (word, after) in enumerate(pairwise(known)) if after[ROOT_OF] in word[FOLLOWERS]]
    return [term for start in begun if (term := _term(known, start))]


def _term(known: Sequence[_Known], start: int) -> Meaning | None:
    """Return the meaning of the term of several words that begins here, or None."""
    meaning = meanings().at([word[ROOT_OF] for word in known[start : start + LONGEST_TERM]], 0)
    return meaning if meaning and meaning.length > 1 else None


def _marked(groups: Sequence[str]) -> list[str]:
    return [MEANING + group for group in groups]


def _marked_in_name(meaning: Meaning) -> list[str]:
    return _marked(meaning.groups) + [BROADER + group for group in meaning.broader]
