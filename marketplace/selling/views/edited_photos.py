"""The photos of a listing that somebody changes without a script: what stays, in which order, and what comes to them."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import current_app, request
from flask_login import current_user
from itsdangerous import BadData, URLSafeSerializer

from marketplace.foundation.database import db
from marketplace.foundation.transactions import committed
from marketplace.photos.models import Photo
from marketplace.selling.errors import PhotoWanted
from marketplace.selling.forms.photos import Tile, files_of, order_of
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
            photo_ids = list(self._photo_ids(order_of(request.form)))
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

    def tiles(self, photos: Iterable[Photo]) -> list[Tile]:
        """Return the photos under keys by which only this person names them, and only on this listing's page."""
        signer = self._signer()
        return [Tile(signer.dumps(photo.id), photo) for photo in photos]

    def _photo_ids(self, keys: Iterable[str]) -> Iterable[int]:
        signer = self._signer()
        for key in keys:
            try:
                yield signer.loads(key)
            except BadData:
                # Nobody names a photo that this page has not shown them.
                continue

    def _signer(self) -> URLSafeSerializer:
        salt = f"photos of listing {self.listing_id} for {current_user.id}"
        return URLSafeSerializer(current_app.secret_key, salt=salt)
