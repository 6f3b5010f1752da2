"""Reading the places to visit that a person tends."""

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from marketplace.accounts.models import User
from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.selling.policy.listings import may_tend


def get_tended_attraction(person: User, attraction_id: int) -> Attraction:
    """Return an attraction that this person tends and that is not put away, or refuse as if it were not there."""
    statement = select(Attraction).where(Attraction.id == attraction_id).options(joinedload(Attraction.business))
    attraction = db.session.scalar(statement)
    if attraction is None or attraction.status is ListingStatus.ARCHIVED or not may_tend(person, attraction):
        raise NotFound
    return attraction
