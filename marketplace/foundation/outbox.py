"""What has changed for the search index: rows written by the transaction that makes the change, read by the indexer.

They lie down here because the lowest features change what a listing's search document shows: a place and a KIM are
renamed without knowing of listings, which are above them, or of search, which is above those. Whoever changes such a
thing notes it by its own key; `marketplace.search` finds out which listings that concerns.
"""

import enum
from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer, String, insert
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation import clock
from marketplace.foundation.database import db


class Subject(enum.StrEnum):
    """What a row is about; a place is a code of any level and stands for all that lies in it."""

    LISTING = "listing"
    BUSINESS = "business"
    KIM = "kim"
    CATEGORY = "category"
    PLACE = "place"


class Change(db.Model):
    """Something that the search index does not know yet; several indexes may read the same row.

    Ids only grow, also after old rows were removed, so that an index remembers with one number how far it has come.
    """

    __tablename__ = "search_outbox"
    __table_args__ = (Index("ix_search_outbox_noted_at", "noted_at"), {"sqlite_autoincrement": True})

    # SQLite counts on by itself only in an INTEGER.
    id: Mapped[int] = mapped_column(BigInteger().with_variant(Integer, "sqlite"), primary_key=True)
    subject: Mapped[Subject]
    key: Mapped[str] = mapped_column(String(20))
    noted_at: Mapped[datetime]


def note(subject: Subject, keys: Iterable[int | str]) -> None:
    """Note that these have changed; the change itself is part of the same transaction."""
    now = clock.now()
    rows = [{"subject": subject, "key": str(key), "noted_at": now} for key in keys]
    if rows:
        db.session.execute(insert(Change.__table__), rows)
