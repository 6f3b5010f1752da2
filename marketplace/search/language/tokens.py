"""The tokens that stand for a text in the index.

A word stands there as it was written (`merajut`), by its root (`~rajut`) and by its meanings (`#rajut`), those of
broader groups marked apart (`>kerajinan`). The mark keeps the kinds apart inside one field.
"""

from functools import lru_cache

from marketplace.search.language.meanings import Meaning, meanings
from marketplace.search.language.roots import root_of
from marketplace.search.language.spelling import fold
from marketplace.search.language.words import split_words

ROOT, MEANING, BROADER = "~", "#", ">"
# A listing says the same word often; its tokens are worked out once.
REMEMBERED_WORDS = 200_000


def tokens_of(text: str) -> str:
    """Return the tokens of a text, parted by spaces."""
    words = split_words(text)
    tokens = [_tokens_of_word(word) for word in words]
    tokens.extend(_tokens_of_phrases(words))
    return " ".join(tokens)


def tokens_of_name(text: str) -> tuple[str, str, str]:
    """Return the tokens of a name, those of its first word, and those of its neighbouring pairs."""
    words = split_words(text)
    tokens = [_tokens_of_word(word) for word in words]
    tokens.extend(_tokens_of_phrases(words))
    head = tokens_of_head(words) if words else ""
    folded = [fold(word) for word in words]
    pairs = " ".join([first + second for first, second in zip(folded, folded[1:], strict=False)])
    return " ".join(tokens), head, pairs


def tokens_of_head(words: list[str]) -> str:
    """Return the tokens of what a name begins with: its first word, or the term of several words."""
    roots = [root_of(word) for word in words[:4]]
    meaning = meanings().at(roots, 0)
    if meaning is None or meaning.length == 1:
        return _tokens_of_word(words[0])
    return " ".join([_tokens_of_word(words[0]), *_marked(meaning)])


def _tokens_of_phrases(words: list[str]) -> list[str]:
    """Return the tokens of the terms of several words."""
    known = meanings()
    tokens: list[str] = []
    for start, word in enumerate(words):
        if known.may_go_on_after(root_of(word)):
            meaning = known.at([root_of(each) for each in words[start : start + 5]], 0)
            if meaning is not None and meaning.length > 1:
                tokens.extend(_marked(meaning))
    return tokens


@lru_cache(maxsize=REMEMBERED_WORDS)
def _tokens_of_word(word: str) -> str:
    root = root_of(word)
    meaning = meanings().at((root,), 0)
    return " ".join([word, ROOT + root, *(_marked(meaning) if meaning else ())])


def _marked(meaning: Meaning) -> list[str]:
    return [MEANING + group for group in meaning.groups] + [BROADER + group for group in meaning.broader]
