"""Reading businesses."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.foundation.database import db
from marketplace.regions.models import Village
from marketplace.umkm.errors import NoSuchBusiness
from marketplace.umkm.models import Business, BusinessStatus


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


def list_businesses_of_village(village_code: str, number: int) -> list[Business]:
    """Return the first businesses of a village by name."""
    return list(
        db.session.scalars(
            select(Business)
            .where(Business.village_code == village_code, Business.status == BusinessStatus.ACTIVE)
            .order_by(Business.name)
            .limit(number)
        )
    )
