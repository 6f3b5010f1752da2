"""Finding one's village while filling in a form: what the scripts of our pages ask."""

from math import isfinite

from flask import Blueprint, request

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.error_pages import answers_in_json
from marketplace.regions import find
from marketplace.regions.errors import PositionRefused
from marketplace.regions.places import VillageName

pages = Blueprint("villages", __name__, url_prefix="/desa")


@pages.get("/cari")
@open_to(anyone)
@answers_in_json
def find_villages():
    """The villages that the words after `q` mean, best first."""
    return _in_json(find.find_villages(request.args.get("q", "")))


@pages.get("/terdekat")
@open_to(anyone)
@answers_in_json
def list_nearest_villages():
    """The villages nearest to the point `lat`, `lng` in degrees."""
    latitude, longitude = _degrees("lat", 90), _degrees("lng", 180)
    return _in_json(find.list_nearest_villages(latitude, longitude))


def _degrees(name: str, most: int) -> float:
    try:
        degrees = float(request.args.get(name, ""))
    except ValueError as error:
        raise PositionRefused from error
    if not isfinite(degrees) or abs(degrees) > most:
        raise PositionRefused
    return degrees


def _in_json(found: list[VillageName]) -> dict:
    return {"villages": [{"code": one.code, "name": one.title, "where": one.where} for one in found]}
