"""Who speaks for a KIM."""

from marketplace.foundation.access import Actor
from marketplace.kim import people
from marketplace.kim.models import Kim


def coordinates(actor: Actor, kim: Kim) -> bool:
    """A coordinator of the KIM, while it is active."""
    return kim.is_public and any(known.id == kim.id for known in people.list_coordinated_kim(actor))


def coordinates_village(actor: Actor, village_code: str) -> bool:
    """A coordinator of a KIM of the village, or of its kecamatan's."""
    return any(kim.looks_after(village_code) for kim in people.list_coordinated_kim(actor))


def coordinates_something(actor: Actor) -> bool:
    """A coordinator of any KIM."""
    return bool(people.list_coordinated_kim(actor))
