"""Who may do what in the catalogue."""

from marketplace.foundation.access import Actor


def may_import(actor: Actor) -> bool:
    """Spreadsheets are brought in at the console; pages for the Dinas come with the workspace."""
    return actor.is_console


def may_export(actor: Actor) -> bool:
    """An export holds listings that are not public, so it too is the console's."""
    return actor.is_console


def may_publish(actor: Actor) -> bool:
    """Publishing past the KIM's check, and sending back, is the console's until the workspace for checking is there."""
    return actor.is_console
