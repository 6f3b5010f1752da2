"""Bringing the marketplace's shelves into the database, and the other words by which people know them."""

import csv
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from marketplace.catalogue.models.categories import Category, ListingKind, Tone
from marketplace.foundation.database import db

REFERENCE_FILE = Path(__file__).parents[1] / "data" / "categories.csv"


@dataclass(frozen=True)
class CategoriesReport:
    """How many categories a load added, changed and archived."""

    added: int
    changed: int
    archived: int


def load_categories(file: Path = REFERENCE_FILE) -> CategoriesReport:
    """Make the database say what the reference file says; loading the same file again changes nothing.

    A category that the file no longer names is archived, never deleted, because listings refer to it.
    """
    kept = {category.slug: category for category in db.session.scalars(select(Category))}
    added = changed = 0
    named = set()
    # Groups stand before their leaves in the file, so a parent is always known when its child is read.
    for position, row in enumerate(_rows(file)):
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
        elif any(getattr(category, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(category, name, value)
            changed += 1
    archived = [category for slug, category in kept.items() if slug not in named and category.is_current]
    for category in archived:
        category.is_current = False
    db.session.flush()
    return CategoriesReport(added, changed, len(archived))


def category_aliases(file: Path = REFERENCE_FILE) -> dict[tuple[ListingKind, str], str]:
    """Return the slug behind each other wording, such as `(produk, "Minuman & jamu")`."""
    return {
        (ListingKind(row["kind"]), alias): row["slug"]
        for row in _rows(file)
        for alias in filter(None, row["aliases"].split(";"))
    }


def _rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))
