"""Reading photos."""

from sqlalchemy import select

from marketplace.foundation.database import db
from marketplace.foundation.errors import NotFound
from marketplace.photos.models import Photo


def find_photo(digest: str) -> Photo | None:
    """Return the photo with this digest, or None."""
    return db.session.scalar(select(Photo).where(Photo.digest == digest))


def get_photo(digest: str) -> Photo:
    """Return the photo with this digest, or refuse."""
    photo = find_photo(digest)
    if photo is None:
        raise NotFound
    return photo


def list_digests_and_widths() -> list[tuple[str, int]]:
    """Return digest and width of every photo, oldest first."""
    rows = db.session.execute(select(Photo.digest, Photo.width).order_by(Photo.id))
    return [(digest, width) for digest, width in rows]
