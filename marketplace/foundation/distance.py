"""How far one point lies from another, as the crow flies."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KILOMETRES = 6371.0


def distance_in_kilometres(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance of two points given in degrees (haversine formula)."""
    north, east = radians(other_latitude - latitude), radians(other_longitude - longitude)
    half_chord = sin(north / 2) ** 2 + cos(radians(latitude)) * cos(radians(other_latitude)) * sin(east / 2) ** 2
    return 2 * EARTH_RADIUS_KILOMETRES * asin(sqrt(half_chord))
