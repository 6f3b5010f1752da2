"""How much is where, and the villages of a place as rows to tap."""

from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select, tuple_
from sqlalchemy.orm import aliased

from marketplace.catalogue.models.counts import PlaceCount
from marketplace.foundation.database import db
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.models import District, Regency, Village, short_regency_name

PROVINCE = "35"
NOTHING = PlaceCount(place_code="", products=0, attractions=0, villages=0, villages_with_kim=0)
# The darkest step of the map goes to the richest kabupaten, each step to a fifth of the 38.
MAP_STEPS = 5


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


@dataclass(frozen=True, slots=True)
class VillageRow:
    """A village in a list, with what it offers."""

    code: str
    title: str
    name: str
    district_name: str
    regency_name: str
    products: int
    attractions: int
    has_kim: bool
    dye: str | None

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


def count_place(code: str) -> PlaceCount:
    """Return the figures of a place of any level; all of them 0 where there is nothing."""
    return db.session.get(PlaceCount, code) or NOTHING


def count_villages(code: str) -> int:
    """Return how many villages a kabupaten has."""
    return db.session.scalar(
        select(func.count()).select_from(Village).where(Village.regency_code == code, Village.is_current)
    )


def list_regency_figures() -> tuple[RegencyFigure, ...]:
    """Return all kabupaten and kota with their figures, in the order of their codes."""
    rows = db.session.execute(
        select(Regency.code, Regency.name, PlaceCount.products, PlaceCount.attractions)
        .outerjoin(PlaceCount, PlaceCount.place_code == Regency.code)
        .where(Regency.is_current)
        .order_by(Regency.code)
    ).all()
    totals = {code: (products or 0) + (attractions or 0) for code, _, products, attractions in rows}
    ranked = sorted(totals, key=lambda code: (totals[code], code))
    steps = {code: 1 + MAP_STEPS * rank // len(ranked) for rank, code in enumerate(ranked)}
    return tuple(
        RegencyFigure(code, name, products or 0, attractions or 0, steps[code] if totals[code] else 1)
        for code, name, products, attractions in rows
    )


def list_district_folds(regency_code: str, villages_each: int) -> list[DistrictFold]:
    """Return the kecamatan of a kabupaten by name, each with its few richest villages."""
    rows = _village_rows(_villages().where(Village.regency_code == regency_code))
    districts = db.session.execute(
        select(District.code, District.name)
        .where(District.regency_code == regency_code, District.is_current)
        .order_by(District.name)
    )
    by_district: dict[str, list[VillageRow]] = {}
    for row in rows:
        by_district.setdefault(row.code[:8], []).append(row)
    folds = []
    for code, name in districts:
        villages = by_district.get(code, [])
        folds.append(
            DistrictFold(
                code=code,
                name=name,
                village_count=len(villages),
                kim_count=sum(village.has_kim for village in villages),
                villages=tuple(sorted(villages, key=_richest_first)[:villages_each]),
            )
        )
    return folds


def list_villages_of_district(district_code: str) -> list[VillageRow]:
    """Return all villages of a kecamatan, the richest first."""
    return sorted(_village_rows(_villages().where(Village.district_code == district_code)), key=_richest_first)


def list_newest_villages(number: int) -> list[VillageRow]:
    """Return the villages whose KIM were registered last; one with several KIM stands where its youngest does."""
    younger = aliased(Kim)
    has_younger = exists().where(
        younger.village_code == Kim.village_code,
        younger.status == KimStatus.ACTIVE,
        tuple_(younger.registered_on, younger.id) > tuple_(Kim.registered_on, Kim.id),
    )
    statement = (
        _villages()
        .join(Kim, Kim.village_code == Village.code)
        .where(Kim.status == KimStatus.ACTIVE, ~has_younger)
        .order_by(Kim.registered_on.desc(), Kim.id.desc())
        .limit(number)
    )
    return _village_rows(statement)


def _villages() -> Select:
    return (
        select(
            Village.code,
            Village.kind,
            Village.name,
            Village.dye,
            District.name.label("district_name"),
            Regency.name.label("regency_name"),
            PlaceCount.products,
            PlaceCount.attractions,
            PlaceCount.villages_with_kim,
        )
        .join(District, District.code == Village.district_code)
        .join(Regency, Regency.code == Village.regency_code)
        .outerjoin(PlaceCount, PlaceCount.place_code == Village.code)
        .where(Village.is_current)
    )


def _village_rows(statement: Select) -> list[VillageRow]:
    return [
        VillageRow(
            code=row.code,
            title=f"{row.kind.value.capitalize()} {row.name}",
            name=row.name,
            district_name=row.district_name,
            regency_name=short_regency_name(row.regency_name),
            products=row.products or 0,
            attractions=row.attractions or 0,
            has_kim=bool(row.villages_with_kim),
            dye=row.dye,
        )
        for row in db.session.execute(statement)
    ]


def _richest_first(village: VillageRow) -> tuple:
    return (-(village.products + village.attractions), not village.has_kim, village.name)
