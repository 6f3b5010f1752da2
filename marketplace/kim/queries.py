"""Reading KIM."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from marketplace.foundation.database import db
from marketplace.kim.errors import NoSuchKim
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.models import District, Village


def get_public_kim(slug: str) -> Kim:
    """Return an active KIM with its members and its place, or refuse."""
    kim = db.session.scalar(
        select(Kim)
        .where(Kim.slug == slug, Kim.status == KimStatus.ACTIVE)
        .options(
            selectinload(Kim.members),
            joinedload(Kim.village),
            joinedload(Kim.district).joinedload(District.regency),
        )
    )
    if kim is None:
        raise NoSuchKim
    return kim


def list_kim_of_village(village: Village) -> list[Kim]:
    """Return the active KIM of a village, the eldest first: its own ones, or else those of its kecamatan."""
    found = db.session.scalars(
        select(Kim)
        .where(Kim.district_code == village.district_code, Kim.status == KimStatus.ACTIVE)
        .where((Kim.village_code == village.code) | Kim.village_code.is_(None))
        .options(selectinload(Kim.members))
        .order_by(Kim.registered_on, Kim.id)
    ).all()
    own = [kim for kim in found if kim.village_code == village.code]
    return own or list(found)


def find_kim_of_village(village: Village) -> Kim | None:
    """Return the KIM that looks after a village."""
    found = list_kim_of_village(village)
    return found[0] if found else None


def list_kim_of_district(district_code: str) -> list[Kim]:
    """Return the active KIM that belong to a kecamatan as a whole."""
    return list(
        db.session.scalars(
            select(Kim)
            .where(Kim.district_code == district_code, Kim.village_code.is_(None), Kim.status == KimStatus.ACTIVE)
            .order_by(Kim.registered_on, Kim.id)
        )
    )
