"""Who may put a place to visit on the map."""

from marketplace.foundation.access import Actor
from marketplace.kim.policy import coordinates_village


def may_post_attraction(actor: Actor, village_code: str) -> bool:
    """A coordinator of the village's KIM, or of its kecamatan's."""
    return coordinates_village(actor, village_code)
