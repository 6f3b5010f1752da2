"""Who may do what with accounts."""

from marketplace.accounts.models import User
from marketplace.foundation.access import Actor


def may_create_account(actor: Actor) -> bool:
    """Accounts are made at the console; people register themselves once that page exists."""
    return actor.is_console


def may_end_sign_ins(actor: Actor, user: User) -> bool:
    """The sign-ins of others are ended at the console."""
    return actor.is_console


def may_appoint(actor: Actor) -> bool:
    """Offices are given at the console."""
    return actor.is_console
