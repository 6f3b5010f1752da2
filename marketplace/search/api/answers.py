"""What is found, as JSON says it."""

from collections.abc import Iterable

from marketplace.catalogue.cards import Card, CardPhoto
from marketplace.catalogue.models.categories import ListingKind
from marketplace.foundation.page_meta import absolute_url
from marketplace.photos.addresses import photo_url, widths_of
from marketplace.search.find.search import Facet, Facets, Found, KimFound, PlaceFound, Search

WIDEST_PHOTO = 640
LENGTH_OF_REGENCY = len("35.23")


def answer_of(search: Search, found: Found) -> dict:
    """Return the whole answer; the document describes every field of it."""
    return {
        "total": found.total,
        "offset": search.offset,
        "limit": search.limit,
        "results": [*_results(found.cards, "all"), *_results(found.nearly, "some")][: search.limit],
        "facets": _facets(found.facets),
        "corrected": found.corrected,
        "left_out": list(found.left_out),
        "partial": found.is_partial,
        "places": [_place(place) for place in found.places],
        "kims": [_kim(kim) for kim in found.kims],
    }


def _results(cards: Iterable[Card], match: str) -> list[dict]:
    return [{**_result(card), "match": match} for card in cards]


def _result(card: Card) -> dict:
    return {
        "id": card.id,
        "kind": card.kind.value,
        "name": card.name,
        "url": absolute_url(card.url),
        "price": card.ticket if card.kind is ListingKind.ATTRACTION else card.price,
        "unit": card.unit,
        "photo": _photo(card.photo),
        "village": {"code": card.village_code, "name": card.village_name},
        "regency": {"code": card.village_code[:LENGTH_OF_REGENCY], "name": card.regency_name},
    }


def _photo(photo: CardPhoto | None) -> str | None:
    if photo is None:
        return None
    width = max(width for width in widths_of(photo.width) if width <= WIDEST_PHOTO)
    return absolute_url(photo_url(photo.digest, width))


def _facets(facets: Facets) -> dict:
    """Return the values of each condition under the name of the parameter that takes them."""
    conditions = {
        "jenis": facets.kinds,
        "kategori": facets.categories,
        "kabupaten": facets.regencies,
        "kecamatan": facets.districts,
        "desa": facets.villages,
        "izin": facets.legality,
    }
    return {name: [_facet(facet) for facet in values] for name, values in conditions.items()}


def _facet(facet: Facet) -> dict:
    return {"value": facet.value, "label": facet.label, "count": facet.count, "chosen": facet.is_chosen}


def _place(place: PlaceFound) -> dict:
    return {
        "level": place.level,
        "code": place.code,
        "name": place.name,
        "where": place.where,
        "url": absolute_url(place.url),
    }


def _kim(kim: KimFound) -> dict:
    return {"name": kim.name, "where": kim.where, "url": absolute_url(kim.url)}
