"""Turns refusals and faults into pages, for programs into JSON, that say in plain Indonesian what happened."""

import sqlite3
from dataclasses import dataclass

import sqlalchemy.exc
from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_limiter import RateLimitExceeded
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, ServiceUnavailable

from marketplace.foundation.access import look_nobody_up
from marketplace.foundation.database import db, is_busy_or_away, reading
from marketplace.foundation.errors import Conflict, NotAllowed, NotFound, Refusal, TooLarge, TooMany

WAIT_FOR_THE_DATABASE_SECONDS = 30
# Addresses that programs ask; those that lead nowhere have no view that could say so.
FOR_PROGRAMS = "/api/"

TITLES = {
    400: "Permintaan tidak terbaca",
    401: "Masuk dulu",
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
    """What the page shows: `status` (HTTP), `title` and `message` in Indonesian, and which `field` is at fault."""

    status: int
    title: str
    message: str
    field: str | None = None


def answers_in_json(view):
    """Declare that a view answers programs and scripts, which read JSON also when they are refused."""
    view.answers_in_json = True
    return view


def show_errors_in_indonesian(app: Flask) -> None:
    """Answer every refusal and fault with a page in the design; a fault is also written to the log by Flask.

    Views that answer in JSON, and all below /api/, say `{"error": {"field": …, "message": …}}` instead.
    """

    @app.errorhandler(Refusal)
    def show_refusal(refusal: Refusal):
        return _page(refusal.status, refusal.user_message, refusal.field)

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


def _page(status: int, message: str | None = None, field: str | None = None) -> Response:
    # What was begun is undone; and drawing the page must not depend on what has just failed.
    db.session.rollback()
    if status >= 500:
        look_nobody_up()
    kind = 400 if status < 500 else 500
    title = TITLES.get(status) or TITLES[kind]
    error = ErrorPage(status, title, message or MESSAGES.get(status) or MESSAGES[kind], field)
    with reading():
        response = _in_json(error) if _is_for_programs() else _in_the_design(error)
    response.status_code = status
    response.cache_control.no_store = True
    return response


def _is_for_programs() -> bool:
    view = current_app.view_functions.get(request.endpoint)
    return request.path.startswith(FOR_PROGRAMS) or getattr(view, "answers_in_json", False)


def _in_json(error: ErrorPage) -> Response:
    return jsonify({"error": {"field": error.field, "message": error.message}})


def _in_the_design(error: ErrorPage) -> Response:
    return make_response(render_template("errors/error.html", error=error))
