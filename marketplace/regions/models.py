"""The four levels of places, keyed by their Kemendagri codes."""

import enum

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import db
from marketplace.regions.emblem import Dye


class RegencyKind(enum.StrEnum):
    REGENCY = "kabupaten"
    CITY = "kota"


class VillageKind(enum.StrEnum):
    RURAL = "desa"
    URBAN = "kelurahan"


class Place:
    """What all levels have: a name by decree, an administrator's correction of it, a point inside the area.

    The correction lies beside the decreed name, so that loading newer reference data never undoes it.
    """

    decreed_name: Mapped[str] = mapped_column(String(80))
    corrected_name: Mapped[str | None] = mapped_column(String(80))
    latitude: Mapped[float]
    longitude: Mapped[float]
    # A place that newer reference data no longer names: kept, because listings and KIM may refer to it.
    is_current: Mapped[bool] = mapped_column(default=True)

    @hybrid_property
    def name(self) -> str:
        """The name to show."""
        return self.corrected_name or self.decreed_name

    @name.inplace.expression
    @classmethod
    def _name_expression(cls):
        return db.func.coalesce(cls.corrected_name, cls.decreed_name)


class Province(Place, db.Model):
    """The whole: Jawa Timur."""

    __tablename__ = "provinces"

    code: Mapped[str] = mapped_column(String(2), primary_key=True)


class Regency(Place, db.Model):
    """A kabupaten or a kota; its name includes the word: `Kabupaten Tuban`, `Kota Malang`."""

    __tablename__ = "regencies"

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    kind: Mapped[RegencyKind]
    # Itself and the five whose middles are nearest, nearest first: where "nearby" is looked for.
    neighbour_codes: Mapped[str] = mapped_column(String(40), default="")
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"), index=True)

    province: Mapped[Province] = relationship()

    @property
    def nearest_codes(self) -> list[str]:
        return self.neighbour_codes.split(",")

    @property
    def short_name(self) -> str:
        """`Tuban` for Kabupaten Tuban, but `Kota Malang`: Malang alone means the kabupaten around it."""
        return short_regency_name(self.name)


class District(Place, db.Model):
    """A kecamatan."""

    __tablename__ = "districts"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"), index=True)
    # As a village's.
    dye: Mapped[Dye | None]

    regency: Mapped[Regency] = relationship()


class Village(Place, db.Model):
    """A desa or kelurahan: the hero of the marketplace."""

    __tablename__ = "villages"
    __table_args__ = (
        CheckConstraint("substr(code, 1, 8) = district_code", name="code_begins_with_district"),
        CheckConstraint("substr(code, 1, 5) = regency_code", name="code_begins_with_regency"),
        Index("ix_villages_regency_code_code", "regency_code", "code"),
    )

    code: Mapped[str] = mapped_column(String(13), primary_key=True)
    kind: Mapped[VillageKind]
    district_code: Mapped[str] = mapped_column(ForeignKey("districts.code"), index=True)
    regency_code: Mapped[str] = mapped_column(ForeignKey("regencies.code"))
    # Chosen once by its KIM; otherwise the emblem's dye follows from the code.
    dye: Mapped[Dye | None]

    district: Mapped[District] = relationship()
    regency: Mapped[Regency] = relationship()

    @property
    def url(self) -> str:
        return f"/desa/{self.code}"

    @property
    def title(self) -> str:
        """`Desa Kedungrejo`, `Kelurahan Purwantoro`."""
        return f"{self.kind.value.capitalize()} {self.name}"


def short_regency_name(name: str) -> str:
    """Return the name as people say it beside a village's: without "Kabupaten", with "Kota"."""
    return name.removeprefix("Kabupaten ")
