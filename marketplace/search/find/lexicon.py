"""The words that can be found: for completing, and for telling what a mistyped word was to be."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import product
from math import log10
from string import ascii_lowercase, digits

from rapidfuzz import process
from rapidfuzz.distance import OSA
from tantivy import Searcher

from marketplace.search.index.schema import NAME, PAIRS, TEXT
from marketplace.search.language.spelling import fold
from marketplace.search.language.tables import read_lines, read_lists
from marketplace.search.language.words import split_words

# Below this length any word is one slip away from another.
SHORTEST_CORRECTED, SHORTEST_WITH_TWO_SLIPS = 4, 8
# Of four letters another first one makes another word: xbox is no box.
SHORTEST_WITH_OTHER_BEGINNING = 5
CANDIDATES = 40
# Among so many listings a word that a single one has is a slip or a name that nobody looks for; it is still found, but
# neither completed nor what others are mended to, and takes no room.
LISTINGS_A_RARE_WORD = 300_000
# A slip in the first letter is rare: fingers and eyes begin with care.
FIRST_LETTER = 0.5
# How much a word that ten times as many listings have is likelier to be meant, against a slip less.
TENFOLD = 0.12
# A word is taken for the beginning of words, or for a slip in one, that are so many times as frequent.
SELDOM = 10
TABLES_WITH_WORDS = ("synonyms", "broader")


class Lexicon:
    """The words of an index, of the tables and of the places, with the number of listings that have them."""

    def __init__(self, searcher: Searcher, place_words: Iterable[str]):
        counts: dict[str, int] = defaultdict(int)
        self._in_names: dict[str, int] = {}
        for table in TABLES_WITH_WORDS:
            for line in read_lines(table):
                for word in split_words(line):
                    counts[word] += 0
        for word in place_words:
            counts[word] += 1
        least = 1 + searcher.num_docs // LISTINGS_A_RARE_WORD
        for first in ascii_lowercase + digits:
            counts |= {word: count for word, count in searcher.terms_with_prefix(TEXT, first) if count >= least}
            named = searcher.terms_with_prefix(NAME, first)
            self._in_names |= {word: count for word, count in named if count >= least}
        self.counts = dict(counts)
        self._in_names |= _terms_in_names(searcher)
        self._in_names_sorted = sorted(self._in_names)
        self._sorted = sorted(self.counts)
        self._spelled: dict[str, str] = {}
        for word in sorted(self.counts, key=self.counts.__getitem__):
            self._spelled[fold(word)] = word
        # As they are heard and as they are written: `pantia` is one slip from pantai, and two from its sound.
        self._by_shape: dict[tuple[int, str], list[str]] = defaultdict(list)
        for form in self._spelled.keys() | self.counts.keys():
            self._by_shape[len(form), form[0]].append(form)

    def has(self, word: str) -> bool:
        """Tell whether the word occurs in just this spelling."""
        return word in self.counts

    def usual_spelling(self, word: str) -> str | None:
        """Return how most write a word that is heard like this one, or None when there is none."""
        return self._spelled.get(fold(word))

    def complete(self, beginning: str, limit: int) -> list[str]:
        """Return the longer words that begin like this, those that most listings are named by first."""
        start = bisect_right(self._sorted, beginning)
        end = bisect_left(self._sorted, beginning + "\x7f", start)
        longer = self._sorted[start:end]
        return sorted(longer, key=lambda word: (-self._in_names.get(word, 0), -self.counts[word], word))[:limit]

    def names_begun(self, beginning: str, limit: int) -> list[str]:
        """Return words of names, and terms of several words in names, that begin like this, the most frequent first."""
        start = bisect_left(self._in_names_sorted, beginning)
        end = bisect_left(self._in_names_sorted, beginning + "\x7f", start)
        found = self._in_names_sorted[start:end]
        return sorted(found, key=lambda words: (-self._in_names[words], words))[:limit]

    def is_rather_begun(self, word: str, longer: Sequence[str]) -> bool:
        """Tell whether next to nobody means the word itself, but one of these that it begins."""
        return self.counts.get(word, 0) * SELDOM < sum(self.counts[each] for each in longer)

    def is_rather(self, other: str, word: str) -> bool:
        """Tell whether so many more listings have the other word that this one is hardly ever what somebody means."""
        return self.counts.get(word, 0) * SELDOM < self.counts.get(other, 0)

    def correct(self, word: str) -> list[str]:
        """Return the words that this one was probably to be, the likeliest first.

        One slip in words of four to seven letters, two in longer ones; two swapped neighbours are one slip; numbers
        are never corrected.
        """
        folded = fold(word)
        if min(len(word), len(folded)) < SHORTEST_CORRECTED or folded[0].isdigit():
            return []
        slips = 1 if len(word) < SHORTEST_WITH_TWO_SLIPS else 2
        # Looked for among words with the same beginning first, which are a tenth of all.
        found = self._near({folded, word}, slips, folded[0] + word[0])
        if not found and len(word) >= SHORTEST_WITH_OTHER_BEGINNING:
            found = self._near({folded, word}, slips, ascii_lowercase)
        return list(dict.fromkeys(candidate for _, candidate in sorted(found) if candidate != word))

    def _near(self, forms: set[str], slips: int, beginnings: str) -> list[tuple[float, str]]:
        found = []
        for form in forms:
            lengths = range(len(form) - slips, len(form) + slips + 1)
            for shape in product(lengths, set(beginnings)):
                near = process.extract(
                    form, self._by_shape.get(shape, ()), scorer=OSA.distance, score_cutoff=slips, limit=CANDIDATES
                )
                for candidate, distance, _ in near:
                    spelled = candidate if candidate in self.counts else self._spelled[candidate]
                    found.append((self._unlikelihood(form, candidate, distance, spelled), spelled))
        return found

    def split(self, word: str) -> tuple[str, str] | None:
        """Return the two words that were written as one, or None; both must occur."""
        parts = [(word[:place], word[place:]) for place in range(2, len(word) - 1)]
        known = [(first, second) for first, second in parts if self._count(first) and self._count(second)]
        likely = [pair for pair in known if min(map(len, pair)) >= 3]
        return max(likely, key=lambda pair: min(self._count(pair[0]), self._count(pair[1])), default=None)

    def _count(self, word: str) -> int:
        spelled = self.usual_spelling(word)
        return self.counts[spelled] if spelled else 0

    def _unlikelihood(self, form: str, candidate: str, slips: float, spelled: str) -> float:
        other_beginning = FIRST_LETTER if candidate[0] != form[0] else 0
        return slips + other_beginning - TENFOLD * log10(self.counts[spelled] + 1)


def _terms_in_names(searcher: Searcher) -> dict[str, int]:
    """Return the terms of several words that stand in names, by how many names have their first two side by side."""
    found: dict[str, int] = {}
    for line in read_lists("synonyms"):
        for term in line:
            words = split_words(term)
            if len(words) > 1 and (count := searcher.doc_freq(PAIRS, fold(words[0]) + fold(words[1]))):
                found[" ".join(words)] = count
    return found
