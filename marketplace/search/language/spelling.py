"""What one word has in common with its other spellings: old, Javanese, by ear."""

import re
from functools import lru_cache

# In this order. Each holds for documents and queries alike, so that a rule that is wrong for a word does no harm
# unless two words of the market fall together by it.
SPELLED_ALIKE = (
    # Before 1947 and 1972: soerabaia, djeroek, tjoban, njonja, sjarat, chas.
    ("oe", "u"),
    ("dj", "j"),
    ("tj", "c"),
    ("nj", "ny"),
    ("sj", "sy"),
    ("ch", "c"),
    ("kh", "k"),
    # Javanese and Madurese: thiwul, dhawet, bhuja, jhuko; and borrowed words: sholat, photo.
    ("th", "t"),
    ("dh", "d"),
    ("bh", "b"),
    ("gh", "g"),
    ("jh", "j"),
    ("ph", "p"),
    ("sh", "s"),
    ("sy", "s"),
    ("x", "ks"),
)
# Heard alike: vanili and panili, foto and poto, izin and ijin.
HEARD_ALIKE = str.maketrans("vfzq", "ppjk")
# tannaman, coffee.
DOUBLED_LETTER = re.compile(r"(.)\1+")
# The vowel that nobody hears: keripik and kripik, beras and bras, cokelat and coklat.
UNHEARD_VOWEL = re.compile(r"([bcdgjkmpst])e([rl])(?=[aiueo])")
VOWELS = "aiueo"


@lru_cache(maxsize=4_096)
def fold_letters(word: str) -> str:
    """Return the word as one spelling has it: letters that are heard alike are one."""
    if len(set(word)) == 1 or word.isdigit():
        # `zzzz` is no word, and 10000 is not 10.
        return word
    for letters, alike in SPELLED_ALIKE:
        word = word.replace(letters, alike)
    word = word.translate(HEARD_ALIKE)
    # cabai and cabe, danau and dano.
    if word.endswith("ai"):
        word = word[:-2] + "e"
    elif word.endswith("au"):
        word = word[:-2] + "o"
    # hitam and itam, hangat and angat.
    if word[0] == "h" and word[1:2] and word[1] in VOWELS:
        word = word[1:]
    return DOUBLED_LETTER.sub(r"\1", word)


def drop_unheard_vowel(word: str) -> str:
    """Return `kripik` for `keripik`."""
    return UNHEARD_VOWEL.sub(r"\1\2", word) if "e" in word else word


@lru_cache(maxsize=4_096)
def fold(word: str) -> str:
    """Return what all spellings of a word share, its form left as it is."""
    return drop_unheard_vowel(fold_letters(word))
