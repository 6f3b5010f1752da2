"""The files of photos, as browsers fetch them: named by content, so fetched once and kept for ever."""

import re

from flask import Blueprint, Response, request
from werkzeug.wsgi import wrap_file

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.errors import NotFound
from marketplace.foundation.storage import FOR_EVER, current_storage
from marketplace.photos import addresses

pages = Blueprint("photos", __name__, url_prefix="/foto")

FILE_NAME = re.compile(r"[0-9a-f]{32}(-[0-9]+\.webp|\.jpg)")


@pages.route(f"/<string(length=32):digest>-<int(min=1, max={addresses.WIDTHS[-1]}):width>.webp")
@open_to(anyone)
def show_variant(digest: str, width: int):
    """One width of a photo."""
    return _file(addresses.variant_key(digest, width), "image/webp")


@pages.route("/<string(length=32):digest>.jpg")
@open_to(anyone)
def show_preview(digest: str):
    """The photo as other sites show it beside a link."""
    return _file(addresses.preview_key(digest), "image/jpeg")


def _file(key: str, content_type: str) -> Response:
    """Answer from the storage alone: no photo on a page costs a query."""
    name = key.rpartition("/")[2]
    if not FILE_NAME.fullmatch(name):
        raise NotFound
    if request.if_none_match.contains_weak(name) and not request.if_none_match.star_tag:
        # Whoever names this tag has had the file: it cannot have changed, so it need not be looked at.
        response = Response(status=304)
    else:
        file = current_storage().open(key)
        response = Response(wrap_file(request.environ, file.content), direct_passthrough=True)
        response.content_type = content_type
        response.content_length = file.size
    response.set_etag(name)
    response.headers["Cache-Control"] = FOR_EVER
    return response
