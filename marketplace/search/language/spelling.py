"""What one word has in common with its other spellings: old, Javanese, by ear."""

import re
from functools import lru_cache

Rule = tuple[re.Pattern[str], str]


def _rules(*pairs: tuple[str, str]) -> tuple[Rule, ...]:
    return tuple((re.compile(pattern), replacement) for pattern, replacement in pairs)


# In this order. Each holds for documents and queries alike, so that a rule that is wrong for a word does no harm
# unless two words of the market fall together by it.
LETTERS = _rules(
    # Before 1947 and 1972: soerabaia, djeroek, tjoban, njonja, chas.
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("[ck]h", lambda match: match[0][0]),
    # Javanese and Madurese: thiwul, dhawet, bhuja, jhuko; and borrowed words: sholat, photo.
    ("([tdbgjps])h", r"\1"),
    ("sy", "s"),
    # Heard alike: vanili and panili, foto and poto, izin and ijin.
    ("[vf]", "p"),
    ("z", "j"),
    ("q", "k"),
    ("x", "ks"),
    # cabai and cabe, danau and dano, at the end of a word.
    ("ai$", "e"),
    ("au$", "o"),
    # hitam and itam, hangat and angat.
    ("^h(?=[aiueo])", ""),
    # tannaman, coffee.
    (r"(.)\1+", r"\1"),
)
# The vowel that nobody hears: keripik and kripik, beras and bras, cokelat and coklat.
UNHEARD_VOWEL = re.compile(r"([bcdgjkmpst])e([rl])(?=[aiueo])")


@lru_cache(maxsize=200_000)
def fold_letters(word: str) -> str:
    """Return the word as one spelling has it: letters that are heard alike are one."""
    if len(set(word)) == 1:
        # `zzzz` is no word.
        return word
    for pattern, replacement in LETTERS:
        word = pattern.sub(replacement, word)
    return word


def drop_unheard_vowel(word: str) -> str:
    """Return `kripik` for `keripik`."""
    return UNHEARD_VOWEL.sub(r"\1\2", word)


@lru_cache(maxsize=200_000)
def fold(word: str) -> str:
    """Return what all spellings of a word share, its form left as it is."""
    return drop_unheard_vowel(fold_letters(word))
