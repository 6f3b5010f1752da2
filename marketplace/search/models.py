"""What people seek, counted without knowing who."""

from datetime import date

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import db


class SearchCount(db.Model):
    """How often the same words were sought on one day, and how often nothing had all of them."""

    __tablename__ = "search_counts"
    __table_args__ = (CheckConstraint("without_results BETWEEN 0 AND searches", name="no_more_than_all"),)

    day: Mapped[date] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(String(60), primary_key=True)
    searches: Mapped[int]
    without_results: Mapped[int]
