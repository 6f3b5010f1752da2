"""Who may do what with accounts."""

from marketplace.accounts.models import User
from marketplace.foundation.access import Actor


def is_oneself(actor: Actor, user: User) -> bool:
    """Tell whether somebody who has signed in acts on their own account."""
    return actor.is_authenticated and not actor.is_console and actor.id == user.id


def may_create_account(actor: Actor) -> bool:
    """People without an account register themselves; the console makes accounts for others."""
    return actor.is_console or not actor.is_authenticated


def may_end_sign_ins(actor: Actor, user: User) -> bool:
    """People end their own sign-ins; those of others are ended at the console."""
    return actor.is_console or is_oneself(actor, user)


def may_appoint(actor: Actor) -> bool:
    """Offices are given at the console."""
    return actor.is_console
