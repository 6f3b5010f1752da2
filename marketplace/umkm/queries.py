"""Reading businesses."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlalchemy import Select, bindparam, select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.foundation.formatting import plain_slug
from marketplace.regions.models import Village
from marketplace.umkm.errors import NoSuchBusiness
from marketplace.umkm.models import Business, BusinessStatus

businesses = Business.__table__


@dataclass(frozen=True, slots=True)
class BusinessSummary:
    """What the page of a village or a product says of a business."""

    id: int
    name: str
    owner_name: str
    hamlet: str | None
    whatsapp: str | None
    nib: str | None
    kim_id: int | None
    closed_from: date | None = None
    closed_until: date | None = None
    closure_note: str | None = None

    @property
    def slug(self) -> str:
        return plain_slug(self.name)

    @property
    def url(self) -> str:
        return business_path(self.id, self.name)


SUMMARY_COLUMNS = tuple(
    businesses.c[name].label(f"seller_{name}")
    for name in (
        "id",
        "name",
        "owner_name",
        "hamlet",
        "whatsapp",
        "nib",
        "kim_id",
        "closed_from",
        "closed_until",
        "closure_note",
    )
)


def business_path(id: int, name: str) -> str:
    """Return the address of a business's page, as its view's route spells it."""
    return f"/usaha/{id}-{plain_slug(name)}"


def summary_of(row) -> BusinessSummary | None:
    """Return the business whose `SUMMARY_COLUMNS` are in a row; None where the row has none."""
    if row.seller_id is None:
        return None
    return BusinessSummary(
        id=row.seller_id,
        name=row.seller_name,
        owner_name=row.seller_owner_name,
        hamlet=row.seller_hamlet,
        whatsapp=row.seller_whatsapp,
        nib=row.seller_nib,
        kim_id=row.seller_kim_id,
        closed_from=row.seller_closed_from,
        closed_until=row.seller_closed_until,
        closure_note=row.seller_closure_note,
    )


def get_public_business(business_id: int) -> Business:
    """Return an active business with its place and KIM, or refuse."""
    business = db.session.scalar(
        select(Business)
        .where(Business.id == business_id, Business.status == BusinessStatus.ACTIVE)
        .options(
            joinedload(Business.kim),
            joinedload(Business.village).joinedload(Village.district),
            joinedload(Business.village).joinedload(Village.regency),
        )
    )
    if business is None:
        raise NoSuchBusiness
    return business


def list_businesses_of_village(village_code: str, number: int) -> list[BusinessSummary]:
    """Return the first businesses of a village by name."""
    rows = db.session.execute(
        _statement_of_village(), {"village_code": village_code, "status": BusinessStatus.ACTIVE, "number": number}
    )
    return [summary_of(row) for row in rows]


@cache
def _statement_of_village() -> Select:
    return (
        select(*SUMMARY_COLUMNS)
        .where(businesses.c.village_code == bindparam("village_code"), businesses.c.status == bindparam("status"))
        .order_by(businesses.c.name)
        .limit(bindparam("number"))
    )
