"""The page of one attraction."""

from flask import redirect, render_template

from marketplace.catalogue import contacts, facts
from marketplace.catalogue.crumbs import crumbs_to_village
from marketplace.catalogue.page_meta import meta_for_attraction, path_of
from marketplace.catalogue.queries.cards import list_around
from marketplace.catalogue.queries.listings import get_public_attraction
from marketplace.catalogue.shown import ShownAttraction
from marketplace.catalogue.views.attention import note_view
from marketplace.catalogue.views.blueprint import pages
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import absolute_url, same_query

SIMILAR_SHOWN = 5
SOUVENIRS_SHOWN = 5


@pages.get("/wisata/<int:id>")
@pages.get("/wisata/<int:id>-<slug>")
@open_to(anyone)
def show_attraction(id: int, slug: str = ""):
    """One attraction: photos, hours and tickets, how to get there, what to buy in its village."""
    details = get_public_attraction(id)
    attraction, village = details.listing, details.village
    if slug != attraction.slug:
        return redirect(same_query(path_of(attraction)), 301)
    note_view(attraction.id, village.code)
    today, hours = clock.today(), attraction.opening_hours
    crumbs = crumbs_to_village(village)
    similar, souvenirs = list_around(details, SIMILAR_SHOWN, SOUVENIRS_SHOWN)
    return render_template(
        "catalogue/show_attraction.html",
        attraction=attraction,
        village=village,
        category=details.category,
        photos=details.photos,
        kim=details.kim,
        crumbs=crumbs,
        contact=contacts.contact_for_attraction(details, absolute_url(path_of(attraction))),
        is_open_now=hours.is_open_at(clock.now()) if hours else None,
        today_hours=hours.today_text(today) if hours else None,
        hour_rows=hours.rows() if hours else [],
        ticket_rows=facts.ticket_rows(attraction),
        parking_text=facts.parking_text(attraction),
        facilities=facts.facilities_of(attraction),
        visit_facts=facts.visit_facts(attraction),
        warning=attraction.warning_on(today),
        directions=[line for line in attraction.directions.splitlines() if line.strip()],
        route_url=_route_url(attraction),
        souvenirs=souvenirs,
        similar=similar,
        share_text=f"{attraction.name}, {village.regency.short_name}",
        meta=meta_for_attraction(details, crumbs),
        section="wisata",
    )


def _route_url(attraction: ShownAttraction) -> str:
    """Return the address that opens the phone's own map with the way there."""
    return f"https://www.google.com/maps/dir/?api=1&destination={attraction.latitude},{attraction.longitude}"
