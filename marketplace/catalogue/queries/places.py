"""How much is where, and the villages of a place as rows to tap."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sqlalchemy import Select, bindparam, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from marketplace.catalogue.models.counts import PlaceCount
from marketplace.foundation.database import db
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.errors import NoSuchPlace
from marketplace.regions.models import District, Regency, Village, VillageKind, short_regency_name
from marketplace.regions.places import VillageName, select_villages, village_of

PROVINCE = "35"
# The darkest step of the map goes to the richest kabupaten, each step to a fifth of the 38.
MAP_STEPS = 5


FIGURES = (PlaceCount.products, PlaceCount.attractions, PlaceCount.villages, PlaceCount.villages_with_kim)


class PlaceFigures(NamedTuple):
    """How much a place has, in the order of `FIGURES`: what is public, villages with any of it, villages with a KIM."""

    products: int = 0
    attractions: int = 0
    villages: int = 0
    villages_with_kim: int = 0


@dataclass(frozen=True, slots=True)
class RegencyFigure:
    """A kabupaten or kota on the map: `step` 1 to 5, more listings the higher."""

    code: str
    name: str
    products: int
    attractions: int
    step: int

    @property
    def short_name(self) -> str:
        return short_regency_name(self.name)


class VillageRow(NamedTuple):
    """A village in a list, with what it offers; `regency` is its full name."""

    code: str
    kind: VillageKind
    name: str
    dye: str | None
    district_name: str
    regency: str
    products: int
    attractions: int
    kims: int

    @property
    def title(self) -> str:
        """`Desa Kedungrejo`, `Kelurahan Purwantoro`."""
        return f"{self.kind.value.capitalize()} {self.name}"

    @property
    def regency_name(self) -> str:
        return short_regency_name(self.regency)

    @property
    def has_kim(self) -> bool:
        return self.kims > 0

    @property
    def url(self) -> str:
        return f"/desa/{self.code}"


@dataclass(frozen=True, slots=True)
class DistrictFold:
    """A kecamatan in the list of its kabupaten, with its richest villages."""

    code: str
    name: str
    village_count: int
    kim_count: int
    villages: tuple[VillageRow, ...]

    @property
    def url(self) -> str:
        return f"/wilayah/{self.code}"


def count_place(code: str) -> PlaceFigures:
    """Return the figures of a place of any level; all of them 0 where there is nothing."""
    row = db.session.execute(_statement_of_figures(), {"code": code}).one_or_none()
    return PlaceFigures(*row) if row else PlaceFigures()


def get_village_with_figures(code: str) -> tuple[VillageName, PlaceFigures]:
    """Return a village with the way to it and what it has, or refuse when there is none of this code."""
    row = db.session.execute(_statement_of_village(), {"code": code}).one_or_none()
    if row is None:
        raise NoSuchPlace
    return village_of(row), PlaceFigures(*row[-len(FIGURES) :])


def list_regency_figures() -> tuple[RegencyFigure, ...]:
    """Return all kabupaten and kota with their figures, in the order of their codes."""
    rows = db.session.execute(_statement_of_regencies()).all()
    totals = {row.code: row.products + row.attractions for row in rows}
    ranked = sorted(totals, key=lambda code: (totals[code], code))
    steps = {code: 1 + MAP_STEPS * rank // len(ranked) for rank, code in enumerate(ranked)}
    return tuple(RegencyFigure(*row, steps[row.code] if totals[row.code] else 1) for row in rows)


def list_district_folds(regency_code: str, villages_each: int) -> list[DistrictFold]:
    """Return the kecamatan of a kabupaten by name, each with its few richest villages."""
    by_district: dict[str, list[VillageRow]] = {}
    for row in db.session.execute(_villages_in("regency_code"), {"code": regency_code}):
        by_district.setdefault(row.code[:8], []).append(VillageRow(*row))
    districts = db.session.execute(_statement_of_districts(), {"code": regency_code})
    return [_fold(code, name, by_district.get(code, []), villages_each) for code, name in districts]


def list_villages_of_district(district_code: str) -> list[VillageRow]:
    """Return all villages of a kecamatan, the richest first."""
    rows = db.session.execute(_villages_in("district_code"), {"code": district_code})
    return sorted((VillageRow(*row) for row in rows), key=_richest_first)


def list_newest_villages(number: int) -> list[VillageRow]:
    """Return the villages whose KIM were registered last; one with several KIM stands where its youngest does."""
    rows = db.session.execute(_statement_of_newest_villages(), {"number": number})
    return [VillageRow(*row) for row in rows]


def _fold(code: str, name: str, villages: list[VillageRow], villages_each: int) -> DistrictFold:
    return DistrictFold(
        code=code,
        name=name,
        village_count=len(villages),
        kim_count=sum(village.has_kim for village in villages),
        villages=tuple(sorted(villages, key=_richest_first)[:villages_each]),
    )


@cache
def _statement_of_figures() -> Select:
    return select(*FIGURES).where(PlaceCount.place_code == bindparam("code"))


@cache
def _statement_of_village() -> Select:
    return (
        select_villages()
        .add_columns(*(func.coalesce(figure, 0) for figure in FIGURES))
        .outerjoin(PlaceCount, PlaceCount.place_code == Village.code)
        .where(Village.code == bindparam("code"))
    )


@cache
def _statement_of_regencies() -> Select:
    return (
        select(
            Regency.code,
            Regency.name,
            func.coalesce(PlaceCount.products, 0).label("products"),
            func.coalesce(PlaceCount.attractions, 0).label("attractions"),
        )
        .outerjoin(PlaceCount, PlaceCount.place_code == Regency.code)
        .where(Regency.is_current)
        .order_by(Regency.code)
    )


@cache
def _statement_of_newest_villages() -> Select:
    younger = aliased(Kim)
    has_younger = exists().where(
        younger.village_code == Kim.village_code,
        younger.status == KimStatus.ACTIVE,
        tuple_(younger.registered_on, younger.id) > tuple_(Kim.registered_on, Kim.id),
    )
    return (
        _villages()
        .join(Kim, Kim.village_code == Village.code)
        .where(Kim.status == KimStatus.ACTIVE, ~has_younger)
        .order_by(Kim.registered_on.desc(), Kim.id.desc())
        .limit(bindparam("number"))
    )


@cache
def _statement_of_districts() -> Select:
    return (
        select(District.code, District.name)
        .where(District.regency_code == bindparam("code"), District.is_current)
        .order_by(District.name)
    )


@cache
def _villages_in(column: str) -> Select:
    return _villages().where(getattr(Village, column) == bindparam("code"))


@cache
def _villages() -> Select:
    """Select what `VillageRow` consists of, in its order."""
    return (
        select(
            Village.code,
            Village.kind,
            Village.name,
            Village.dye,
            District.name,
            Regency.name,
            func.coalesce(PlaceCount.products, 0),
            func.coalesce(PlaceCount.attractions, 0),
            func.coalesce(PlaceCount.villages_with_kim, 0),
        )
        .join(District, District.code == Village.district_code)
        .join(Regency, Regency.code == Village.regency_code)
        .outerjoin(PlaceCount, PlaceCount.place_code == Village.code)
        .where(Village.is_current)
    )


def _richest_first(village: VillageRow) -> tuple:
    return (-(village.products + village.attractions), not village.has_kim, village.name)
