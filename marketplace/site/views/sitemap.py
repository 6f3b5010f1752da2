"""What search engines read: the sitemaps, split by 50,000 addresses, and robots.txt."""

from collections.abc import Iterable

from flask import Response
from markupsafe import escape

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.errors import NotFound
from marketplace.foundation.page_meta import absolute_url
from marketplace.site import queries
from marketplace.site.queries import SitemapEntry
from marketplace.site.views.blueprints import site_pages as pages

XML_HEADER = '<?xml version="1.0" encoding="UTF-8"?>'
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Long to make where the province is full, and no search engine comes back within the hour.
FRESH_SECONDS = 3600


@pages.get("/sitemap.xml")
@open_to(anyone)
def list_sitemaps():
    """The sitemaps that there are."""
    names = ["utama", "wilayah"]
    names += [f"barang-{part}" for part in range(1, queries.count_listing_parts() + 1)]
    names += [f"usaha-{part}" for part in range(1, queries.count_business_parts() + 1)]
    lines = [f"<sitemap><loc>{escape(absolute_url(f'/sitemap-{name}.xml'))}</loc></sitemap>" for name in names]
    return _xml("\n".join((XML_HEADER, f'<sitemapindex xmlns="{NAMESPACE}">', *lines, "</sitemapindex>")))


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
    """What robots may read: not the pages of people with an account, nor the endless combinations of searches."""
    closed = [f"Disallow: {path}" for path in ("/masuk", "/akun", "/cari?", "/cari/")]
    lines = ("User-agent: *", *closed, f"Sitemap: {absolute_url('/sitemap.xml')}", "")
    return Response("\n".join(lines), mimetype="text/plain")


def _sitemap(entries: Iterable[SitemapEntry]) -> Response:
    """Return the entries as XML: their paths are made of digits, letters and hyphens, so nothing needs escaping."""
    origin = escape(absolute_url(""))
    lines = [f"<url><loc>{origin}{entry.path}</loc>{_changed(entry)}</url>" for entry in entries]
    return _xml("\n".join((XML_HEADER, f'<urlset xmlns="{NAMESPACE}">', *lines, "</urlset>")))


def _changed(entry: SitemapEntry) -> str:
    return f"<lastmod>{entry.changed_at.isoformat(timespec='seconds')}</lastmod>" if entry.changed_at else ""


def _xml(text: str) -> Response:
    response = Response(text, mimetype="application/xml")
    response.cache_control.public, response.cache_control.max_age = True, FRESH_SECONDS
    return response
