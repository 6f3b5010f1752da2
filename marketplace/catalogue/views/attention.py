"""Counting who looks at a listing, and who goes on to WhatsApp from it."""

import re

from flask import request
from flask_login import current_user

from marketplace.catalogue.queries.attention import get_village_of_public, looks_after
from marketplace.catalogue.services import attention
from marketplace.catalogue.views.blueprint import pages
from marketplace.foundation.access import anyone, has_account, open_to
from marketplace.foundation.database import reading
from marketplace.foundation.limits import limiter, network_of_visitor
from marketplace.foundation.transactions import write_nothing

# Every browser begins with the name of its great-grandfather, old telephones with Opera Mini's; programs do not.
BROWSER = re.compile(r"(Mozilla|Opera)/")
# Programs that pass for browsers say what they are, and where to read about them. (Cubot makes telephones.)
PROGRAM = re.compile(
    r"(?<!cu)bot\b|crawl|spider|slurp|preview|externalhit|monitor|lighthouse|https?://|@", re.IGNORECASE
)


@pages.post("/ketuk/<int:id>")
@open_to(anyone)
# Telephones share addresses by the thousand; a program that counts itself up is stopped all the same.
@limiter.limit("120 per minute")
# It is counted in memory and waits for nobody who writes.
@reading()
def note_tap(id: int):
    """Take note that somebody goes from a public listing to WhatsApp; what it answers is nothing."""
    write_nothing()
    village_code = get_village_of_public(id)
    if _is_our_own_page() and _counts(id, village_code):
        attention.note_tap(id, _visitor())
    return "", 204


def note_view(listing_id: int, village_code: str) -> None:
    """Take note that the page of a listing is shown, unless to a program or to those who sell there."""
    if request.method == "GET" and _counts(listing_id, village_code):
        attention.note_view(listing_id, _visitor())


def _counts(listing_id: int, village_code: str) -> bool:
    if not _is_a_person_s_browser() or _looks_ahead():
        return False
    return not (has_account() and looks_after(current_user, listing_id, village_code))


def _is_a_person_s_browser() -> bool:
    name = request.headers.get("User-Agent", "")
    return BROWSER.match(name) is not None and PROGRAM.search(name) is None


def _looks_ahead() -> bool:
    """Tell whether a browser fetches what its person may or may not open."""
    purpose = request.headers.get("Sec-Purpose") or request.headers.get("Purpose") or ""
    return "prefetch" in purpose.lower()


def _is_our_own_page() -> bool:
    """Tell whether no other site made the browser ask: counting needs no token, and other sites shall not count."""
    return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"


def _visitor() -> str:
    """Return what tells this visitor from others for an hour: many telephones share an address."""
    return f"{network_of_visitor()} {request.headers.get('User-Agent', '')}"
