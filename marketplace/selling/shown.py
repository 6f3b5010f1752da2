"""Drafts, uploads and listings as a telephone reads them."""

from typing import Any

from marketplace.photos.addresses import photo_url, widths_of
from marketplace.photos.models import Photo
from marketplace.selling.models import Draft, Upload


def draft_in_json(draft: Draft) -> dict[str, Any]:
    """Return a draft with its photos in their order, those that were not announced yet among them."""
    arrived = {upload.id: upload for upload in draft.uploads}
    return {
        "id": draft.id,
        "purpose": draft.purpose.value,
        "fields": draft.fields,
        "photos": [_photo_of_draft(id, arrived.get(id)) for id in draft.photo_order],
        "revision": draft.revision,
        "updated_at": draft.updated_at.isoformat(),
        "trashed": draft.trashed_at is not None,
    }


def upload_in_json(upload: Upload) -> dict[str, Any]:
    """Return how much of a photo has arrived, and what came of it once that is known."""
    return {
        "id": upload.id,
        "draft": upload.draft_id,
        "size": upload.size,
        "received": upload.received,
        "photo": {"url": url_of(upload.photo)} if upload.photo else None,
        "refusal": upload.refusal,
    }


def listing_in_json(listing_id: int) -> dict[str, Any]:
    """Return what a draft has become, and the page that tells so."""
    return {"listing": {"id": listing_id, "url": f"/jual/{listing_id}/terkirim"}}


def url_of(photo: Photo) -> str:
    """Return the address of the smallest picture of a photo."""
    return photo_url(photo.digest, widths_of(photo.width)[0])


def _photo_of_draft(id: str, upload: Upload | None) -> dict[str, Any]:
    if upload is None:
        return {"id": id, "size": None, "received": 0, "state": "datang", "url": None, "refusal": None}
    state = "siap" if upload.photo else "ditolak" if upload.refusal else "datang"
    return {
        "id": id,
        "size": upload.size,
        "received": upload.received,
        "state": state,
        "url": url_of(upload.photo) if upload.photo else None,
        "refusal": upload.refusal,
    }
