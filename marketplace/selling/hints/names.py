"""What the name of a product says that it is: `Keripik tempe` of `Keripik Tempe Sanan Original`."""

from marketplace.search.language.meanings import meanings
from marketplace.search.language.roots import root_of
from marketplace.search.language.words import split_words

LONGEST_NAME = 80


def words_of(name: str) -> list[str]:
    """Return the words of a name as search compares them."""
    return split_words(name[:LONGEST_NAME])


def thing_of(name: str) -> str:
    """Return the words that a name begins with and that mean one thing; the first word where no more are known."""
    words = words_of(name)
    if not words:
        return ""
    meaning = meanings().at([root_of(word) for word in words], 0)
    return " ".join(words[: meaning.length if meaning else 1])


def is_called(name: str, thing: str) -> bool:
    """Tell whether a name has all words of a thing, in any of their forms."""
    return set(map(root_of, thing.split())) <= set(map(root_of, words_of(name)))
