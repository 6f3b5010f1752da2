"""Who may take a person's data out, and who may erase it."""

from marketplace.accounts.models import User
from marketplace.accounts.policy import is_oneself
from marketplace.foundation.access import Actor


def may_download(actor: Actor, user: User) -> bool:
    """The person themselves."""
    return is_oneself(actor, user)


def may_erase(actor: Actor, user: User) -> bool:
    """The person themselves."""
    return is_oneself(actor, user)
