"""The shelves."""

from dataclasses import dataclass

from sqlalchemy import select

from marketplace.catalogue.models.categories import Category
from marketplace.catalogue.models.counts import CategoryCount
from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound


@dataclass(frozen=True)
class Shelf:
    """A category, the leaves whose listings it shows, its group, and how many listings that makes."""

    category: Category
    group: Category
    leaves: tuple[Category, ...]
    siblings: tuple[Category, ...]
    total: int


def list_groups() -> list[Category]:
    """Return the groups in the order of the home page."""
    return list(
        db.session.scalars(
            select(Category).where(Category.parent_id.is_(None), Category.is_current).order_by(Category.position)
        )
    )


def list_leaves() -> list[Category]:
    """Return the categories that listings stand on, group by group."""
    return list(
        db.session.scalars(
            select(Category).where(Category.parent_id.is_not(None), Category.is_current).order_by(Category.position)
        )
    )


def get_shelf(slug: str) -> Shelf:
    """Return what the page of a category needs to know, or refuse when there is none of that name."""
    category = db.session.scalar(select(Category).where(Category.slug == slug, Category.is_current))
    if category is None:
        raise NotFound
    group_id = category.parent_id or category.id
    family = db.session.execute(
        select(Category, CategoryCount.listings)
        .outerjoin(CategoryCount, CategoryCount.category_id == Category.id)
        .where((Category.parent_id == group_id) | (Category.id == group_id), Category.is_current)
        .order_by(Category.position)
    ).all()
    counts = {member.id: listings or 0 for member, listings in family}
    group = next((member for member, _ in family if member.id == group_id), None)
    if group is None:
        raise NotFound
    siblings = tuple(member for member, _ in family if not member.is_group)
    return Shelf(
        category=category,
        group=group,
        leaves=siblings if category.is_group else (category,),
        siblings=siblings,
        total=counts[category.id],
    )
