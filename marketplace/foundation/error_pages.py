"""Turns refusals and faults into pages that say, in plain Indonesian, what happened and what to do."""

import sqlite3
from dataclasses import dataclass

import sqlalchemy.exc
from flask import Flask, Response, current_app, make_response, render_template
from flask_limiter import RateLimitExceeded
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from marketplace.foundation.access import look_nobody_up
from marketplace.foundation.database import db, is_busy_or_away, reading
from marketplace.foundation.errors import Conflict, NotAllowed, NotFound, Refusal, TooLarge, TooMany

WAIT_FOR_THE_DATABASE_SECONDS = 30

TITLES = {
    400: "Permintaan tidak terbaca",
    403: "Bagian ini bukan untuk umum",
    404: "Halaman ini sudah pindah kios",
    405: "Halaman ini tidak dibuka dengan cara itu",
    409: "Data sudah berubah",
    413: "Kiriman terlalu besar",
    422: "Isian perlu diperiksa",
    429: "Terlalu sering mencoba",
    500: "Ada gangguan di pihak kami",
    503: "Sedang dirapikan sebentar",
}
MESSAGES = {
    400: "Alamat atau isian yang dikirim tidak lengkap. Kembali ke halaman sebelumnya, lalu coba lagi.",
    403: NotAllowed.user_message,
    404: NotFound.user_message,
    405: "Kembali ke halaman sebelumnya, lalu buka lewat tombol atau tautannya.",
    409: Conflict.user_message,
    413: TooLarge.user_message,
    429: TooMany.user_message,
    500: "Isian Anda aman, coba sebentar lagi.",
    503: "Coba buka lagi dalam beberapa menit.",
}


@dataclass(frozen=True)
class ErrorPage:
    """What the page shows: `status` (HTTP), `title` and `message` in Indonesian."""

    status: int
    title: str
    message: str


def show_errors_in_indonesian(app: Flask) -> None:
    """Answer every refusal and fault with a page in the design; a fault is also written to the log by Flask."""

    @app.errorhandler(Refusal)
    def show_refusal(refusal: Refusal):
        return _page(refusal.status, refusal.user_message)

    @app.errorhandler(HTTPException)
    def show_http_error(error: HTTPException):
        if error.code is None or error.code < 400:
            return error
        response = _page(error.code)
        # What the protocol asks to be told along: Allow, Retry-After.
        for name, value in error.get_headers():
            if name not in {"Content-Type", "Content-Length"}:
                response.headers[name] = value
        return response

    @app.errorhandler(StaleDataError)
    def show_conflict(error: StaleDataError):
        return _page(Conflict.status)

    @app.errorhandler(RateLimitExceeded)
    def show_too_many(error: RateLimitExceeded):
        return _page(TooMany.status, error.limit.error_message)

    @app.errorhandler(sqlite3.OperationalError)
    @app.errorhandler(sqlalchemy.exc.OperationalError)
    @app.errorhandler(sqlalchemy.exc.TimeoutError)
    def show_database_away(error: Exception):
        if not is_busy_or_away(error):
            raise error
        current_app.logger.warning("the database cannot answer now: %s", getattr(error, "orig", error))
        response = _page(ServiceUnavailable.code)
        response.headers["Retry-After"] = str(WAIT_FOR_THE_DATABASE_SECONDS)
        return response


def _page(status: int, message: str | None = None) -> Response:
    # What was begun is undone; and drawing the page must not depend on what has just failed.
    db.session.rollback()
    if status >= 500:
        look_nobody_up()
    with reading():
        return _draw(status, message)


def _draw(status: int, message: str | None) -> Response:
    title = TITLES.get(status) or TITLES[400 if status < 500 else 500]
    message = message or MESSAGES.get(status) or MESSAGES[400 if status < 500 else 500]
    response = make_response(render_template("errors/error.html", error=ErrorPage(status, title, message)), status)
    response.cache_control.no_store = True
    return response
