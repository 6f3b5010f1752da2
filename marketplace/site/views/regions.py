"""The pages of places: the province, a kabupaten or kota, a kecamatan, a village."""

from flask import render_template, request

from marketplace.catalogue.crumbs import (
    PROVINCE_CRUMB,
    crumbs_to_district,
    crumbs_to_regency,
    crumbs_to_village,
    ending_here,
)
from marketplace.catalogue.queries import cards, places
from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.page_meta import Crumb, PageMeta, structured_crumbs
from marketplace.kim import queries as kim
from marketplace.regions import queries
from marketplace.regions.outlines import province_map
from marketplace.site.views.blueprints import region_pages as pages
from marketplace.umkm import queries as umkm

VILLAGES_IN_FOLD = 6
NEWEST_SHOWN = 6
TRIPS_SHOWN = 3
VILLAGE_PRODUCTS_SHOWN = 8
VILLAGE_TRIPS_SHOWN = 4
BUSINESSES_SHOWN = 12
REGENCY_CODE_LENGTH = len("35.23")


@pages.get("/wilayah")
@open_to(anyone)
def list_regencies():
    """The map, and all kabupaten and kota as a list."""
    outlines = province_map()
    crumbs = [Crumb(PROVINCE_CRUMB.label)]
    return render_template(
        "regions/list_regencies.html",
        regencies=places.list_regency_figures(),
        totals=places.count_place(places.PROVINCE),
        map_shapes=outlines.outlines,
        map_view_box=outlines.view_box,
        crumbs=crumbs,
        meta=_meta("Kabupaten dan kota di Jawa Timur", "Pilih kabupaten atau kota lewat peta atau daftar.", crumbs),
        section="desa",
    )


@pages.get("/wilayah/<code>")
@open_to(anyone)
def show_place(code: str):
    """A kabupaten or kota (`35.23`), or a kecamatan (`35.23.08`)."""
    return _show_regency(code) if len(code) == REGENCY_CODE_LENGTH else _show_district(code)


@pages.get("/desa/<code>")
@open_to(anyone)
def show_village(code: str):
    """A village: its KIM, what it sells, where to go; without a KIM what to do about that."""
    village, figures = places.get_village_with_figures(code)
    crumbs = ending_here(crumbs_to_village(village))
    title = f"{village.title}, {village.regency.short_name}"
    products, trips = cards.list_both_kinds(code, VILLAGE_PRODUCTS_SHOWN, VILLAGE_TRIPS_SHOWN)
    description = f"Produk UMKM dan wisata {village.title}, Kecamatan {village.district.name}, {village.regency.name}."
    return render_template(
        "regions/show_village.html",
        village=village,
        kims=kim.list_kim_of_village(village),
        dye=village.dye,
        figures=figures,
        products=products,
        trips=trips,
        businesses=umkm.list_businesses_of_village(code, BUSINESSES_SHOWN),
        share_text=f"{village.title} di Pasar KIM",
        crumbs=crumbs,
        meta=_meta(title, description, crumbs),
        section="desa",
    )


def _show_regency(code: str):
    regency = queries.get_regency(code)
    figures, outlines = places.count_place(code), province_map()
    districts = places.list_district_folds(code, VILLAGES_IN_FOLD)
    crumbs = ending_here(crumbs_to_regency(regency))
    description = f"{figures.products} produk dan {figures.attractions} wisata dari desa-desa di {regency.name}."
    return render_template(
        "regions/show_regency.html",
        regency=regency,
        figures=figures,
        village_count=sum(district.village_count for district in districts),
        districts=districts,
        map_shapes=outlines.outlines,
        map_view_box=outlines.view_box,
        crumbs=crumbs,
        meta=_meta(regency.name, description, crumbs),
        section="desa",
        **_newest_of(code),
    )


def _show_district(code: str):
    district = queries.get_district(code)
    crumbs = ending_here(crumbs_to_district(district))
    title = f"Kecamatan {district.name}, {district.regency.short_name}"
    return render_template(
        "regions/show_district.html",
        district=district,
        figures=places.count_place(code),
        villages=places.list_villages_of_district(code),
        kims=kim.list_kim_of_district(code),
        crumbs=crumbs,
        meta=_meta(title, f"Desa dan kelurahan, produk, dan wisata di {title}.", crumbs),
        section="desa",
        **_newest_of(code),
    )


def _newest_of(code: str) -> dict:
    newest, trips = cards.list_both_kinds(code, NEWEST_SHOWN, TRIPS_SHOWN)
    return {"newest": newest, "trips": trips}


def _meta(title: str, description: str, crumbs: list[Crumb]) -> PageMeta:
    return PageMeta(title, description, request.path, structured=[structured_crumbs(crumbs, request.path)])
