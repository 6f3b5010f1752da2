"""Reading places."""

from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.regions.errors import NoSuchPlace
from marketplace.regions.models import District, Regency
from marketplace.regions.places import VillageName, select_villages, village_of, villages


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


def get_village(code: str) -> VillageName:
    """Return the desa or kelurahan of this code (`35.23.08.2009`) with the way to it, or refuse."""
    row = db.session.execute(_statement_of_village(), {"code": code}).one_or_none()
    if row is None:
        raise NoSuchPlace
    return village_of(row)


@cache
def _statement_of_village() -> Select:
    return select_villages().where(villages.c.code == bindparam("code"))


def _found(place):
    if place is None:
        raise NoSuchPlace
    return place
