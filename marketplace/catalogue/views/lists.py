"""Lists of products and attractions: of the province, a category, a kabupaten or kecamatan, a village."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request, url_for

from marketplace.catalogue.cards import Card
from marketplace.catalogue.crumbs import PROVINCE_CRUMB, crumbs_to_district, crumbs_to_regency, crumbs_to_village
from marketplace.catalogue.models.categories import ListingKind
from marketplace.catalogue.queries import cards, categories, places
from marketplace.catalogue.views.blueprint import pages
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import Crumb, PageMeta, structured_crumbs
from marketplace.foundation.pagination import CONTINUE, Cursor, Page
from marketplace.regions import queries as regions

KIND_WORDS = {ListingKind.PRODUCT: "Produk", ListingKind.ATTRACTION: "Wisata"}


@dataclass(frozen=True)
class Chip:
    """One choice in the row above a list."""

    label: str
    url: str
    is_current: bool


@pages.get("/produk")
@open_to(anyone)
def list_products():
    """The newest products of the province."""
    return _list_province(
        ListingKind.PRODUCT, "Produk desa", "Langsung dari pembuatnya, dari desa di seluruh Jawa Timur."
    )


@pages.get("/wisata")
@open_to(anyone)
def list_attractions():
    """The newest attractions of the province."""
    return _list_province(
        ListingKind.ATTRACTION, "Wisata desa", "Pantai, gunung, candi, dan desa wisata di seluruh Jawa Timur."
    )


@pages.get("/kategori/<slug>")
@open_to(anyone)
def list_category(slug: str):
    """What stands on one shelf, or on all shelves of a group."""
    shelf = categories.get_shelf(slug)
    group_chip = Chip("Semua", url_for(".list_category", slug=shelf.group.slug), shelf.category.is_group)
    chips = [
        Chip(leaf.name, url_for(".list_category", slug=leaf.slug), leaf.id == shelf.category.id)
        for leaf in shelf.siblings
    ]
    crumbs = [Crumb(KIND_WORDS[shelf.category.kind], f"/{shelf.category.kind.value}")]
    if not shelf.category.is_group:
        crumbs.append(Crumb(shelf.group.name, group_chip.url))
    return _render_list(
        kind=shelf.category.kind,
        heading=shelf.category.name,
        lead=shelf.category.description,
        page=cards.list_in_categories([leaf.id for leaf in shelf.leaves], _after()),
        total=shelf.total,
        crumbs=[*crumbs, Crumb(shelf.category.name)],
        chips=[group_chip, *chips],
    )


@pages.get("/wilayah/<code>/produk")
@open_to(anyone)
def list_place_products(code: str):
    """The products of a kabupaten, kota or kecamatan."""
    return _list_place(code, ListingKind.PRODUCT)


@pages.get("/wilayah/<code>/wisata")
@open_to(anyone)
def list_place_attractions(code: str):
    """The attractions of a kabupaten, kota or kecamatan."""
    return _list_place(code, ListingKind.ATTRACTION)


@pages.get("/desa/<code>/produk")
@open_to(anyone)
def list_village_products(code: str):
    """The products of a village."""
    return _list_village(code, ListingKind.PRODUCT)


@pages.get("/desa/<code>/wisata")
@open_to(anyone)
def list_village_attractions(code: str):
    """The attractions of a village."""
    return _list_village(code, ListingKind.ATTRACTION)


def _list_province(kind: ListingKind, heading: str, lead: str):
    counts = places.count_place(places.PROVINCE)
    groups = [group for group in categories.list_groups() if group.kind is kind]
    shelves = groups if len(groups) > 1 else [leaf for leaf in categories.list_leaves() if leaf.kind is kind]
    chips = [Chip(shelf.name, url_for(".list_category", slug=shelf.slug), False) for shelf in shelves]
    return _render_list(
        kind=kind,
        heading=heading,
        lead=lead,
        page=cards.list_newest(kind, _after()),
        total=_total(counts, kind),
        crumbs=[PROVINCE_CRUMB, Crumb(KIND_WORDS[kind])],
        chips=chips,
    )


def _list_place(code: str, kind: ListingKind):
    if len(code) == len("35.23"):
        place = regions.get_regency(code)
        name, crumbs = place.name, crumbs_to_regency(place)
    else:
        place = regions.get_district(code)
        name, crumbs = f"Kecamatan {place.name}", crumbs_to_district(place)
    return _list_of_place(kind, code, name, crumbs)


def _list_village(code: str, kind: ListingKind):
    village = regions.get_village(code)
    return _list_of_place(kind, code, village.title, crumbs_to_village(village))


def _list_of_place(kind: ListingKind, code: str, name: str, crumbs: list[Crumb]):
    counts = places.count_place(code)
    endings = {ListingKind.PRODUCT: "products", ListingKind.ATTRACTION: "attractions"}
    level = "village" if len(code) == len("35.23.08.2009") else "place"
    chips = [
        Chip(KIND_WORDS[other], url_for(f".list_{level}_{ending}", code=code), other is kind)
        for other, ending in endings.items()
    ]
    return _render_list(
        kind=kind,
        heading=f"{KIND_WORDS[kind]} dari {name}" if kind is ListingKind.PRODUCT else f"{KIND_WORDS[kind]} di {name}",
        lead="",
        page=cards.list_in_place(code, kind, _after()),
        total=_total(counts, kind),
        crumbs=[*crumbs, Crumb(KIND_WORDS[kind])],
        chips=chips,
    )


def _render_list(
    kind: ListingKind,
    heading: str,
    lead: str,
    page: Page[Card],
    total: int,
    crumbs: Sequence[Crumb],
    chips: Sequence[Chip],
):
    continues = CONTINUE in request.args
    meta = PageMeta(
        title=heading,
        description=lead or f"{heading}: foto, harga, dan cara memesan langsung dari desanya.",
        path=request.path,
        structured=[structured_crumbs(crumbs, request.path)],
        # Later pages shift with every new listing: searchers are led to the first, crawlers follow its links.
        robots="noindex, follow" if continues else None,
    )
    return render_template(
        "catalogue/list_listings.html",
        heading=heading,
        lead=lead,
        page=page,
        total=total,
        following_url=f"{request.path}?{CONTINUE}={page.following}" if page.following else None,
        first_url=request.path if continues else None,
        crumbs=crumbs,
        chips=chips,
        is_trips=kind is ListingKind.ATTRACTION,
        meta=meta,
        section=kind.value,
    )


def _after() -> Cursor | None:
    return Cursor.parse(request.args.get(CONTINUE))


def _total(counts, kind: ListingKind) -> int:
    return counts.products if kind is ListingKind.PRODUCT else counts.attractions
