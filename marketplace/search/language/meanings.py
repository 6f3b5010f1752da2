"""What words mean to a buyer: groups of equal words, and groups inside broader ones."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from marketplace.search.language.roots import root_of
from marketplace.search.language.tables import read_lists, read_pairs
from marketplace.search.language.words import split_words

Roots = tuple[str, ...]
# Words of the longest term in the tables.
LONGEST_TERM = 6
NOBODY: frozenset[str] = frozenset()


class Meaning(NamedTuple):
    """A stretch of words with a meaning: how many words, their own groups, and the broader groups around these."""

    length: int
    groups: tuple[str, ...]
    broader: tuple[str, ...]


class Meanings:
    """The groups, found by the roots of a term; a term of several words is also found written as one."""

    def __init__(self, equal: Iterator[list[str]], broader: Iterator[tuple[str, list[str]]]):
        self._groups: dict[Roots, set[str]] = defaultdict(set)
        self._longest: dict[str, int] = {}
        above: dict[str, set[str]] = defaultdict(set)
        for terms in equal:
            group = _group_name(terms[0])
            for term in terms:
                self._add(term, group)
        for term, narrower in broader:
            for wide in self._groups_of(term):
                for narrow_term in narrower:
                    for narrow in self._groups_of(narrow_term):
                        if narrow != wide:
                            above[narrow].add(wide)
        self._by_roots = {
            roots: Meaning(len(roots), tuple(sorted(groups)), tuple(sorted(_above(groups, above) - groups)))
            for roots, groups in self._groups.items()
        }
        followers: dict[str, set[str]] = defaultdict(set)
        for roots in self._by_roots:
            if len(roots) > 1:
                followers[roots[0]].add(roots[1])
        self._followers = {root: frozenset(after) for root, after in followers.items()}

    def at(self, roots: Sequence[str], start: int) -> Meaning | None:
        """Return the longest term that begins at this word, or None."""
        longest = self._longest.get(roots[start], 0)
        for length in range(min(longest, len(roots) - start), 0, -1):
            if meaning := self._by_roots.get(tuple(roots[start : start + length])):
                return meaning
        return None

    def followers(self, root: str) -> frozenset[str]:
        """Return the roots that stand second in a term which begins with this one."""
        return self._followers.get(root, NOBODY)

    def _add(self, term: str, group: str) -> None:
        roots = roots_of(term)
        for form in {roots, ("".join(roots),)}:
            self._groups[form].add(group)
            self._longest[form[0]] = max(self._longest.get(form[0], 0), len(form))

    def _groups_of(self, term: str) -> set[str]:
        if not (groups := self._groups.get(roots_of(term))):
            self._add(term, _group_name(term))
            groups = self._groups[roots_of(term)]
        return set(groups)


def roots_of(text: str) -> Roots:
    """Return the roots of the words of a text."""
    return tuple(map(root_of, split_words(text)))


@cache
def meanings() -> Meanings:
    """Return the groups of the tables `synonyms` and `broader`."""
    return Meanings(read_lists("synonyms"), read_pairs("broader"))


def _group_name(term: str) -> str:
    return "_".join(roots_of(term))


def _above(groups: set[str], above: dict[str, set[str]]) -> set[str]:
    """Return the groups one step above: a line of the table names everything that its word shall find."""
    return {wide for group in groups for wide in above.get(group, ())}
