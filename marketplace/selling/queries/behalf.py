"""Where a coordinator may post for others."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from marketplace.accounts.models import User
from marketplace.foundation.database import db
from marketplace.kim.people import list_coordinated_kim
from marketplace.regions.models import Village


@dataclass(frozen=True, slots=True)
class LookedAfterVillage:
    """A village whose sellers a coordinator looks after, and a point inside it."""

    code: str
    title: str
    latitude: float
    longitude: float


def list_villages_looked_after(coordinator: User) -> list[LookedAfterVillage]:
    """Return the villages of the KIM that this person coordinates, by name; none for anybody else."""
    places = [
        Village.code == kim.village_code if kim.village_code else Village.district_code == kim.district_code
        for kim in list_coordinated_kim(coordinator)
    ]
    if not places:
        return []
    rows = db.session.scalars(
        select(Village).where(or_(*places), Village.is_current).order_by(Village.name, Village.code)
    )
    return [looked_after(row) for row in rows]


def looked_after(village: Village) -> LookedAfterVillage:
    """Return a village as the forms of coordinators offer it."""
    return LookedAfterVillage(village.code, village.title, village.latitude, village.longitude)
