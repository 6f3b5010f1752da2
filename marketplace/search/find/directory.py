"""The names that every search needs: places, categories and KIM, few enough to be kept at hand."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from sqlalchemy import func, literal, select, union_all

from marketplace.catalogue.models.categories import Category
from marketplace.foundation.database import db
from marketplace.kim.models import Kim, KimStatus
from marketplace.regions.models import District, Regency, Village
from marketplace.search.find.gazetteer import Gazetteer, Place
from marketplace.search.language.spelling import fold
from marketplace.search.language.words import split_words


class CategoryEntry(NamedTuple):
    """A shelf or a group of shelves; `leaves` are the ids that its listings have."""

    slug: str
    name: str
    is_group: bool
    leaves: tuple[int, ...]


class KimEntry(NamedTuple):
    """An active KIM and where it sits: the code of its village or, for some, its kecamatan."""

    name: str
    slug: str
    place_code: str


class Directory(NamedTuple):
    """The names, as they were when it was read."""

    gazetteer: Gazetteer
    categories: dict[str, CategoryEntry]
    # By every folded word of their names.
    kims: dict[str, frozenset[KimEntry]]
    places_with_kim: frozenset[str]

    def kims_named(self, words: Iterable[str]) -> list[KimEntry]:
        """Return the KIM whose name has all of these folded words, by name."""
        having = [self.kims.get(word, frozenset()) for word in words]
        return sorted(frozenset.intersection(*having)) if having else []

    def category_ids(self, slugs: Iterable[str]) -> list[int]:
        """Return the ids of the leaves of these categories and groups; unknown ones have none."""
        entries = (self.categories.get(slug) for slug in slugs)
        return [leaf for entry in entries if entry for leaf in entry.leaves]


def read_directory() -> Directory:
    """Return the names as the database has them now."""
    kims = _kims()
    places_with_kim = frozenset(kim.place_code for kim in kims)
    return Directory(Gazetteer(_places()), _categories(), _by_words(kims), places_with_kim)


def _places() -> list[Place]:
    regencies, districts, villages = Regency.__table__, District.__table__, Village.__table__
    levels = [
        select(
            table.c.code,
            func.coalesce(table.c.corrected_name, table.c.decreed_name),
            table.c.dye if "dye" in table.c else literal(None),
            table.c.latitude,
            table.c.longitude,
            table.c.is_current,
        )
        for table in (regencies, districts, villages)
    ]
    return [Place(*row) for row in db.session.execute(union_all(*levels))]


def _categories() -> dict[str, CategoryEntry]:
    rows = db.session.scalars(select(Category).where(Category.is_current).order_by(Category.position)).all()
    return {
        row.slug: CategoryEntry(
            row.slug,
            row.name,
            row.is_group,
            tuple(leaf.id for leaf in rows if leaf.parent_id == row.id) if row.is_group else (row.id,),
        )
        for row in rows
    }


def _kims() -> list[KimEntry]:
    rows = db.session.execute(
        select(Kim.name, Kim.slug, func.coalesce(Kim.village_code, Kim.district_code)).where(
            Kim.status == KimStatus.ACTIVE
        )
    )
    return [KimEntry(*row) for row in rows]


def _by_words(kims: Iterable[KimEntry]) -> dict[str, frozenset[KimEntry]]:
    by_word: dict[str, set[KimEntry]] = defaultdict(set)
    for kim in kims:
        for word in split_words(kim.name):
            by_word[fold(word)].add(kim)
    return {word: frozenset(entries) for word, entries in by_word.items()}
