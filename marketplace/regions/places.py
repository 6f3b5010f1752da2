"""A village with its kecamatan and kabupaten as pages name them: small values, read in one row with whatever is there."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Row, Select, func, select

from marketplace.regions.models import District, Regency, Village, VillageKind, short_regency_name

villages, districts, regencies = Village.__table__, District.__table__, Regency.__table__


@dataclass(frozen=True, slots=True)
class DistrictName:
    """A kecamatan, as a step on the way to a village."""

    code: str
    name: str
    dye: str | None


@dataclass(frozen=True, slots=True)
class RegencyName:
    """A kabupaten or kota, as a step on the way to a village; `nearest_codes` begins with its own."""

    code: str
    name: str
    nearest_codes: Sequence[str]

    @property
    def short_name(self) -> str:
        return short_regency_name(self.name)


@dataclass(frozen=True, slots=True)
class VillageName:
    """A desa or kelurahan with the way to it; its point in degrees."""

    code: str
    name: str
    kind: VillageKind
    dye: str | None
    latitude: float
    longitude: float
    district: DistrictName
    regency: RegencyName

    @property
    def title(self) -> str:
        """`Desa Kedungrejo`, `Kelurahan Purwantoro`."""
        return f"{self.kind.value.capitalize()} {self.name}"

    @property
    def where(self) -> str:
        """`Kecamatan Kerek, Kabupaten Tuban`."""
        return f"Kecamatan {self.district.name}, {self.regency.name}"

    @property
    def url(self) -> str:
        return f"/desa/{self.code}"


COLUMNS = (
    villages.c.code.label("place_code"),
    func.coalesce(villages.c.corrected_name, villages.c.decreed_name).label("place_name"),
    villages.c.kind.label("place_kind"),
    villages.c.dye.label("place_dye"),
    villages.c.latitude.label("place_latitude"),
    villages.c.longitude.label("place_longitude"),
    districts.c.code.label("place_district_code"),
    func.coalesce(districts.c.corrected_name, districts.c.decreed_name).label("place_district_name"),
    districts.c.dye.label("place_district_dye"),
    regencies.c.code.label("place_regency_code"),
    func.coalesce(regencies.c.corrected_name, regencies.c.decreed_name).label("place_regency_name"),
    regencies.c.neighbour_codes,
)


def select_villages() -> Select:
    """Select `COLUMNS` of villages."""
    return (
        select(*COLUMNS)
        .join(districts, districts.c.code == villages.c.district_code)
        .join(regencies, regencies.c.code == villages.c.regency_code)
    )


def with_village(statement: Select, village_code) -> Select:
    """Join the village of this column, its kecamatan and its kabupaten, and select `COLUMNS`."""
    return (
        statement.add_columns(*COLUMNS)
        .join(villages, villages.c.code == village_code)
        .join(districts, districts.c.code == villages.c.district_code)
        .join(regencies, regencies.c.code == villages.c.regency_code)
    )


def village_of(row: Row) -> VillageName:
    """Return the village that `with_village` put into a row."""
    return VillageName(
        code=row.place_code,
        name=row.place_name,
        kind=row.place_kind,
        dye=row.place_dye,
        latitude=row.place_latitude,
        longitude=row.place_longitude,
        district=DistrictName(row.place_district_code, row.place_district_name, row.place_district_dye),
        regency=RegencyName(row.place_regency_code, row.place_regency_name, row.neighbour_codes.split(",")),
    )
