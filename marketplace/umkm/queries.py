"""Reading businesses."""

from dataclasses import dataclass

from sqlalchemy import select
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

    @property
    def slug(self) -> str:
        return plain_slug(self.name)

    @property
    def url(self) -> str:
        return business_path(self.id, self.name)


SUMMARY_COLUMNS = (
    businesses.c.id.label("business_id"),
    businesses.c.name.label("business_name"),
    businesses.c.owner_name,
    businesses.c.hamlet,
    businesses.c.whatsapp.label("business_whatsapp"),
    businesses.c.nib,
    businesses.c.kim_id,
)


def business_path(id: int, name: str) -> str:
    """Return the address of a business's page, as its view's route spells it."""
    return f"/usaha/{id}-{plain_slug(name)}"


def summary_of(row) -> BusinessSummary | None:
    """Return the business whose `SUMMARY_COLUMNS` are in a row; None where the row has none."""
    if row.business_id is None:
        return None
    return BusinessSummary(
        row.business_id, row.business_name, row.owner_name, row.hamlet, row.business_whatsapp, row.nib, row.kim_id
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
        select(*SUMMARY_COLUMNS)
        .where(businesses.c.village_code == village_code, businesses.c.status == BusinessStatus.ACTIVE)
        .order_by(businesses.c.name)
        .limit(number)
    )
    return [summary_of(row) for row in rows]
