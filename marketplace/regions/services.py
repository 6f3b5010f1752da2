"""Bringing the reference data of East Java's places into the database."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Table, bindparam, insert, select, update

from marketplace.foundation import outbox
from marketplace.foundation.database import db
from marketplace.foundation.distance import distance_in_kilometres
from marketplace.foundation.outbox import Subject
from marketplace.regions.errors import PlacesRefused
from marketplace.regions.models import District, Province, Regency, Village
from marketplace.regions.source import LEVEL_NAMES, read_places

REFERENCE_FILE = Path(__file__).parent / "data" / "wilayah-jatim.csv"

NEIGHBOURS = 6
# A decree moves or renames a few places; a file that lacks more of a level than this is probably not the whole.
LARGEST_SHARE_RETIRED = 0.05

# Parents before children: each level refers to the one above it.
LEVELS = {"province": Province, "regency": Regency, "district": District, "village": Village}


@dataclass(frozen=True)
class LoadReport:
    """How many places a load added, changed and found no longer named."""

    added: int
    changed: int
    retired: int


@dataclass(frozen=True)
class _Changes:
    """What loading would do to one level: the rows to add and to change, the codes to retire, of how many.

    `renamed` are the codes of those, among the changed, that will be called otherwise.
    """

    added: list[dict]
    changed: list[dict]
    renamed: list[str]
    retired: list[str]
    current: int


def load_regions(file: Path = REFERENCE_FILE, may_retire_many: bool = False) -> LoadReport:
    """Make the database say what the reference file says; loading the same file again changes nothing.

    A place that the file no longer names is kept and marked, because listings and KIM may refer to it; a name that
    an administrator corrected stays corrected. Refuses with PlacesRefused a file that is not a table of places, and,
    unless it is the one shipped with the marketplace or `may_retire_many`, one that lacks many of those there.
    """
    rows: dict[str, dict[str, dict]] = {level: {} for level in LEVELS}
    for row in read_places(file):
        rows[row["level"]][row["code"]] = _columns_of(row)
    _name_neighbours(rows["regency"].values())
    changes = {level: _compare(model, rows[level]) for level, model in LEVELS.items()}
    if not may_retire_many and file != REFERENCE_FILE:
        _refuse_to_retire_many(changes)
    for level, model in LEVELS.items():
        _apply(changes[level], model.__table__)
        outbox.note(Subject.PLACE, changes[level].renamed)
    db.session.flush()
    return LoadReport(
        added=sum(len(level.added) for level in changes.values()),
        changed=sum(len(level.changed) for level in changes.values()),
        retired=sum(len(level.retired) for level in changes.values()),
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


def _compare(model: type, wanted: dict[str, dict]) -> _Changes:
    table = model.__table__
    names = next(iter(wanted.values())).keys()
    kept = {row.code: dict(row._mapping) for row in db.session.execute(select(*(table.c[name] for name in names)))}
    changed = [columns for code, columns in wanted.items() if code in kept and kept[code] != columns]
    return _Changes(
        added=[columns for code, columns in wanted.items() if code not in kept],
        changed=changed,
        renamed=[row["code"] for row in changed if row["decreed_name"] != kept[row["code"]]["decreed_name"]],
        retired=[code for code, columns in kept.items() if code not in wanted and columns["is_current"]],
        current=sum(columns["is_current"] for columns in kept.values()),
    )


def _refuse_to_retire_many(changes: dict[str, _Changes]) -> None:
    for level, change in changes.items():
        if len(change.retired) > change.current * LARGEST_SHARE_RETIRED:
            raise PlacesRefused(
                f"Berkas ini tidak lagi menyebut {len(change.retired)} dari {change.current} {LEVEL_NAMES[level]}, "
                "jadi mungkin tidak lengkap. Bila memang benar, ulangi dengan --force."
            )


def _apply(changes: _Changes, table: Table) -> None:
    if changes.added:
        db.session.execute(insert(table), changes.added)
    if changes.changed:
        _update(table, changes.changed)
    if changes.retired:
        _update(table, ({"code": code, "is_current": False} for code in changes.retired))


def _update(table: Table, rows: Iterable[dict]) -> None:
    rows = [{f"new_{name}": value for name, value in row.items()} for row in rows]
    values = {name.removeprefix("new_"): bindparam(name) for name in rows[0] if name != "new_code"}
    statement = update(table).where(table.c.code == bindparam("new_code")).values(values)
    db.session.connection().execute(statement, rows)
