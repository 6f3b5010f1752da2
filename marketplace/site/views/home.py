"""The front door."""

from collections.abc import Sequence

from flask import render_template, url_for

from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.queries import cards, categories, places
from marketplace.foundation import clock
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.formatting import market_day_line
from marketplace.foundation.page_meta import PageMeta, absolute_url
from marketplace.regions.outlines import province_map
from marketplace.search import parameters, popular
from marketplace.site.views.blueprints import site_pages as pages

NEWEST_SHOWN = 10
TRIPS_SHOWN = 5
VILLAGES_SHOWN = 3
SOUGHT_SHOWN = 4


@pages.get("/")
@open_to(anyone)
def show_home():
    """The map to tap, the shelves, what is new from the villages, where to go, and which villages joined."""
    regencies = places.list_regency_figures()
    outlines = province_map()
    groups = categories.list_groups()
    return render_template(
        "site/show_home.html",
        day_line=market_day_line(clock.today()),
        totals=places.count_place(places.PROVINCE),
        regencies=regencies,
        selected=max(regencies, key=lambda regency: regency.products + regency.attractions, default=None),
        map_shapes=outlines.outlines,
        map_view_box=outlines.view_box,
        groups=groups,
        sought=_sought(groups),
        newest=cards.list_newest(ListingKind.PRODUCT, size=NEWEST_SHOWN).items,
        trips=cards.list_newest(ListingKind.ATTRACTION, size=TRIPS_SHOWN).items,
        villages=places.list_newest_villages(VILLAGES_SHOWN),
        crumbs=[],
        meta=_meta(),
        section="beranda",
    )


def _sought(groups: Sequence[Category]) -> list[tuple[str, str]]:
    """Return what people seek most with its addresses; while nobody has sought anything, the first shelves."""
    words = popular.list_popular(SOUGHT_SHOWN)
    if words:
        return [(word, url_for("search.show_results", q=word)) for word in words]
    return [(group.name, url_for("catalogue.list_category", slug=group.slug)) for group in groups[:SOUGHT_SHOWN]]


def _meta() -> PageMeta:
    url = absolute_url("/")
    search = {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{absolute_url(parameters.PATH)}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }
    website = {"@context": "https://schema.org", "@type": "WebSite", "name": "Pasar KIM", "url": url}
    return PageMeta(
        title="Pasar KIM: produk dan wisata desa Jawa Timur",
        description="Belanja produk UMKM dan cari tempat wisata langsung dari desa-desa di Jawa Timur, "
        "dirawat Kelompok Informasi Masyarakat di tiap desa.",
        path="/",
        structured=[{**website, "potentialAction": search}],
    )
