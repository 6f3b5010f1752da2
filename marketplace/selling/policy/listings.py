"""Who may tend a listing from the desk."""

from marketplace.catalogue.models.listings import ArchiveReason, Listing, ListingStatus
from marketplace.catalogue.policy import may_change_listing, owns
from marketplace.foundation.access import Actor

# What its seller, or time, has put away; what was refused or erased stays away.
RETURNS = {ArchiveReason.SELLER, ArchiveReason.UNANSWERED}


def may_tend(actor: Actor, listing: Listing) -> bool:
    """Whose it is; what nobody owns yet, because the KIM sells it, also its coordinators."""
    if listing.business is not None and listing.business.owner_id is not None:
        return actor.is_console or owns(actor, listing)
    return may_change_listing(actor, listing)


def may_restore(actor: Actor, listing: Listing) -> bool:
    """Whoever tends it, unless consent was refused or its account is gone."""
    is_away_for_good = listing.status is ListingStatus.ARCHIVED and listing.archive_reason not in {*RETURNS, None}
    return may_tend(actor, listing) and not is_away_for_good


def may_remind(actor: Actor) -> bool:
    """Putting away what nobody answers for is the server's own work."""
    return actor.is_console
