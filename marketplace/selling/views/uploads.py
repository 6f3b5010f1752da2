"""Photos as they come from a telephone, piece by piece."""

from functools import wraps

from flask import Response, jsonify
from flask_login import current_user
from sqlalchemy import inspect

from marketplace.foundation import clock
from marketplace.foundation.access import open_to, signed_in
from marketplace.foundation.error_pages import answers_in_json
from marketplace.foundation.forms import check_token_of_script
from marketplace.foundation.limits import limiter
from marketplace.foundation.transactions import committed
from marketplace.selling.errors import DraftSent, WrongOffset
from marketplace.selling.forms.sent import SentUpload, read_piece
from marketplace.selling.models import Upload
from marketplace.selling.queries.drafts import get_draft, get_upload
from marketplace.selling.services import uploads
from marketplace.selling.shown import listing_in_json, upload_in_json
from marketplace.selling.views.blueprint import pages

OFFSET = "Upload-Offset"
TOO_OFTEN = "Terlalu sering mengirim. Foto Anda aman di HP; dilanjutkan sendiri beberapa menit lagi."


def person() -> str:
    """Return whose requests are counted together; the database is not asked while what is sent still arrives."""
    (person_id,) = inspect(current_user._get_current_object()).identity
    return f"person {person_id}"


def answers_for_uploads(view):
    """Tell scripts where to go on, and what the draft has become, instead of refusing with a sentence alone."""

    @wraps(view)
    def answer(*arguments, **options):
        try:
            return view(*arguments, **options)
        except WrongOffset as refusal:
            response = jsonify({"received": refusal.received, "error": {"message": refusal.user_message}})
            response.headers[OFFSET] = str(refusal.received)
            return response, refusal.status
        except DraftSent as refusal:
            return listing_in_json(refusal.listing_id), refusal.status

    return answer


@pages.post("/jual/unggahan")
@open_to(signed_in)
@answers_in_json
@limiter.limit("3000 per hour", key_func=person, error_message=TOO_OFTEN)
@limiter.limit(
    "120 per hour", key_func=person, deduct_when=lambda response: response.status_code == 201, error_message=TOO_OFTEN
)
@answers_for_uploads
def begin_upload():
    """Announces a photo, or asks once more how much of it has arrived."""
    check_token_of_script()
    sent, at = SentUpload.from_request(), clock.now()
    upload = uploads.begin_upload(current_user, get_draft(current_user, sent.draft_id), sent.id, sent.size, at)
    return _answer(upload, 201 if upload.created_at == at else 200)


@pages.get("/jual/unggahan/<ulid:upload_id>")
@open_to(signed_in)
@answers_in_json
def show_upload(upload_id: str):
    """How much of a photo has arrived, asked with HEAD or GET."""
    return _answer(get_upload(current_user, upload_id))


@pages.patch("/jual/unggahan/<ulid:upload_id>")
@open_to(signed_in)
@answers_in_json
@limiter.limit("10000 per hour", key_func=person, error_message=TOO_OFTEN)
@answers_for_uploads
def receive_piece(upload_id: str):
    """The next piece of a photo; after the last one what came of it, which is told again when that piece is repeated."""
    check_token_of_script()
    offset, content = read_piece(uploads.LARGEST_PIECE)
    with committed():
        upload = get_upload(current_user, upload_id, to_change=True)
        uploads.receive(current_user, upload, offset, content, clock.now())
        is_to_be_settled, size = upload.has_arrived and not upload.is_settled, upload.size
    if is_to_be_settled:
        settle(upload_id, size)
    upload = get_upload(current_user, upload_id)
    if upload.has_arrived and not upload.is_settled or upload.received < offset + len(content):
        # Some of it is no longer in the storage.
        raise WrongOffset(upload.received)
    if upload.refusal:
        return {"received": upload.received, "error": {"field": "photos", "message": upload.refusal}}, 422
    return _answer(upload)


def settle(upload_id: str, size: int) -> None:
    """Make a photo of an upload of the visitor that has arrived; no transaction is open while it is decoded."""
    outcome = uploads.read_pieces(upload_id, size)
    with committed():
        upload = get_upload(current_user, upload_id, to_change=True)
        uploads.conclude(current_user, upload, outcome, clock.now())


def _answer(upload: Upload, status: int = 200) -> tuple[Response, int]:
    response = jsonify(upload_in_json(upload))
    response.headers[OFFSET] = str(upload.received)
    response.cache_control.no_store = True
    return response, status
