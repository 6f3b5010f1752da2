"""The root of a word: what rajut, rajutan, merajut and dirajut share, in any spelling."""

import re
import threading
from functools import cache, lru_cache

import snowballstemmer

from marketplace.search.language.spelling import drop_unheard_vowel, fold, fold_letters
from marketplace.search.language.tables import read_lines, read_pairs
from marketplace.search.language.words import undoubled

# Shorter words have no affixes worth cutting: what is left would mean anything.
SHORTEST_STEMMED = 5
SHORTEST_ROOT = 3
# `keripiknya`: somebody's keripik.
THEIRS = "nya"
# All other words come back from the stemmer as they went in, at ten times the cost of asking first.
MAY_BE_A_FORM = re.compile(r"^(?:be|di|ke|me|pe|te)|(?:an|i|kah|ku|lah|mu|nya|pun)$")

_stemmer = snowballstemmer.stemmer("indonesian")
# It keeps the word that it works on in itself, and searches come from several threads.
_stemming = threading.Lock()


@lru_cache(maxsize=4_096)
def root_of(word: str) -> str:
    """Return the root of a word as `split_words` gives it; a number is its own root.

    The stemmer is Snowball's, with a table of words that it must leave alone and one of forms that it gets wrong.
    """
    if word.isdigit():
        return word
    word = undoubled(word)
    folded = fold(word)
    if (known := _known_roots().get(folded)) is not None:
        return known
    if len(word) < SHORTEST_STEMMED or folded in _left_alone():
        return folded
    if word.endswith(THEIRS) and (owned := fold(word.removesuffix(THEIRS))) in _left_alone():
        return owned
    letters = fold_letters(word)
    if not MAY_BE_A_FORM.search(letters):
        return folded
    with _stemming:
        stem = _stemmer.stemWord(letters)
    return drop_unheard_vowel(stem) if len(stem) >= SHORTEST_ROOT else folded


@cache
def _left_alone() -> frozenset[str]:
    return frozenset(fold(word) for word in read_lines("unstemmed"))


@cache
def _known_roots() -> dict[str, str]:
    # The right side is a root already.
    return {fold(form): fold(roots[0]) for form, roots in read_pairs("stems")}
