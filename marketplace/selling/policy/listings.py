"""Who may tend a listing from the desk."""

from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingStatus
from marketplace.foundation.access import Actor

# What its seller, or time, has put away; what was refused or erased stays away.
RETURNS = {ArchiveReason.SELLER, ArchiveReason.UNANSWERED}


def may_tend(actor: Actor, listing: Listing) -> bool:
    """The owner of the business that sells it; without a business, whoever posted it."""
    if actor.is_console or not actor.is_authenticated:
        return actor.is_console
    if listing.business is not None:
        return listing.business.owner_id == actor.id
    return listing.posted_by_id == actor.id


def may_restore(actor: Actor, listing: Listing) -> bool:
    """Whoever tends it, unless consent was refused or its account is gone."""
    is_away_for_good = listing.status is ListingStatus.ARCHIVED and listing.archive_reason not in {*RETURNS, None}
    return may_tend(actor, listing) and not is_away_for_good


def may_remind(actor: Actor) -> bool:
    """Putting away what nobody answers for is the server's own work."""
    return actor.is_console
