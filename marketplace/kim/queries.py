"""Reading KIM."""

from dataclasses import dataclass
from functools import cache

from sqlalchemy import Select, bindparam, case, select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.foundation.opening_hours import OpeningHours
from marketplace.kim.errors import NoSuchKim
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.models import District, Village

kims, villages, districts = Kim.__table__, Village.__table__, District.__table__


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


def list_kim_of_village(village_code: str) -> list[KimSummary]:
    """Return the active KIM of a village, the eldest first: its own ones, or else those of its kecamatan."""
    rows = db.session.execute(
        _statement_around_a_village(),
        {"village_code": village_code, "district_code": village_code[:8], "status": KimStatus.ACTIVE},
    )
    found = [KimSummary(*row) for row in rows]
    return [kim for kim in found if kim.village_code] or found


def find_kim_of_village(village_code: str, preferred_id: int | None = None) -> KimSummary | None:
    """Return the KIM that looks after a village: the preferred one where it is among several."""
    found = list_kim_of_village(village_code)
    preferred = (kim for kim in found if kim.id == preferred_id)
    return next(preferred, found[0] if found else None)


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
        select(
            kims.c.id,
            kims.c.slug,
            kims.c.name,
            kims.c.village_code,
            kims.c.district_code,
            case((kims.c.village_code.is_(None), districts.c.dye), else_=villages.c.dye),
            kims.c.introduction,
            kims.c.registration_number,
            kims.c.site_address,
            kims.c.address,
            kims.c.whatsapp,
            kims.c.opening_hours,
        )
        .join(districts, districts.c.code == kims.c.district_code)
        .outerjoin(villages, villages.c.code == kims.c.village_code)
        .where(
            kims.c.district_code == bindparam("district_code"),
            kims.c.status == bindparam("status"),
            (kims.c.village_code == bindparam("village_code")) | kims.c.village_code.is_(None),
        )
        .order_by(kims.c.registered_on, kims.c.id)
    )
