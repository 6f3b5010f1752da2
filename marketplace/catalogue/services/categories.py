"""Bringing the marketplace's shelves into the database, and the other words by which people know them."""

import csv
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from marketplace.catalogue.errors import CategoriesRefused
from marketplace.catalogue.models.categories import Category, ListingKind, Tone
from marketplace.catalogue.services.outbox import note_changed_categories
from marketplace.foundation.database import db

COLUMNS = {"level", "kind", "slug", "label", "group", "icon", "tone", "description", "aliases"}
# By these a listing is found; the others only dress its shelf.
SHOWN_BY_LISTINGS = {"name", "parent_id"}
REFERENCE_FILE = Path(__file__).parents[1] / "data" / "categories.csv"


@dataclass(frozen=True)
class CategoriesReport:
    """How many categories a load added, changed and archived."""

    added: int
    changed: int
    archived: int


def load_categories(file: Path = REFERENCE_FILE) -> CategoriesReport:
    """Make the database say what the reference file says; loading the same file again changes nothing.

    A category that the file no longer names is archived, never deleted, because listings refer to it. Refuses with
    CategoriesRefused a file after which a page would find a group without leaves, a leaf without its group, or
    listings where none may stand.
    """
    rows = _rows(file)
    kept = {category.slug: category for category in db.session.scalars(select(Category))}
    _refuse_impossible(rows, kept)
    added = changed = 0
    renamed: list[Category] = []
    named = set()
    # Groups stand before their leaves in the file, so a parent is always known when its child is read.
    for position, row in enumerate(rows):
        named.add(row["slug"])
        values = {
            "name": row["label"],
            "kind": ListingKind(row["kind"]),
            "description": row["description"],
            "icon": row["icon"],
            "tone": Tone(row["tone"]),
            "parent_id": kept[row["group"]].id if row["level"] == "leaf" else None,
            "position": position,
            "is_current": True,
        }
        category = kept.get(row["slug"])
        if category is None:
            category = kept[row["slug"]] = Category(slug=row["slug"], **values)
            db.session.add(category)
            db.session.flush()
            added += 1
        elif differing := [name for name, value in values.items() if getattr(category, name) != value]:
            for name in differing:
                setattr(category, name, values[name])
            changed += 1
            if not SHOWN_BY_LISTINGS.isdisjoint(differing):
                renamed.append(category)
    archived = [category for slug, category in kept.items() if slug not in named and category.is_current]
    for category in archived:
        category.is_current = False
    db.session.flush()
    note_changed_categories(category.id for category in renamed)
    return CategoriesReport(added, changed, len(archived))


def category_aliases(file: Path = REFERENCE_FILE) -> dict[tuple[ListingKind, str], str]:
    """Return the slug behind each other wording, such as `(produk, "Minuman & jamu")`."""
    return {
        (ListingKind(row["kind"]), alias): row["slug"]
        for row in _rows(file)
        for alias in filter(None, row["aliases"].split(";"))
    }


def _refuse_impossible(rows: list[dict[str, str]], kept: dict[str, Category]) -> None:
    if not rows or not rows[0].keys() >= COLUMNS:
        raise CategoriesRefused(f"Ini bukan berkas kategori: judul kolomnya harus {', '.join(sorted(COLUMNS))}.")
    kind_of_group: dict[str, str] = {}
    slugs = set()
    for row in rows:
        if problem := _problem_of(row, kind_of_group, kept.get(row["slug"])):
            raise CategoriesRefused(f'Kategori "{row["slug"]}" {problem}.')
        if row["slug"] in slugs:
            raise CategoriesRefused(f'Kategori "{row["slug"]}" ada dua kali.')
        slugs.add(row["slug"])
        if row["level"] == "group":
            kind_of_group[row["slug"]] = row["kind"]
    if empty := kind_of_group.keys() - {row["group"] for row in rows}:
        raise CategoriesRefused(f"Kelompok tanpa satu kategori pun: {', '.join(sorted(empty))}.")


def _problem_of(row: dict[str, str], kind_of_group: dict[str, str], kept: Category | None) -> str | None:
    if row["level"] not in {"group", "leaf"}:
        return f'bertingkat "{row["level"]}", bukan "group" atau "leaf"'
    if row["kind"] not in set(ListingKind) or row["tone"] not in set(Tone):
        return f'berjenis "{row["kind"]}" dan berwarna "{row["tone"]}", padahal salah satunya tidak dikenal'
    if row["level"] == "leaf" and kind_of_group.get(row["group"]) != row["kind"]:
        return f'berada di "{row["group"]}", padahal di atasnya tidak ada kelompok {row["kind"]} dengan nama itu'
    if row["level"] == "group" and row["group"]:
        return "adalah kelompok, jadi tidak bisa berada di kelompok lain"
    if kept and (kept.kind != row["kind"] or kept.is_group != (row["level"] == "group")):
        return "sudah dipakai dengan jenis atau tingkat lain. Beri nama lain kepada yang baru"
    return None


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
