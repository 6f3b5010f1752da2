"""Who may do what in the catalogue."""

from marketplace.foundation.access import Actor


def may_import(actor: Actor) -> bool:
    """Spreadsheets are brought in at the console; pages for the Dinas come with the workspace."""
    return actor.is_console


def may_export(actor: Actor) -> bool:
    """An export holds listings that are not public, so it too is the console's."""
    return actor.is_console
