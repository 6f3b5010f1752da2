"""All places of the province by the ways people say their names."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from marketplace.search.language.spelling import fold
from marketplace.search.language.tables import read_pairs
from marketplace.search.language.words import split_words

REGENCY, DISTRICT, VILLAGE = 5, 8, 13
# Names of the whole narrow nothing.
PROVINCE = "35"
# What may stand before a name to say of which level it is.
LEVEL_WORDS = {
    "kabupaten": REGENCY,
    "kab": REGENCY,
    "kota": REGENCY,
    "kotamadya": REGENCY,
    "kecamatan": DISTRICT,
    "kec": DISTRICT,
    "desa": VILLAGE,
    "ds": VILLAGE,
    "kelurahan": VILLAGE,
    "kel": VILLAGE,
}
CITY_WORDS = frozenset({"kota", "kotamadya"})
REGENCY_WORDS = frozenset({"kabupaten", "kab"})
LONGEST_NAME = 5


class NamedPlaces(NamedTuple):
    """A stretch of words that names places: how many words, and the codes of what they may mean."""

    length: int
    codes: tuple[str, ...]


class Place(NamedTuple):
    """A place of any level as search shows it: its full name, its dye and its point in degrees.

    What is no longer current has listings and can be narrowed to, but is not what a name means.
    """

    code: str
    name: str
    dye: str | None
    latitude: float
    longitude: float
    is_current: bool = True

    @property
    def is_city(self) -> bool:
        return len(self.code) == REGENCY and self.name.startswith("Kota ")


class Gazetteer:
    """The places, each by its name written in any spelling, together or apart, and by its nicknames."""

    def __init__(self, places: Iterable[Place]):
        self.places = {place.code: place for place in places}
        self._codes: dict[str, list[str]] = defaultdict(list)
        self.words: dict[str, str] = {}
        for place in filter(attrgetter("is_current"), self.places.values()):
            words = split_words(_own_name(place))
            self._codes[_key(words)].append(place.code)
            self.words.update({fold(word): word for word in words})
        self._sorted = sorted(self._codes)
        self._nicknames: dict[str, tuple[str, ...]] = {}
        for name, codes in read_pairs("places"):
            words = split_words(name)
            self._nicknames[_key(words)] = tuple(code for code in codes if code in self.places or code == PROVINCE)
            self.words.update({fold(word): word for word in words})

    def at(self, words: Sequence[str], start: int) -> NamedPlaces | None:
        """Return the longest stretch of words from here on that names places, or None.

        A word for the level (`kota malang`, `kec pujon`) belongs to the name and chooses among places of that name.
        """
        for length in range(min(LONGEST_NAME, len(words) - start), 0, -1):
            stretch = words[start : start + length]
            if codes := self._nicknames.get(_key(stretch)):
                return NamedPlaces(length, codes)
            if length > 1 and stretch[0] in LEVEL_WORDS and (codes := self._of_level(stretch)):
                return NamedPlaces(length, codes)
            if codes := self._codes.get(_key(stretch)):
                return NamedPlaces(length, _widest(codes))
        return None

    def beginning_with(self, words: Sequence[str], limit: int) -> list[str]:
        """Return the codes of places whose name goes on like this, wide ones before small ones."""
        key = _key(words)
        if not key:
            return []
        start = bisect_left(self._sorted, key)
        end = bisect_left(self._sorted, key + "\x7f", start)
        codes = [code for name in self._sorted[start:end] for code in self._codes[name]]
        return sorted(codes, key=lambda code: (len(code), self.places[code].name, code))[:limit]

    def where(self, code: str) -> str:
        """Return where a place lies: `Kecamatan Pujon, Kabupaten Malang` for a village, its kabupaten for a kecamatan."""
        if len(code) == REGENCY:
            return "Jawa Timur"
        regency = self.places[code[:REGENCY]].name
        return regency if len(code) == DISTRICT else f"Kecamatan {self.places[code[:DISTRICT]].name}, {regency}"

    def _of_level(self, stretch: Sequence[str]) -> tuple[str, ...]:
        level = LEVEL_WORDS[stretch[0]]
        codes = [code for code in self._codes.get(_key(stretch[1:]), ()) if len(code) == level]
        if stretch[0] in CITY_WORDS:
            # `kota tuban` is the town of a kabupaten where there is no city of that name.
            codes = [code for code in codes if self.places[code].is_city] or codes
        elif stretch[0] in REGENCY_WORDS:
            codes = [code for code in codes if not self.places[code].is_city] or codes
        return tuple(codes)


def _own_name(place: Place) -> str:
    if len(place.code) != REGENCY:
        return place.name
    return place.name.removeprefix("Kabupaten ").removeprefix("Kota ")


def _key(words: Iterable[str]) -> str:
    return "".join(map(fold, words))


def _widest(codes: Sequence[str]) -> tuple[str, ...]:
    """A kabupaten is what its name means first; kecamatan and villages of one name are told apart by nobody."""
    regencies = tuple(code for code in codes if len(code) == REGENCY)
    return regencies or tuple(
        code for code in codes if not any(code != other and code.startswith(other) for other in codes)
    )
