"""The photos of a listing that somebody changes without a script: what stays, in which order, and what comes to them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer

from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.photos.models import Photo
from marketplace.photos.queries import find_photo
from marketplace.selling.errors import PhotoWanted
from marketplace.selling.forms.photos import Tile, files_of, order_of, texts_of
from marketplace.selling.services.uploads import photo_of, read_file


@dataclass(frozen=True)
class EditedPhotos:
    """The photos of one listing, of which there may be so many."""

    listing_id: int
    most: int

    def sent(self, shown: list[Photo]) -> tuple[list[Photo], list[str]]:
        """Return the photos as they shall be, and what is wrong with those that were sent.

        What can be used is kept at once, whatever becomes of the rest; it is decoded outside of a transaction.
        """
        files = files_of(request.files.getlist("photos"))
        if "kept" not in request.form and not files:
            # A page without photos leaves them as they are.
            return shown, []
        with committed():
            # What was begun by reading ends here: nobody waits for the decoding.
            photo_ids = [photo_id for _, photo_id in self._named(order_of(request.form))]
        errors = []
        if len(photo_ids) + len(files) > self.most:
            errors.append(f"Paling banyak {self.most} foto. Yang lebih dari itu tidak kami simpan.")
        for number, file in enumerate(files[: max(0, self.most - len(photo_ids))], start=len(photo_ids) + 1):
            outcome = read_file(file.stream)
            if outcome.refusal:
                errors.append(f"Foto ke-{number}: {outcome.refusal}")
                continue
            with committed():
                photo_ids.append(photo_of(outcome).id)
        if not photo_ids:
            errors.append(PhotoWanted.user_message)
        photos = {photo_id: db.session.get(Photo, photo_id) for photo_id in dict.fromkeys(photo_ids)}
        return [photo for photo in photos.values() if photo is not None], errors

    def texts(self) -> dict[int, str]:
        """Return what was typed of each photo, by its id."""
        keys = order_of(request.form)
        typed = texts_of(request.form, keys)
        return {photo_id: typed[key] for key, photo_id in self._named(keys) if key in typed}

    def tiles(self, photos: Iterable[Photo], texts: Mapping[int, str] | None = None) -> list[Tile]:
        """Return the photos under keys by which only this person names them, and only on this listing's page."""
        signer, texts = self._signer(), texts or {}
        return [Tile(signer.dumps(photo.digest), photo, texts.get(photo.id, "")) for photo in photos]

    def _named(self, keys: Iterable[str]) -> Iterable[tuple[str, int]]:
        signer = self._signer()
        for key in keys:
            try:
                # Not the id: that of a photo that was swept may come to be another's.
                photo = find_photo(signer.loads(key))
            except BadData:
                # Nobody names a photo that this page has not shown them.
                continue
            if photo is not None:
                yield key, photo.id

    def _signer(self) -> URLSafeSerializer:
        salt = f"photos of listing {self.listing_id} for {current_user.id}"
        return URLSafeSerializer(current_app.secret_key, salt=salt)
