"""Reading KIM."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.foundation.opening_hours import OpeningHours
from marketplace.kim.errors import NoSuchKim
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.models import District, Village
from marketplace.regions.places import VillageName

kims = Kim.__table__

SUMMARY_NAMES = (
    "id",
    "slug",
    "name",
    "village_code",
    "district_code",
    "introduction",
    "registration_number",
    "site_address",
    "address",
    "whatsapp",
    "opening_hours",
)
SUMMARY_COLUMNS = tuple(kims.c[name].label(f"kim_{name}") for name in SUMMARY_NAMES)


@dataclass(frozen=True, slots=True)
class KimSummary:
    """What the page of a village or listing says of the KIM that looks after it."""

    id: int
    slug: str
    name: str
    village_code: str | None
    district_code: str
    dye: str | None
    introduction: str
    registration_number: str | None
    site_address: str | None
    address: str | None
    whatsapp: str | None
    opening_hours: OpeningHours | None

    @property
    def url(self) -> str:
        return f"/kim/{self.slug}"

    @property
    def place_code(self) -> str:
        """The code whose emblem stands for the KIM: its village's, or its kecamatan's."""
        return self.village_code or self.district_code


def get_public_kim(slug: str) -> Kim:
    """Return an active KIM with its members and its place, or refuse."""
    kim = db.session.scalar(
        select(Kim)
        .where(Kim.slug == slug, Kim.status == KimStatus.ACTIVE)
        .options(
            selectinload(Kim.members),
            joinedload(Kim.village).joinedload(Village.district),
            joinedload(Kim.village).joinedload(Village.regency),
            joinedload(Kim.district).joinedload(District.regency),
        )
    )
    if kim is None:
        raise NoSuchKim
    return kim


def list_kim_of_village(village: VillageName) -> list[KimSummary]:
    """Return the active KIM of a village, the eldest first: its own ones, or else those of its kecamatan."""
    rows = db.session.execute(
        _statement_around_a_village(),
        {"village_code": village.code, "district_code": village.district.code, "status": KimStatus.ACTIVE},
    )
    found = [summary_of(row, village) for row in rows]
    return [kim for kim in found if kim.village_code] or found


def with_kim(statement: Select, village_code, district_code, preferred_id) -> Select:
    """Join the KIM that looks after the village of these columns, and select `SUMMARY_COLUMNS`.

    It is the preferred one while that is active, else the village's eldest, else the kecamatan's.
    """
    preferred, eldest = kims.alias("preferred"), kims.alias("eldest")
    its_own = select(preferred.c.id).where(preferred.c.id == preferred_id, preferred.c.status == KimStatus.ACTIVE)
    its_place = (
        select(eldest.c.id)
        .where(
            eldest.c.district_code == district_code,
            eldest.c.status == KimStatus.ACTIVE,
            (eldest.c.village_code == village_code) | eldest.c.village_code.is_(None),
        )
        .order_by(eldest.c.village_code.is_(None), eldest.c.registered_on, eldest.c.id)
        .limit(1)
    )
    chosen = func.coalesce(its_own.scalar_subquery(), its_place.scalar_subquery())
    return statement.add_columns(*SUMMARY_COLUMNS).outerjoin(kims, kims.c.id == chosen)


def summary_of(row: Row, village: VillageName) -> KimSummary | None:
    """Return the KIM whose `SUMMARY_COLUMNS` are in a row about this village; None where the row has none."""
    if row.kim_id is None:
        return None
    values = {name: getattr(row, f"kim_{name}") for name in SUMMARY_NAMES}
    return KimSummary(dye=village.dye if row.kim_village_code else village.district.dye, **values)


def list_kim_of_district(district_code: str) -> list[Kim]:
    """Return the active KIM that belong to a kecamatan as a whole."""
    return list(
        db.session.scalars(
            select(Kim)
            .where(Kim.district_code == district_code, Kim.village_code.is_(None), Kim.status == KimStatus.ACTIVE)
            .options(joinedload(Kim.district))
            .order_by(Kim.registered_on, Kim.id)
        )
    )


@cache
def _statement_around_a_village() -> Select:
    return (
        select(*SUMMARY_COLUMNS)
        .where(
            kims.c.district_code == bindparam("district_code"),
            kims.c.status == bindparam("status"),
            (kims.c.village_code == bindparam("village_code")) | kims.c.village_code.is_(None),
        )
        .order_by(kims.c.registered_on, kims.c.id)
    )
