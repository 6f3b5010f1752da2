"""Finding the village that a cell means: by its Kemendagri code, or by the names of the place and what it lies in."""

import re
from collections import defaultdict
from dataclasses import dataclass

from rapidfuzz import process
from sqlalchemy import select

from marketplace.catalogue.errors import CellRefused
from marketplace.foundation.database import db
from marketplace.regions.models import District, Regency, Village

CODE = re.compile(r"(\d{2})\.?(\d{2})\.?(\d{2})\.?(\d{4})")
# "Ds. Kedungrejo Kec. Kerek Kab. Tuban": the words for the levels part the names where no comma does.
PARTED = re.compile(r"[,;\n]|\s-\s|\s+(?=(?:kec|kecamatan|kab|kabupaten)\b)", re.IGNORECASE)
# "Dusun Krajan RT 02 RW 01 Ds. Kedungrejo": what is smaller than a village does not help to find it.
BEFORE_THE_VILLAGE = re.compile(r"^\s*(?:dusun|dsn|rt|rw)\b.*?\b(?=(?:ds|desa|kel|kelurahan)\b)", re.IGNORECASE)
CODE_OF_ANOTHER_LEVEL = re.compile(r"\d{2}(\.\d{2}){0,2}\.?")
MOST_CANDIDATES = 6
# Looking for near names takes a while; whoever has this many misspelt ones has learnt the form from the first.
MOST_SUGGESTIONS = 50
VILLAGE_WORDS = ("desa", "ds", "kelurahan", "kel")
DISTRICT_WORDS = ("kecamatan", "kec")
CITY_WORDS = ("kota", "kotamadya", "kodya")
REGENCY_WORDS = ("kabupaten", "kab", *CITY_WORDS)
PROVINCES = {"jawatimur", "jatim", "provinsijawatimur", "indonesia"}


@dataclass(frozen=True)
class KnownVillage:
    """What the import needs to know of a village."""

    code: str
    name: str
    district: str
    regency: str
    latitude: float
    longitude: float

    @property
    def full_name(self) -> str:
        return f"{self.name}, {self.district}, {self.regency} ({self.code})"


class VillageFinder:
    """All villages in memory, so that a row costs no query."""

    def __init__(self, villages: list[KnownVillage]):
        self._by_code = {village.code: village for village in villages}
        self._by_name = defaultdict(list)
        for village in villages:
            self._by_name[_squeezed(village.name)].append(village)
        self._districts = {village.code[:8]: _squeezed(village.district) for village in villages}
        self._regencies = {village.code[:5]: _regency_names(village.regency) for village in villages}
        self._found: dict[str, KnownVillage] = {}
        self._suggestions = 0

    @classmethod
    def from_database(cls) -> "VillageFinder":
        """Read all villages with the names of what they lie in."""
        rows = db.session.execute(
            select(Village.code, Village.name, District.name, Regency.name, Village.latitude, Village.longitude)
            .join(District, District.code == Village.district_code)
            .join(Regency, Regency.code == Village.regency_code)
        )
        return cls([KnownVillage(*row) for row in rows])

    def find(self, text: str) -> KnownVillage:
        """Return the village that the text means, or refuse with CellRefused naming what it could mean."""
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text: str) -> KnownVillage:
        if match := CODE.fullmatch(text.strip()):
            code = ".".join(match.groups())
            if code in self._by_code:
                return self._by_code[code]
            raise CellRefused(f"Kode desa {code} tidak ada di Jawa Timur.")
        if CODE_OF_ANOTHER_LEVEL.fullmatch(text.strip()):
            raise CellRefused(f"{text} bukan kode desa. Kode desa seperti 35.07.25.2001.")
        parts = [part for part in (piece.strip() for piece in PARTED.split(BEFORE_THE_VILLAGE.sub("", text))) if part]
        if not parts:
            raise CellRefused("Isi dengan kode desa, atau nama desa, kecamatan, dan kabupatennya.")
        return self._named(parts[0], parts[1:], text)

    def _named(self, name: str, surroundings: list[str], text: str) -> KnownVillage:
        candidates: list[KnownVillage] = []
        for key in _readings(name, VILLAGE_WORDS):
            candidates = [
                village
                for village in self._by_name.get(key, ())
                if all(self._lies_in(village, part) for part in surroundings)
            ]
            if candidates:
                break
        if len(candidates) == 1:
            return candidates[0]
        if candidates:
            shown = "; ".join(village.full_name for village in candidates[:MOST_CANDIDATES])
            more = f"; dan {len(candidates) - MOST_CANDIDATES} lagi" if len(candidates) > MOST_CANDIDATES else ""
            raise CellRefused(f'Ada {len(candidates)} desa bernama "{name}". Tulis kodenya: {shown}{more}.')
        raise CellRefused(f'Desa "{text}" tidak ditemukan.{self._nearest(name, surroundings)}')

    def _lies_in(self, village: KnownVillage, part: str) -> bool:
        if _squeezed(part) in PROVINCES:
            return True
        words = part.casefold().split()
        first = re.sub(r"\W", "", words[0]) if words else ""
        is_district = self._districts[village.code[:8]] in _readings(part, DISTRICT_WORDS)
        if is_district and first not in REGENCY_WORDS[:2]:
            return True
        if first in DISTRICT_WORDS:
            return False
        names = self._regencies[village.code[:5]]
        if first in CITY_WORDS and not village.regency.startswith("Kota"):
            return False
        if first in {"kabupaten", "kab"} and village.regency.startswith("Kota"):
            return False
        return any(reading in names for reading in _readings(part, REGENCY_WORDS))

    def _nearest(self, name: str, surroundings: list[str]) -> str:
        if self._suggestions >= MOST_SUGGESTIONS:
            return ""
        self._suggestions += 1
        nearby = [
            village
            for villages in self._by_name.values()
            for village in villages
            if all(self._lies_in(village, part) for part in surroundings)
        ]
        reading = _readings(name, VILLAGE_WORDS)[-1]
        found = process.extract(
            reading, {village.code: _squeezed(village.name) for village in nearby}, limit=3, score_cutoff=75
        )
        if not found:
            return ""
        return f" Maksudnya {' atau '.join(self._by_code[code].full_name for _, _, code in found)}?"


def _squeezed(text: str) -> str:
    """Return the letters alone: Sumber Agung and Sumberagung are one name, and so are Ra'as and Raas."""
    return re.sub(r"[\W_]+", "", text.casefold())


def _readings(text: str, words: tuple[str, ...]) -> list[str]:
    """Return what a name may be: as it stands, then without each word for its level before it.

    The whole comes first, because some names begin with such a word: Kota Kulon, Desa Baru.
    """
    pieces = [piece for piece in re.split(r"[\W_]+", text.casefold()) if piece]
    readings = ["".join(pieces)]
    while len(pieces) > 1 and pieces[0] in words:
        pieces = pieces[1:]
        readings.append("".join(pieces))
    return readings


def _regency_names(name: str) -> set[str]:
    """Return the ways to call a kabupaten or kota: with its word and without."""
    _, _, short = name.partition(" ")
    return {_squeezed(name), _squeezed(short)}
