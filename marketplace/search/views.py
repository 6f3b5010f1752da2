"""The pages of the search: what was found, and what a browser is told so that it can ask from its own box."""

from flask import Blueprint, Response, render_template, request

from marketplace.catalogue.queries import categories
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import PageMeta
from marketplace.search import parameters, popular
from marketplace.search.find.listings import find_listings
from marketplace.search.find.search import Found, Search

pages = Blueprint("search", __name__)

POPULAR_SHOWN = 6
OPEN_SEARCH_TYPE = "application/opensearchdescription+xml"


@pages.get("/cari")
@open_to(anyone)
def show_results():
    """What was found for some words and conditions, or everything; the villages of it; or the ways on."""
    search = parameters.read_search(request.args)
    found = find_listings(search)
    # Counted when it begins: every page, condition and order that follows is still the same search.
    if found.is_ready and search == Search(search.text):
        is_answered = not (found.is_partial or found.left_out)
        popular.note(search.text, found.total if is_answered else 0)
    return render_template(
        "search/show_results.html",
        search=search,
        found=found,
        total=found.total,
        noun=_noun(search),
        kinds=parameters.kind_choices(search, found.facets),
        orders=parameters.order_choices(search),
        prices=parameters.price_choices(search),
        filters=parameters.active_filters(search, found.facets),
        url_without_filters=parameters.address_without_filters(search),
        url_as_typed=parameters.address_of(search, exactly_as_typed=True),
        first=search.offset + 1,
        last=min(search.offset + search.limit, found.total),
        following_url=parameters.following_address(search, found.total),
        first_url=parameters.address_of(search, offset=0) if search.offset else None,
        crumbs=[],
        meta=_meta(search),
        section="cari",
        **_ways_on(found),
    )


@pages.get("/opensearch.xml")
@open_to(anyone)
def describe_search():
    """The description that lets a browser offer Pasar KIM among its search engines."""
    return Response(render_template("search/describe_search.xml"), mimetype=OPEN_SEARCH_TYPE)


def _noun(search: Search) -> str:
    if search.by_village:
        return "desa"
    return search.kind.value if search.kind else "hasil"


def _ways_on(found: Found) -> dict:
    """Return what leads on where there is nothing to show: popular words, or the shelves while there are none."""
    if found.is_ready and found.total:
        return {}
    return {"popular_words": popular.list_popular(POPULAR_SHOWN), "groups": categories.list_groups()}


def _meta(search: Search) -> PageMeta:
    path = parameters.canonical_of(search)
    return PageMeta(
        title=f"{search.text}: hasil pencarian" if search.text else "Cari produk dan wisata desa",
        description="Cari produk UMKM dan tempat wisata dari semua desa di Jawa Timur, lengkap dengan harga dan desanya.",
        path=path,
        # There is no end of combinations: searchers are led to the pages of places and shelves instead.
        robots=None if path == parameters.PATH and not search.offset else "noindex, follow",
    )
