"""Addresses that people type or paste with a slash at the end lead to the page without it."""

from flask import Flask, redirect, request
from werkzeug.exceptions import HTTPException, NotFound

from marketplace.foundation.database import READING_METHODS
from marketplace.foundation.page_meta import same_query


def forgive_trailing_slashes(app: Flask) -> None:
    """Redirect for good where only the slash is too much."""

    @app.before_request
    def leave_the_slash_out():
        path = request.path.rstrip("/")
        if not isinstance(request.routing_exception, NotFound) or path == request.path or not path:
            return None
        if request.method not in READING_METHODS or path.startswith("//"):
            return None
        try:
            app.create_url_adapter(request).match(path, request.method)
        except HTTPException:
            return None
        return redirect(same_query(path), 301)
