"""Tells browsers when they need not fetch a page again, and sends pages compressed."""

import hashlib

from flask import Flask, request, session
from flask_compress import Compress


def answer_not_modified(app: Flask) -> None:
    """Give each page an ETag of its content and answer 304 to whoever still holds the same.

    Pages are stored by browsers but asked about on every visit, so that nobody orders what is sold out. What a
    signed-in person sees is stored by their browser alone.
    """
    app.config.update(
        COMPRESS_MIMETYPES=["text/html", "application/json", "application/xml", "text/plain", "image/svg+xml"],
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_EVALUATE_CONDITIONAL_REQUEST=True,
    )
    # Registered before the handler below, hence runs after it: it compresses a page that has its ETag.
    Compress(app)

    @app.after_request
    def name_the_content(response):
        if response.cache_control.immutable:
            # Looking for a remembered sign-in marks the session as read, and the answer as differing by cookie; what
            # never changes is the same for everybody.
            session.accessed = False
        if 300 <= response.status_code < 400 and "Cache-Control" not in response.headers:
            # A name may change back: a browser that remembers the old way for ever would go in circles.
            response.headers["Cache-Control"] = "no-cache"
        if request.method not in {"GET", "HEAD"} or response.status_code != 200 or response.direct_passthrough:
            return response
        if "Cache-Control" not in response.headers:
            # Whoever sends a cookie, or is given one with this answer, may be shown something of their own.
            is_personal = session.modified or "Cookie" in request.headers
            response.headers["Cache-Control"] = "private, no-cache" if is_personal else "public, no-cache"
        if "ETag" not in response.headers and not response.is_streamed:
            digest = hashlib.blake2b(response.get_data(), digest_size=12).hexdigest()
            response.headers["ETag"] = f'"{digest}"'
            if "If-None-Match" in request.headers:
                response.make_conditional(request)
        return response
