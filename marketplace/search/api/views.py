"""What programs ask, and the search box while somebody types."""

import json

from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import ServiceUnavailable

from marketplace.foundation.access import anyone, open_to
from marketplace.foundation.error_pages import FOR_PROGRAMS, answers_in_json
from marketplace.foundation.limits import limiter
from marketplace.search.api.answers import answer_of
from marketplace.search.api.document import SEARCHES_A_MINUTE, document
from marketplace.search.api.parameters import read_search
from marketplace.search.find.listings import find_listings
from marketplace.search.suggestions import LONGEST_TYPED, list_suggestions

# Whole villages share the address of their telephone company.
SUGGESTIONS_A_MINUTE = 1200
# In bytes: what a slow telephone gets between two keys.
LARGEST_ANSWER = 1_500
FRESH_SECONDS = 60
WAIT_FOR_THE_INDEX_SECONDS = 5
TOO_OFTEN = f"Paling banyak {SEARCHES_A_MINUTE} permintaan semenit dari satu alamat. Tunggu sebentar, lalu coba lagi."

pages = Blueprint("search_api", __name__)


@pages.get("/api/v1/search")
@open_to(anyone)
@limiter.limit(f"{SEARCHES_A_MINUTE} per minute", error_message=TOO_OFTEN)
def search_listings():
    """The search of the pages as JSON; strict about its parameters."""
    search = read_search(request.args)
    found = find_listings(search)
    if not found.is_ready:
        raise ServiceUnavailable(retry_after=WAIT_FOR_THE_INDEX_SECONDS)
    return jsonify(answer_of(search, found))


@pages.get("/api/v1/openapi.json")
@open_to(anyone)
def show_document():
    """What the address above takes and answers, in OpenAPI 3.1."""
    return jsonify(document(current_app.extensions["settings"].public_url))


@pages.get("/cari/saran")
@open_to(anyone)
@answers_in_json
@limiter.limit(f"{SUGGESTIONS_A_MINUTE} per minute")
def list_suggested():
    """What the search box offers; `q` comes back with it, so that a late answer is known as one."""
    typed = request.args.get("q", "")
    items = [suggestion._asdict() for suggestion in list_suggestions(typed)]
    while len(body := _compact({"q": typed[:LONGEST_TYPED], "items": items})) > LARGEST_ANSWER:
        items.pop()
    response = Response(body, mimetype="application/json")
    response.cache_control.public, response.cache_control.max_age = True, FRESH_SECONDS
    return response


@pages.after_app_request
def let_pages_of_others_read(response: Response) -> Response:
    """Let scripts on any site read what programs are answered, refusals too: nothing in it is anybody's own."""
    if request.path.startswith(FOR_PROGRAMS):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = (
            "Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset"
        )
    return response


def _compact(answer: dict) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
