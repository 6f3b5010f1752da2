"""The places and KIM that the words of a search name."""

from collections.abc import Iterable

from marketplace.search.find.directory import Directory, KimEntry
from marketplace.search.find.gazetteer import DISTRICT, REGENCY
from marketplace.search.find.search import KimFound, PlaceFound, VillageFound
from marketplace.search.find.understanding import Unit
from marketplace.search.language.spelling import fold
from marketplace.search.language.words import split_words

MOST_PLACES = 6
MOST_KIMS = 3
LEVELS = {REGENCY: "kabupaten", DISTRICT: "kecamatan"}
# The word itself says nothing of which one is meant.
KIM_WORD = fold("kim")


def places_named(directory: Directory, units: Iterable[Unit]) -> list[PlaceFound]:
    """Return the places that the units name, the widest first, of villages of one name those with a KIM first.

    Names that are rather things are left out.
    """
    codes = [code for unit in units if unit.places and not (unit.is_thing and unit.groups) for code in unit.places]
    ordered = sorted(dict.fromkeys(codes), key=lambda code: (len(code), code not in directory.places_with_kim))
    return [place_found(directory, code) for code in ordered[:MOST_PLACES]]


def place_found(directory: Directory, code: str) -> PlaceFound:
    """Return a place of any level as lists show it."""
    place = directory.gazetteer.places[code]
    level = LEVELS.get(len(code), "desa")
    url = f"/desa/{code}" if level == "desa" else f"/wilayah/{code}"
    return PlaceFound(level, code, place.name, directory.gazetteer.where(code), url, place.dye)


def village_found(directory: Directory, code: str, count: int) -> VillageFound:
    """Return a village that has so many matching listings."""
    place = place_found(directory, code)
    return VillageFound(place.code, place.name, place.where, place.url, place.dye, count)


def kims_named(directory: Directory, text: str) -> list[KimFound]:
    """Return the KIM whose name has all words of the text, beside the word KIM itself."""
    asked = set(map(fold, split_words(text))) - {KIM_WORD}
    return [_kim_found(directory, kim) for kim in directory.kims_named(asked)[:MOST_KIMS]]


def _kim_found(directory: Directory, kim: KimEntry) -> KimFound:
    place = directory.gazetteer.places.get(kim.place_code)
    where = directory.gazetteer.where(kim.place_code) if place else ""
    return KimFound(kim.name, f"/kim/{kim.slug}", where, kim.place_code, place.dye if place else None)
