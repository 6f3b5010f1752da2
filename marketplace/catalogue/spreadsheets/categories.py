"""Finding the category that a cell means, by its slug, its name or another word for it."""

from sqlalchemy import select

from marketplace.catalogue.errors import CellRefused
from marketplace.catalogue.models.categories import Category, ListingKind
from marketplace.catalogue.services.categories import category_aliases
from marketplace.catalogue.spreadsheets.texts import suggestion, word_key
from marketplace.foundation.database import db


class CategoryFinder:
    """All current categories in memory, so that a row costs no query."""

    def __init__(self, categories: list[Category], aliases: dict[tuple[ListingKind, str], str]):
        leaves = [category for category in categories if not category.is_group]
        self._leaf_names = {kind: [leaf.name for leaf in leaves if leaf.kind is kind] for kind in ListingKind}
        self._groups = {
            (group.kind, word_key(word)): [leaf.name for leaf in leaves if leaf.parent_id == group.id]
            for group in categories
            if group.is_group
            for word in (group.slug, group.name)
        }
        ids = {(leaf.kind, leaf.slug): leaf.id for leaf in leaves}
        self._leaves = {
            (kind, word_key(alias)): ids[kind, slug] for (kind, alias), slug in aliases.items() if (kind, slug) in ids
        }
        # A category's own names win over what another one is also called.
        for leaf in leaves:
            self._leaves[leaf.kind, word_key(leaf.name)] = leaf.id
            self._leaves[leaf.kind, word_key(leaf.slug)] = leaf.id

    @classmethod
    def from_database(cls) -> "CategoryFinder":
        """Read all current categories."""
        categories = db.session.scalars(select(Category).where(Category.is_current).order_by(Category.position))
        return cls(list(categories), category_aliases())

    def find(self, kind: ListingKind, text: str) -> int:
        """Return the id of the leaf that the text means, or refuse with CellRefused."""
        key = (kind, word_key(text))
        if key in self._leaves:
            return self._leaves[key]
        if key in self._groups:
            raise CellRefused(f'"{text}" terlalu umum. Pilih salah satu: {", ".join(self._groups[key])}.')
        names = self._leaf_names[kind]
        hint = suggestion(text, names) or f" Pilihannya: {'; '.join(names)}."
        raise CellRefused(f'Kategori {kind.value} "{text}" tidak ada.{hint}')

    def refuse_unknown(self, text: str) -> None:
        """Refuse with CellRefused what no kind of listing knows as a category."""
        if any((kind, word_key(text)) in self._leaves for kind in ListingKind):
            return
        names = [name for names in self._leaf_names.values() for name in names]
        raise CellRefused(f'Kategori "{text}" tidak ada.{suggestion(text, names)}')
