"""Where the example data lives: two villages with a KIM in each kabupaten and kota, and a village for each listing."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from sqlalchemy import select

from marketplace.examples.source import Source, chance
from marketplace.foundation.database import db
from marketplace.regions.models import District, Regency, Village, VillageKind, short_regency_name

KIM_IN_EACH_REGENCY = 2
# Names of villages that are ordinary words in descriptions of goods.
ORDINARY_WORDS = {"Jeruk", "Manggis", "Salak", "Gelang", "Gembol", "Candi", "Dagangan", "Bendo", "Tape", "Kauman"}
# Quarters that are known better than the village they belong to.
QUARTERS = {"Sanan": "35.73.01.1007"}


@dataclass(frozen=True)
class ExampleVillage:
    """A village as the example data speaks of it."""

    code: str
    name: str
    kind: VillageKind
    district_name: str
    regency_name: str

    @property
    def title(self) -> str:
        return f"{self.kind.value.capitalize()} {self.name}"


class ExamplePlaces:
    """Decides which village a listing belongs to, always in the same way."""

    def __init__(self, villages: list[ExampleVillage], source: Source):
        self.villages = {village.code: village for village in villages}
        self._in_regency = defaultdict(list)
        for village in villages:
            self._in_regency[village.code[:5]].append(village)
        self._attractions = Counter(row["village_code"] for row in source.attractions if row["village_code"])
        self._named = {id(row): self._named_village(row) for row in source.products}
        self.kim_villages = {code: self._choose_kim_villages(code) for code in source.regency_codes}
        self._turns: Counter[str] = Counter()

    @classmethod
    def from_database(cls, source: Source) -> "ExamplePlaces":
        """Read the villages of the whole province."""
        rows = db.session.execute(
            select(Village.code, Village.name, Village.kind, District.name, Regency.name)
            .join(District, District.code == Village.district_code)
            .join(Regency, Regency.code == Village.regency_code)
            .where(Village.is_current)
            .order_by(Village.code)
        )
        return cls([ExampleVillage(*row) for row in rows], source)

    def village_of_product(self, row: dict[str, str]) -> ExampleVillage:
        """Return the village that a product's text names, else a village with a KIM of its kabupaten, in turn."""
        named = self._named[id(row)]
        if named:
            return self.villages[named]
        choices = self.kim_villages[row["regency_code"]]
        self._turns[row["regency_code"]] += 1
        return choices[self._turns[row["regency_code"]] % len(choices)]

    def village_of_attraction(self, row: dict[str, str]) -> ExampleVillage:
        """Return an attraction's village; one that only has a kecamatan goes to where its neighbours are."""
        code = row["village_code"] or self._liveliest_in(row["district_code"])
        return self.villages[code]

    def _named_village(self, row: dict[str, str]) -> str | None:
        villages = self._in_regency[row["regency_code"]]
        regency = short_regency_name(villages[0].regency_name).removeprefix("Kota ")
        passed_over = ORDINARY_WORDS | {regency}
        text = f"{row['name']}. {row['description']}"
        for quarter, code in QUARTERS.items():
            if code.startswith(row["regency_code"]) and _is_named(quarter, text):
                return code
        districts = {village.district_name: village.code[:8] for village in villages}
        names = Counter(village.name for village in villages)
        candidates = [village for village in villages if names[village.name] == 1 and village.name not in passed_over]
        # A name in the title says more than one in the text, a village more than the kecamatan named like it.
        for place, must_be_village in ((row["name"], True), (text, True), (row["name"], False), (text, False)):
            for village in candidates:
                if must_be_village and village.name in districts:
                    continue
                if _is_named(village.name, place):
                    return village.code
        for name, code in districts.items():
            if name not in passed_over and _is_named(name, text):
                return self._liveliest_in(code)
        return None

    def _liveliest_in(self, district_code: str) -> str:
        villages = [
            village.code for village in self._in_regency[district_code[:5]] if village.code[:8] == district_code
        ]
        most = max(self._attractions[code] for code in villages)
        liveliest = [code for code in villages if self._attractions[code] == most]
        return liveliest[chance(district_code, len(liveliest))]

    def _choose_kim_villages(self, regency_code: str) -> list[ExampleVillage]:
        scores = Counter()
        for code in self._named.values():
            if code and code.startswith(regency_code):
                scores[code] += 3
        for code, count in self._attractions.items():
            if code.startswith(regency_code):
                scores[code] += 2 * count
        scores.update({code: 1 for code in QUARTERS.values() if code in scores})
        ranked = sorted(scores, key=lambda code: (-scores[code], code))
        chosen = ranked[:1]
        # The second lies in another kecamatan where there is one.
        elsewhere = [code for code in ranked[1:] if code[:8] != chosen[0][:8]]
        chosen += (elsewhere or ranked[1:])[: KIM_IN_EACH_REGENCY - 1]
        return [self.villages[code] for code in chosen]


def _is_named(name: str, text: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None
