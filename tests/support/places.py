"""The few places that tests speak of, as the reference data has them."""

import csv

from marketplace.foundation.database import db
from marketplace.regions.models import District, Province, Regency, Village
from tests.support.repository import ROOT

REFERENCE = ROOT / "marketplace" / "regions" / "data" / "wilayah-jatim.csv"
TUBAN = "35.23"
KEREK = "35.23.08"
KEDUNGREJO = "35.23.08.2009"
MARGOREJO = "35.23.08.2008"
KOTA_MALANG = "35.73"
BLIMBING = "35.73.01"
PURWANTORO = "35.73.01.1007"
INSIDE_REGENCIES = {KEREK, KEDUNGREJO, MARGOREJO, BLIMBING, PURWANTORO}


def plant_places() -> None:
    """Add the province, its 38 kabupaten and kota, and of two of them a kecamatan with a village or two."""
    with REFERENCE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] in {"province", "regency"} or row["code"] in INSIDE_REGENCIES:
                db.session.add(_place(row))
                # Each level before the one that refers to it.
                db.session.flush()


def _place(row: dict[str, str]) -> Province | Regency | District | Village:
    code, parent = row["code"], row["parent_code"]
    columns = {
        "code": code,
        "decreed_name": row["name"],
        "latitude": float(row["lat"]),
        "longitude": float(row["lng"]),
    }
    match row["level"]:
        case "province":
            return Province(**columns)
        case "regency":
            return Regency(**columns, kind=row["kind"], province_code=parent)
        case "district":
            return District(**columns, regency_code=parent)
        case _:
            return Village(**columns, kind=row["kind"], district_code=parent, regency_code=code[:5])
