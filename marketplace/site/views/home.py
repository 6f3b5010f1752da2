"""The front door."""

from flask import render_template

from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.queries import cards, categories, places
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.formatting import market_day_line
from marketplace.foundation.page_meta import PageMeta, absolute_url
from marketplace.regions.outlines import province_map
from marketplace.site.views.blueprints import site_pages as pages

NEWEST_SHOWN = 10
TRIPS_SHOWN = 5
VILLAGES_SHOWN = 3


@pages.get("/")
@open_to(anyone)
def show_home():
    """The map to tap, the shelves, what is new from the villages, where to go, and which villages joined."""
    regencies = places.list_regency_figures()
    outlines = province_map()
    return render_template(
        "site/show_home.html",
        day_line=market_day_line(clock.today()),
        totals=places.count_place(places.PROVINCE),
        regencies=regencies,
        selected=max(regencies, key=lambda regency: regency.products + regency.attractions, default=None),
        map_shapes=outlines.outlines,
        map_view_box=outlines.view_box,
        groups=categories.list_groups(),
        newest=cards.list_newest(ListingKind.PRODUCT, size=NEWEST_SHOWN).items,
        trips=cards.list_newest(ListingKind.ATTRACTION, size=TRIPS_SHOWN).items,
        villages=places.list_newest_villages(VILLAGES_SHOWN),
        crumbs=[],
        meta=_meta(),
        section="beranda",
    )


def _meta() -> PageMeta:
    url = absolute_url("/")
    return PageMeta(
        title="Pasar KIM: produk dan wisata desa Jawa Timur",
        description="Belanja produk UMKM dan cari tempat wisata langsung dari desa-desa di Jawa Timur, "
        "dirawat Kelompok Informasi Masyarakat di tiap desa.",
        path="/",
        structured=[{"@context": "https://schema.org", "@type": "WebSite", "name": "Pasar KIM", "url": url}],
    )
