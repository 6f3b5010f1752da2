"""The page of a KIM."""

from flask import render_template, request

from marketplace.catalogue.contacts import contact_for_kim
from marketplace.catalogue.crumbs import crumbs_to_district, crumbs_to_village
from marketplace.catalogue.queries import cards, places
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import Crumb, PageMeta, absolute_url, structured_crumbs
from marketplace.kim import queries
from marketplace.site.views.blueprints import kim_pages as pages

PRODUCTS_SHOWN = 8
TRIPS_SHOWN = 4


@pages.get("/kim/<slug>")
@open_to(anyone)
def show_kim(slug: str):
    """A KIM: who they are, how to reach them, what their village sells and shows."""
    kim = queries.get_public_kim(slug)
    way = crumbs_to_village(kim.village) if kim.village else crumbs_to_district(kim.district)
    crumbs = [*way, Crumb(kim.name)]
    products, trips = cards.list_both_kinds(kim.place_code, PRODUCTS_SHOWN, TRIPS_SHOWN)
    return render_template(
        "kim/show_kim.html",
        kim=kim,
        dye=kim.dye,
        place_title=kim.place_title,
        contact=contact_for_kim(kim, absolute_url(request.path)),
        hour_rows=kim.opening_hours.rows() if kim.opening_hours else [],
        figures=places.count_place(kim.place_code),
        products=products,
        trips=trips,
        villages=[] if kim.village else places.list_villages_of_district(kim.district_code),
        share_text=f"{kim.name} di Pasar KIM",
        crumbs=crumbs,
        meta=PageMeta(
            title=f"{kim.name}, {kim.district.regency.short_name}",
            description=kim.introduction or f"{kim.name} merawat etalase {kim.place_title}.",
            path=request.path,
            structured=[structured_crumbs(crumbs, request.path)],
        ),
        section="desa",
    )
