"""Finding one's village: by its name however it is typed, or by where one stands.

The names of all villages are kept in memory, so that no key that somebody presses costs a question to the database.
"""

import heapq
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from rapidfuzz import process
from rapidfuzz.distance import OSA

from marketplace.foundation.database import db
from marketplace.foundation.distance import distance_in_kilometres
from marketplace.foundation.remembered import Remembered
from marketplace.regions.places import VillageName, select_villages, village_of, villages

MOST_FOUND = 10
LONGEST_TEXT = 80
SECONDS_REMEMBERED = 600
# Beyond this nobody lives in the nearest village: they stand elsewhere.
FARTHEST_KILOMETRES = 25.0
_MOST_WORDS = 6
_SHORTEST_WORD = 2
# What stands before names and tells nothing apart. "Kota" is part of a name: Kota Malang is not Kabupaten Malang.
_LEVEL_WORDS = frozenset({"desa", "ds", "kelurahan", "kel", "kecamatan", "kec", "kabupaten", "kab", "jawa", "timur"})
# How much a word says, by where it stands: the village's own name most.
_OF_VILLAGE, _OF_DISTRICT, _OF_REGENCY = 4.0, 1.5, 1.0
_SAME, _BEGINNING = 1.0, 0.8
# One slip of the finger in short words, two in long ones.
_SLIPS = ((8, 2), (4, 1))
_WORTH_AFTER_SLIPS = (0.0, 0.6, 0.45)


@dataclass(frozen=True, slots=True)
class _Names:
    """The villages and, for each word of their names, which of them it belongs to and how much it says there."""

    villages: Sequence[VillageName]
    words: dict[str, list[tuple[int, float]]]


def find_villages(text: str) -> list[VillageName]:
    """Return at most ten villages that these words mean, best first; kecamatan and kabupaten may be among the words."""
    typed = [word for word in words_of(text[:LONGEST_TEXT]) if word not in _LEVEL_WORDS][:_MOST_WORDS]
    if not typed or max(map(len, typed)) < _SHORTEST_WORD:
        return []
    names = village_names.get()
    # A word stands in most variants: it is looked for once.
    fits = cache(partial(_fits_of, words=names.words))
    found: dict[int, float] = {}
    for variant in _variants(typed):
        for number, worth in _worth_of(variant, fits).items():
            # What fits as one word fits better than its halves do.
            found[number] = max(worth / len(variant), found.get(number, 0.0))
    best = heapq.nsmallest(
        MOST_FOUND, found, key=lambda number: (-round(found[number], 6), names.villages[number].name, number)
    )
    return [names.villages[number] for number in best]


def list_nearest_villages(latitude: float, longitude: float) -> list[VillageName]:
    """Return at most ten villages whose middles are nearest to a point in degrees, nearest first; none far away."""

    def distance(village: VillageName) -> float:
        return distance_in_kilometres(latitude, longitude, village.latitude, village.longitude)

    nearest = heapq.nsmallest(MOST_FOUND, village_names.get().villages, key=distance)
    return [village for village in nearest if distance(village) <= FARTHEST_KILOMETRES]


def words_of(text: str) -> list[str]:
    """Return the words of a name as they are compared: without marks, capitals and signs between them."""
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", text) if not unicodedata.combining(sign))
    return re.findall(r"[a-z0-9]+", plain.casefold())


def _read_names() -> _Names:
    rows = db.session.execute(select_villages().where(villages.c.is_current).order_by(villages.c.code))
    found = [village_of(row) for row in rows]
    words: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, village in enumerate(found):
        for word in _with_whole_name(words_of(village.name)):
            words[word].append((number, _OF_VILLAGE))
        for word in _with_whole_name(words_of(village.district.name)):
            words[word].append((number, _OF_DISTRICT))
        for word in words_of(village.regency.short_name):
            words[word].append((number, _OF_REGENCY))
    return _Names(found, dict(words))


village_names = Remembered(_read_names, SECONDS_REMEMBERED)


def _with_whole_name(words: list[str]) -> Iterable[str]:
    """Return the words and all of them as one: `Kedung Rejo` is also typed `Kedungrejo`."""
    return {*words, "".join(words)}


def _variants(words: list[str]) -> Iterable[list[str]]:
    """Yield the words as typed, then with each two neighbours as one."""
    yield words
    for first in range(len(words) - 1):
        yield [*words[:first], words[first] + words[first + 1], *words[first + 2 :]]


def _worth_of(typed: list[str], fits_of: Callable[[str], dict[int, float]]) -> dict[int, float]:
    """Return the villages that every typed word belongs to, and how well they fit."""
    sums: dict[int, float] | None = None
    for word in typed:
        fits = fits_of(word)
        sums = fits if sums is None else {number: sums[number] + fits[number] for number in sums.keys() & fits.keys()}
        if not sums:
            break
    return sums or {}


def _fits_of(word: str, words: dict[str, list[tuple[int, float]]]) -> dict[int, float]:
    fits: dict[int, float] = {}
    for known, likeness in _words_like(word, words):
        for number, weight in words[known]:
            fits[number] = max(likeness * weight, fits.get(number, 0.0))
    return fits


def _words_like(word: str, words: dict[str, list[tuple[int, float]]]) -> list[tuple[str, float]]:
    slips = next((allowed for length, allowed in _SLIPS if len(word) >= length), 0)
    like = [(known, _WORTH_AFTER_SLIPS[count]) for known, count, _ in _misspelt(word, words, slips) if count]
    like += [(known, _BEGINNING) for known in words if known.startswith(word) and known != word]
    if word in words:
        like.append((word, _SAME))
    return like


def _misspelt(word: str, words: dict[str, list[tuple[int, float]]], slips: int) -> list[tuple[str, int, str]]:
    if not slips:
        return []
    return process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=slips, limit=None)
