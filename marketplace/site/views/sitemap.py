"""What search engines read: the sitemaps, split by 50,000 addresses, and robots.txt."""

from collections.abc import Iterable

from flask import Response, render_template

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.errors import NotFound
from marketplace.foundation.page_meta import absolute_url
from marketplace.site import queries
from marketplace.site.queries import SitemapEntry
from marketplace.site.views.blueprints import site_pages as pages


@pages.get("/sitemap.xml")
@open_to(anyone)
def list_sitemaps():
    """The sitemaps that there are."""
    names = ["utama", "wilayah"]
    names += [f"barang-{part}" for part in range(1, queries.count_listing_parts() + 1)]
    names += [f"usaha-{part}" for part in range(1, queries.count_business_parts() + 1)]
    return _xml(
        render_template("site/list_sitemaps.xml", addresses=[absolute_url(f"/sitemap-{name}.xml") for name in names])
    )


@pages.get("/sitemap-utama.xml")
@open_to(anyone)
def list_main_pages():
    """The fixed pages, the shelves and the KIM."""
    return _sitemap(queries.list_main_entries())


@pages.get("/sitemap-wilayah.xml")
@open_to(anyone)
def list_places():
    """Every kabupaten, kecamatan and village."""
    return _sitemap(queries.list_place_entries())


@pages.get("/sitemap-barang-<int:part>.xml")
@open_to(anyone)
def list_listings(part: int):
    """The public products and attractions, one part of them."""
    if not 1 <= part <= queries.count_listing_parts():
        raise NotFound
    return _sitemap(queries.list_listing_entries(part))


@pages.get("/sitemap-usaha-<int:part>.xml")
@open_to(anyone)
def list_businesses(part: int):
    """The businesses, one part of them."""
    if not 1 <= part <= queries.count_business_parts():
        raise NotFound
    return _sitemap(queries.list_business_entries(part))


@pages.get("/robots.txt")
@open_to(anyone)
def show_robots():
    """What robots may read: everything but the pages of people with an account."""
    lines = ("User-agent: *", "Disallow: /masuk", "Disallow: /akun", f"Sitemap: {absolute_url('/sitemap.xml')}", "")
    return Response("\n".join(lines), mimetype="text/plain")


def _sitemap(entries: Iterable[SitemapEntry]) -> Response:
    return _xml(render_template("site/sitemap.xml", entries=entries, origin=absolute_url("")))


def _xml(text: str) -> Response:
    return Response(text, mimetype="application/xml")
