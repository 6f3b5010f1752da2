"""Turns refusals and faults into pages that say, in plain Indonesian, what happened and what to do."""

from dataclasses import dataclass

from flask import Flask, Response, make_response, render_template
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from marketplace.foundation.database import db
from marketplace.foundation.errors import Conflict, NotAllowed, NotFound, Refusal, TooLarge, TooMany

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
        db.session.rollback()
        return _page(Conflict.status)


def _page(status: int, message: str | None = None) -> Response:
    title = TITLES.get(status) or TITLES[400 if status < 500 else 500]
    message = message or MESSAGES.get(status) or MESSAGES[400 if status < 500 else 500]
    response = make_response(render_template("errors/error.html", error=ErrorPage(status, title, message)), status)
    response.cache_control.no_store = True
    return response
