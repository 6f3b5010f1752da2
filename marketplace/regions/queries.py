"""Reading places."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from marketplace.foundation.database import db
from marketplace.regions.errors import NoSuchPlace
from marketplace.regions.models import District, Regency, Village


def list_regencies() -> list[Regency]:
    """Return the 38 kabupaten and kota in the order of their codes."""
    return list(db.session.scalars(select(Regency).where(Regency.is_current).order_by(Regency.code)))


def get_regency(code: str) -> Regency:
    """Return the kabupaten or kota of this code (`35.23`), or refuse."""
    return _found(db.session.get(Regency, code))


def get_district(code: str) -> District:
    """Return the kecamatan of this code (`35.23.08`) with its regency, or refuse."""
    return _found(
        db.session.scalar(select(District).where(District.code == code).options(joinedload(District.regency)))
    )


def get_village(code: str) -> Village:
    """Return the desa or kelurahan of this code (`35.23.08.2009`) with its district and regency, or refuse."""
    return _found(
        db.session.scalar(
            select(Village)
            .join(Village.district)
            .join(Village.regency)
            .where(Village.code == code)
            .options(contains_eager(Village.district), contains_eager(Village.regency))
        )
    )


def _found(place):
    if place is None:
        raise NoSuchPlace
    return place
