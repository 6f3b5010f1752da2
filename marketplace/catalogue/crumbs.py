"""The way from the province to a village, as every page of something in a village shows it."""

from marketplace.foundation.page_meta import Crumb
from marketplace.regions.models import District, Regency, Village
from marketplace.regions.places import VillageName

PROVINCE_CRUMB = Crumb("Jawa Timur", "/wilayah")


def crumbs_to_regency(regency: Regency) -> list[Crumb]:
    return [PROVINCE_CRUMB, Crumb(regency.short_name, f"/wilayah/{regency.code}")]


def crumbs_to_district(district: District) -> list[Crumb]:
    return [*crumbs_to_regency(district.regency), Crumb(district.name, f"/wilayah/{district.code}")]


def crumbs_to_village(village: Village | VillageName) -> list[Crumb]:
    """Return kabupaten, kecamatan and village; phones have no room for the province."""
    return [
        Crumb(village.regency.short_name, f"/wilayah/{village.regency.code}"),
        Crumb(village.district.name, f"/wilayah/{village.district.code}"),
        Crumb(village.name, f"/desa/{village.code}"),
    ]


def ending_here(crumbs: list[Crumb]) -> list[Crumb]:
    """Return the way without the last step's address: that is the page itself."""
    return [*crumbs[:-1], Crumb(crumbs[-1].label)]
