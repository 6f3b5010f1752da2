"""Who may change a business."""

from marketplace.foundation.access import Actor
from marketplace.kim.policy import coordinates_village
from marketplace.umkm.models import Business


def may_change_business(actor: Actor, business: Business) -> bool:
    """Its owner, a coordinator of its village's KIM, and the console."""
    if actor.is_console or not actor.is_authenticated:
        return actor.is_console
    return business.owner_id == actor.id or coordinates_village(actor, business.village_code)
