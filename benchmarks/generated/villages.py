"""The villages in which listings are made up: all that there are, a few of them with most of the listings."""

import random
from typing import NamedTuple

from marketplace.regions.models import short_regency_name
from marketplace.regions.services import REFERENCE_FILE
from marketplace.regions.source import read_places

# How many of them have an active KIM.
WITH_KIM = 1_086


class Village(NamedTuple):
    """A village as a listing needs it; `kim_name` is empty where there is no KIM."""

    code: str
    name: str
    regency_name: str
    latitude: float
    longitude: float
    kim_name: str


def read_villages(chance: random.Random) -> list[Village]:
    """Return all villages, the one with the most listings first; those at the head have a KIM."""
    rows = read_places(REFERENCE_FILE)
    regencies = {row["code"]: short_regency_name(row["name"]) for row in rows if row["level"] == "regency"}
    villages = [row for row in rows if row["level"] == "village"]
    chance.shuffle(villages)
    return [
        Village(
            code=row["code"],
            name=row["name"],
            regency_name=regencies[row["code"][:5]],
            latitude=float(row["lat"]),
            longitude=float(row["lng"]),
            kim_name=f"KIM {row['name']}" if rank < WITH_KIM else "",
        )
        for rank, row in enumerate(villages)
    ]
