"""Bringing the reference data of East Java's places into the database."""

import csv
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import bindparam, insert, select, update

from marketplace.foundation.database import db
from marketplace.foundation.distance import distance_in_kilometres
from marketplace.regions.models import District, Province, Regency, Village

REFERENCE_FILE = Path(__file__).parent / "data" / "wilayah-jatim.csv"

NEIGHBOURS = 6

# Parents before children: each level refers to the one above it.
LEVELS = {"province": Province, "regency": Regency, "district": District, "village": Village}


@dataclass(frozen=True)
class LoadReport:
    """How many places a load added, changed and found no longer named."""

    added: int
    changed: int
    retired: int


def load_regions(file: Path = REFERENCE_FILE) -> LoadReport:
    """Make the database say what the reference file says; loading the same file again changes nothing.

    A place that the file no longer names is kept and marked, because listings and KIM may refer to it; a name that
    an administrator corrected stays corrected.
    """
    rows: dict[str, dict[str, dict]] = {level: {} for level in LEVELS}
    with file.open(encoding="utf-8", newline="") as text:
        for row in csv.DictReader(text):
            rows[row["level"]][row["code"]] = _columns_of(row)
    _name_neighbours(rows["regency"].values())
    reports = [_load_level(model, rows[level]) for level, model in LEVELS.items()]
    db.session.flush()
    return LoadReport(
        added=sum(report.added for report in reports),
        changed=sum(report.changed for report in reports),
        retired=sum(report.retired for report in reports),
    )


def _columns_of(row: dict[str, str]) -> dict:
    code = row["code"]
    columns = {
        "code": code,
        "decreed_name": row["name"],
        "latitude": float(row["lat"]),
        "longitude": float(row["lng"]),
        "is_current": True,
    }
    match row["level"]:
        case "regency":
            columns |= {"kind": row["kind"], "province_code": code[:2]}
        case "district":
            columns |= {"regency_code": code[:5]}
        case "village":
            columns |= {"kind": row["kind"], "district_code": code[:8], "regency_code": code[:5]}
    return columns


def _name_neighbours(regencies: Collection[dict]) -> None:
    """Give each regency the codes of itself and the nearest others, by the distance of their middles."""
    for regency in regencies:
        by_distance = sorted(
            regencies,
            key=lambda other: distance_in_kilometres(
                regency["latitude"], regency["longitude"], other["latitude"], other["longitude"]
            ),
        )
        regency["neighbour_codes"] = ",".join(other["code"] for other in by_distance[:NEIGHBOURS])


def _load_level(model: type, wanted: dict[str, dict]) -> LoadReport:
    table = model.__table__
    names = next(iter(wanted.values())).keys() if wanted else ("code", "is_current")
    kept = {row.code: dict(row._mapping) for row in db.session.execute(select(*(table.c[name] for name in names)))}
    added = [columns for code, columns in wanted.items() if code not in kept]
    changed = [columns for code, columns in wanted.items() if code in kept and kept[code] != columns]
    retired = [code for code, columns in kept.items() if code not in wanted and columns["is_current"]]
    if added:
        db.session.execute(insert(table), added)
    if changed:
        _update(table, changed)
    if retired:
        _update(table, ({"code": code, "is_current": False} for code in retired))
    return LoadReport(len(added), len(changed), len(retired))


def _update(table, rows: Iterable[dict]) -> None:
    rows = [{f"new_{name}": value for name, value in row.items()} for row in rows]
    values = {name.removeprefix("new_"): bindparam(name) for name in rows[0] if name != "new_code"}
    statement = update(table).where(table.c.code == bindparam("new_code")).values(values)
    db.session.connection().execute(statement, rows)
