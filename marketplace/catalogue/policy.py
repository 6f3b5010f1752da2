"""Who may do what in the catalogue."""

from marketplace.catalogue.models.listings import Listing
from marketplace.foundation.access import Actor
from marketplace.kim.policy import coordinates_village
from marketplace.umkm.models import Business


def may_import(actor: Actor) -> bool:
    """Spreadsheets are brought in at the console; pages for the Dinas come with the workspace."""
    return actor.is_console


def may_export(actor: Actor) -> bool:
    """An export holds listings that are not public, so it too is the console's."""
    return actor.is_console


def may_forget_counts(actor: Actor) -> bool:
    """Letting go of old figures is the server's own work."""
    return actor.is_console


def may_add_listing(actor: Actor, business: Business | None, village_code: str) -> bool:
    """The owner of the business, for its village; for businesses and attractions of a village its coordinators."""
    if actor.is_console or not actor.is_authenticated:
        return actor.is_console
    if business is not None and business.village_code != village_code:
        return False
    is_owner = business is not None and business.owner_id == actor.id
    return is_owner or coordinates_village(actor, village_code)


def may_change_listing(actor: Actor, listing: Listing) -> bool:
    """Whose it is, a coordinator of its village's KIM, and the console."""
    if actor.is_console or not actor.is_authenticated:
        return actor.is_console
    return owns(actor, listing) or coordinates_village(actor, listing.village_code)


def owns(actor: Actor, listing: Listing) -> bool:
    """The owner of the business that sells it; without a business, whoever posted it."""
    if actor.is_console or not actor.is_authenticated:
        return False
    return actor.id == (listing.business.owner_id if listing.business else listing.posted_by_id)


def may_publish(actor: Actor) -> bool:
    """Publishing past the KIM's check, and sending back, is the console's until the workspace for checking is there."""
    return actor.is_console
