"""The shelves of the marketplace: a few groups, each with its categories."""

import enum

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from marketplace.foundation.database import db


class ListingKind(enum.StrEnum):
    PRODUCT = "produk"
    ATTRACTION = "wisata"


class Tone(enum.StrEnum):
    """The dye of a category's tile."""

    INDIGO = "wedel"
    BROWN = "soga"
    TURMERIC = "kunyit"
    RED = "bang"
    GREEN = "ijo"


class Category(db.Model):
    """A group, or a leaf inside one; listings of one kind stand on leaves.

    It is archived, never deleted, because listings refer to it.
    """

    __tablename__ = "categories"
    __table_args__ = (CheckConstraint("parent_id <> id", name="not_inside_itself"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    kind: Mapped[ListingKind]
    description: Mapped[str] = mapped_column(String(200), default="")
    # The name of an icon in the design's set.
    icon: Mapped[str] = mapped_column(String(40))
    tone: Mapped[Tone]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"), index=True)
    position: Mapped[int]
    is_current: Mapped[bool] = mapped_column(default=True)

    parent: Mapped["Category | None"] = relationship(remote_side=[id])

    @property
    def is_group(self) -> bool:
        return self.parent_id is None
