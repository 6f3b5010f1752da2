"""A coordinator puts a place to visit of their village before the KIM."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from marketplace.catalogue.models.attractions import Attraction
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.models.listings import ListingStatus
from marketplace.catalogue.services.listings import PhotoUse, add_listing
from marketplace.catalogue.services.outbox import note_changes
from marketplace.foundation import clock
from marketplace.foundation.access import Actor
from marketplace.foundation.database import db
from marketplace.foundation.distance import distance_in_kilometres
from marketplace.foundation.errors import require
from marketplace.kim.people import list_coordinated_kim
from marketplace.regions.queries import get_village
from marketplace.selling.errors import PinTooFar
from marketplace.selling.policy.attractions import may_post_attraction
from marketplace.selling.services.editing import edit_listing

FARTHEST_KILOMETRES = 15
LONGEST_NAME = 80


def post_attraction(actor: Actor, values: Mapping[str, Any], photo_ids: Sequence[int], at: datetime) -> Attraction:
    """Add a place to visit with these columns, which waits for the KIM's check; the first photo is the cover.

    Without `latitude` and `longitude` it lies at its village's point. Refuses with NotAllowed whoever does not coordinate
    the village, and with PinTooFar where the point lies elsewhere.
    """
    require(may_post_attraction(actor, values["village_code"]))
    columns = {
        **values,
        **_point_of(values),
        **_checked(actor, values["village_code"], at),
        "status": ListingStatus.WAITING,
        "posted_by_id": actor.id,
        "submitted_at": at,
        "confirmed_at": at,
    }
    photos = [PhotoUse(photo_id, alt_text="") for photo_id in dict.fromkeys(photo_ids)]
    attraction = add_listing(actor, ListingKind.ATTRACTION, columns, photos, at)
    db.session.flush()
    note_changes([attraction.id])
    return attraction


def edit_attraction(
    actor: Actor,
    attraction: Attraction,
    version: str,
    values: Mapping[str, Any],
    photos: Sequence[PhotoUse],
    at: datetime,
) -> bool:
    """Give an attraction these columns and photos as `edit_listing` does; tell whether they wait for the KIM's check.

    Refuses with PinTooFar, and with NotAllowed whoever moves it to a village that they do not coordinate.
    """
    if values["village_code"] != attraction.village_code:
        require(may_post_attraction(actor, values["village_code"]))
    columns = {**values, **_point_of(values)}
    return edit_listing(actor, attraction, version, columns, photos, at)


def _point_of(values: Mapping[str, Any]) -> dict[str, Any]:
    village = get_village(values["village_code"])
    latitude, longitude = values["latitude"], values["longitude"]
    if latitude is None or longitude is None:
        return {"latitude": village.latitude, "longitude": village.longitude, "is_exact_point": False}
    distance = distance_in_kilometres(latitude, longitude, village.latitude, village.longitude)
    if distance > FARTHEST_KILOMETRES:
        raise PinTooFar(round(distance), village.title)
    return {"latitude": latitude, "longitude": longitude, "is_exact_point": True}


def _checked(actor: Actor, village_code: str, at: datetime) -> dict[str, Any]:
    """Say who has just looked: the KIM for which the coordinator speaks."""
    kim = next((kim for kim in list_coordinated_kim(actor) if kim.looks_after(village_code)), None)
    name = kim.name if kim else actor.name
    return {"checked_on": at.astimezone(clock.WIB).date(), "checked_by": name[:LONGEST_NAME]}
