"""Who speaks for a KIM, and who helps people back into their account."""

from marketplace.accounts.models import Office, User
from marketplace.foundation.access import Actor
from marketplace.kim import people
from marketplace.kim.models import Kim


def coordinates(actor: Actor, kim: Kim) -> bool:
    """A coordinator of the KIM, while it is active."""
    return kim.is_public and any(known.id == kim.id for known in people.list_coordinated_kim(actor))


def coordinates_village(actor: Actor, village_code: str) -> bool:
    """A coordinator of a KIM of the village, or of its kecamatan's."""
    return any(kim.looks_after(village_code) for kim in people.list_coordinated_kim(actor))


def coordinates_something(actor: Actor) -> bool:
    """A coordinator of any KIM."""
    return bool(people.list_coordinated_kim(actor))


def helps_people_back_in(actor: Actor) -> bool:
    """Whoever coordinates a KIM or holds an office."""
    return coordinates_something(actor) or bool(people.list_offices(actor))


def may_help_back_in(actor: Actor, user: User) -> bool:
    """A coordinator of the person's village, an officer of their kabupaten, an administrator; nobody themselves.

    Who holds an office is helped by administrators only: a link is a way into the account that it is made for.
    """
    if actor.is_console or not actor.is_authenticated or actor.id == user.id:
        return False
    offices = people.list_offices(actor)
    if any(appointment.office is Office.ADMIN for appointment in offices):
        return True
    if not user.village_code or people.list_offices(user):
        return False
    is_officer = any(user.village_code.startswith(f"{appointment.regency_code}.") for appointment in offices)
    return is_officer or coordinates_village(actor, user.village_code)
