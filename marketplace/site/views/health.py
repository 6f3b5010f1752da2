"""What a load balancer asks."""

from flask import Response

from marketplace.foundation.access import anyone, open_to
from marketplace.site import queries
from marketplace.site.views.blueprints import site_pages as pages


@pages.get("/healthz")
@open_to(anyone)
def show_health():
    """The process lives."""
    return _plain("ok", 200)


@pages.get("/readyz")
@open_to(anyone)
def show_readiness():
    """The process can serve pages: its database answers and is filled."""
    return _plain("ok", 200) if queries.is_database_ready() else _plain("the places are not loaded", 503)


def _plain(text: str, status: int) -> Response:
    response = Response(text, status, mimetype="text/plain")
    response.cache_control.no_store = True
    return response
