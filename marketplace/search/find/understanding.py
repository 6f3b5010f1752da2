"""What the words of a query mean: mended where they are mistyped, and parted into what is sought and where."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from marketplace.search.find.gazetteer import DISTRICT, PROVINCE, Gazetteer
from marketplace.search.find.lexicon import Lexicon
from marketplace.search.language.meanings import meanings
from marketplace.search.language.roots import root_of
from marketplace.search.language.tables import read_lines
from marketplace.search.language.words import split_words

# Nobody types more on a phone; what comes behind narrows nothing any more.
MOST_WORDS = 12
# Shorter letters begin too many words.
SHORTEST_BEGINNING = 2
COMPLETIONS = 50
# What stands before a place and never before a material: `di batu`, but not `dari batu`.
BEFORE_PLACES = frozenset({"di", "ke", "daerah", "sekitar", "wilayah", "in", "near", "at", "around"})
# Shorter words stand for themselves even where they look like a part of another.
SHORTEST_WHOLE = 3


class Unit(NamedTuple):
    """One thing that a query asks for: a word, a term of several words, or a place.

    `words` as they are searched, `typed` as they came; `groups` their meanings; `places` the codes that they name;
    `beginnings` the words that the last letters begin; `others` what else a mistyped word may have been; `parts` what
    the words of a term mean one by one. Of a meaning whose listings nearly all have this root, and of a root that nearly
    all write like this, nothing is told apart by looking that up, too.
    """

    words: tuple[str, ...]
    typed: tuple[str, ...]
    groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    is_thing: bool = True
    beginnings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    parts: tuple["Unit", ...] = ()
    tells_roots_apart: bool = True
    tells_words_apart: bool = True

    @property
    def roots(self) -> tuple[str, ...]:
        return tuple(map(root_of, self.words))


class Understood(NamedTuple):
    """A query's units in the order in which they were typed; `shown` is how they are written, None as they came.

    `asks_for_all` says that no unit is left because the whole province was named and nothing else.
    """

    units: tuple[Unit, ...]
    shown: str | None = None
    asks_for_all: bool = False


class _Word(NamedTuple):
    searched: str
    typed: str
    beginnings: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


class Understanding:
    """Reads queries by what an index holds; `occurs` tells whether any listing has a word of this root."""

    def __init__(self, lexicon: Lexicon, gazetteer: Gazetteer, occurs: Callable[[str], bool]):
        self.lexicon = lexicon
        self.gazetteer = gazetteer
        self.occurs = occurs

    def read(self, text: str, doubts: bool = False) -> Understood:
        """Return what a query means; its last word may be only begun.

        Whoever `doubts` takes a word that hardly any listing has for a slip, which sellers make too.
        """
        typed = split_words(text)[:MOST_WORDS]
        words = self._mended(typed, doubts)
        parted = self._parted(words)
        units = [unit for unit in parted if PROVINCE not in unit.places]
        shown = " ".join(word.searched for word in words)
        has_changed = [word.searched for word in words] != typed
        return Understood(tuple(units), shown if has_changed else None, asks_for_all=bool(parted and not units))

    def read_exactly(self, text: str) -> Understood:
        """Return the words as they were typed, without any other meaning."""
        words = split_words(text)[:MOST_WORDS]
        return Understood(tuple(Unit((word,), (word,)) for word in words))

    def _mended(self, typed: Sequence[str], doubts: bool) -> list[_Word]:
        words: list[_Word] = []
        index = 0
        while index < len(typed):
            word = typed[index]
            following = typed[index + 1] if index + 1 < len(typed) else None
            if following is not None and (joined := self._joined(word, following)):
                words.append(_Word(joined, f"{word} {following}"))
                index += 2
                continue
            words.extend(self._mended_word(word, following is None, doubts))
            index += 1
        return words

    def _mended_word(self, word: str, may_go_on: bool, doubts: bool) -> list[_Word]:
        longer = self._longer(word) if may_go_on else []
        is_known = self._is_known(word)
        corrections = self.lexicon.correct(word) if doubts or not is_known else []
        if doubts and is_known and corrections and self.lexicon.is_rather(corrections[0], word):
            is_known = False
        if longer and (not is_known or self.lexicon.is_rather_begun(word, longer)):
            return [_Word(word, word, beginnings=tuple(longer))]
        if not self._is_written(word) and (parts := self.lexicon.split(word)):
            return [_Word(part, word) for part in parts]
        if is_known:
            usual = None if self.lexicon.has(word) else self.lexicon.usual_spelling(word)
            return [_Word(usual or word, word)]
        if corrections:
            return [_Word(corrections[0], word, others=tuple(corrections[1:3]))]
        return [_Word(word, word)]

    def _longer(self, word: str) -> list[str]:
        is_long_enough = len(word) >= SHORTEST_BEGINNING and not word.isdigit()
        return self.lexicon.complete(word, COMPLETIONS) if is_long_enough else []

    def _is_written(self, word: str) -> bool:
        """Tell whether the word occurs as one, in any spelling or form."""
        is_spelled = self.lexicon.usual_spelling(word) is not None
        return word.isdigit() or is_spelled or self.occurs(root_of(word)) or self._names_a_place(word)

    def _names_a_place(self, word: str) -> bool:
        return self.gazetteer.at([word], 0) is not None

    def _joined(self, first: str, second: str) -> str | None:
        """Return the word whose parts these are: `te mpe`."""
        if first.isdigit() or second.isdigit() or (self._is_whole(first) and self._is_whole(second)):
            return None
        joined = self.lexicon.usual_spelling(first + second)
        return joined if joined and self.occurs(root_of(joined)) else None

    def _is_whole(self, word: str) -> bool:
        return len(word) >= SHORTEST_WHOLE and self._is_known(word)

    def _is_known(self, word: str) -> bool:
        return (
            word.isdigit()
            or word in _fillers()
            or self.lexicon.usual_spelling(word) is not None
            or meanings().at((root_of(word),), 0) is not None
            or self._names_a_place(word)
            or self.occurs(root_of(word))
        )

    def _parted(self, words: Sequence[_Word]) -> list[Unit]:
        units: list[Unit] = []
        index = 0
        while index < len(words):
            unit = self._next_unit(words[index:])
            if index and unit.places and words[index - 1].searched in BEFORE_PLACES:
                unit = unit._replace(is_thing=False)
            index += len(unit.words)
            if len(unit.words) > 1 and unit.groups:
                parts = [self._next_unit([word]) for word in words[index - len(unit.words) : index]]
                unit = unit._replace(parts=tuple(_without_fillers(parts)))
            units.append(unit)
        return _narrowed_by_each_other(_without_fillers(units))

    def _next_unit(self, words: Sequence[_Word]) -> Unit:
        searched = [word.searched for word in words]
        place = self.gazetteer.at(searched, 0)
        meaning = meanings().at([root_of(word) for word in searched], 0)
        length = max(place.length if place else 0, meaning.length if meaning else 0, 1)
        unit = Unit(
            words=tuple(searched[:length]),
            typed=tuple(word.typed for word in words[:length]),
            groups=meaning.groups if meaning and meaning.length == length else (),
            places=place.codes if place and place.length == length else (),
            beginnings=words[0].beginnings,
            others=words[0].others,
        )
        return unit._replace(is_thing=self._also_names_a_thing(unit)) if unit.places else unit

    def _also_names_a_thing(self, unit: Unit) -> bool:
        """A village may be called Kopi; of a kabupaten nobody doubts that the place is meant."""
        is_small = len(unit.places[0]) >= DISTRICT
        return bool(unit.groups) or (is_small and len(unit.words) == 1 and self.occurs(unit.roots[0]))


def _without_fillers(units: list[Unit]) -> list[Unit]:
    """Drop what carries no demand, unless there is nothing else."""
    return [unit for unit in units if unit.places or not _is_filler(unit)] or units


def _is_filler(unit: Unit) -> bool:
    return all(word in _fillers() for word in unit.words)


@cache
def _fillers() -> frozenset[str]:
    return frozenset(word for line in read_lines("fillers") for word in split_words(line))


def _narrowed_by_each_other(units: list[Unit]) -> list[Unit]:
    """`sukorejo blitar` means the Sukorejo of Blitar, although there are thirty-eight."""
    wide = [code for unit in units for code in unit.places]
    narrowed = []
    for unit in units:
        inside = tuple(code for code in unit.places if any(code != other and code.startswith(other) for other in wide))
        narrowed.append(unit._replace(places=inside) if inside else unit)
    return narrowed
