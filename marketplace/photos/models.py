"""One row for each photo that is kept; the files themselves lie in the storage under the photo's digest."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.database import db


class Photo(db.Model):
    """A cleaned photo: the same picture sent twice is one row and one set of files."""

    __tablename__ = "photos"
    __table_args__ = (
        CheckConstraint("length(digest) = 32", name="digest_length"),
        CheckConstraint("width > 0 AND height > 0", name="size_positive"),
        CheckConstraint("length(color) = 7", name="color_length"),
        CheckConstraint("length(perceptual_hash) = 16", name="perceptual_hash_length"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(32), unique=True)
    # Of the master, which has the proportions of every variant and is at least as wide as the widest.
    width: Mapped[int]
    height: Mapped[int]
    # The dominant colour as `#rrggbb`: shown until the photo has arrived.
    color: Mapped[str] = mapped_column(String(7))
    # 64 bits as 16 hexadecimal digits: text, because signed 64-bit columns cannot hold half of the values.
    perceptual_hash: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]

    def distance_to(self, perceptual_hash: str) -> int:
        """Return how many of the 64 bits differ: up to about 10 means the same picture, saved again or resized."""
        return (int(self.perceptual_hash, 16) ^ int(perceptual_hash, 16)).bit_count()
