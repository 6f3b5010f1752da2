"""Who may keep drafts, and whose they are."""

from marketplace.foundation.access import Actor
from marketplace.selling.models import Draft


def may_keep_drafts(actor: Actor) -> bool:
    """Whoever has an account; the console sells nothing."""
    return actor.is_authenticated and not actor.is_console


def may_change_draft(actor: Actor, draft: Draft) -> bool:
    """The person who began it."""
    return may_keep_drafts(actor) and draft.user_id == actor.id


def may_sweep(actor: Actor) -> bool:
    """Forgetting what nobody needs any more is the server's own work."""
    return actor.is_console
