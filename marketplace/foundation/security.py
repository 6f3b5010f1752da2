"""Headers that keep browsers from doing what no page of ours asks for."""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.middleware.proxy_fix import ProxyFix

PICTURES = "img-src 'self' data: blob:"
CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Photos that a person has chosen are shown before they are sent.
        PICTURES,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
HEADERS = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    # Not `no-referrer`: over TLS the check against forged forms reads the referrer of our own pages.
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(self), geolocation=(self), microphone=(), payment=(), usb=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
)
HEADERS_OVER_TLS = (*HEADERS, ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))


class SessionsOfThoseWithCookies(SecureCookieSessionInterface):
    """Flask's own sessions, without preparing to verify the signature of a cookie that was not sent."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def guard_cookies(app: Flask) -> None:
    """Keep cookies from scripts, other sites and plain HTTP."""
    settings = app.extensions["settings"]
    app.session_interface = SessionsOfThoseWithCookies()
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SESSION_COOKIE_NAME="pasar_kim",
        SESSION_COOKIE_SECURE=settings.is_served_over_tls,
        SESSION_COOKIE_SAMESITE="Lax",
    )


def send_security_headers(app: Flask) -> None:
    """Put the headers on every answer, static files too, and believe proxies only as far as TRUSTED_PROXIES says.

    To be called when everything else that wraps the application already does.
    """
    settings = app.extensions["settings"]
    app.wsgi_app = _HeadersOnEveryAnswer(app.wsgi_app, settings.is_served_over_tls, settings.tiles_origin)
    hops = settings.trusted_proxies
    if hops:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)


class _HeadersOnEveryAnswer:
    """Adds what an answer does not say itself; on a list of pairs, as servers take it, this costs next to nothing."""

    def __init__(self, application, is_served_over_tls: bool, tiles_origin: str):
        self.application = application
        self.is_served_over_tls = is_served_over_tls
        self.headers, self.headers_over_tls = (
            tuple((name, _with_tiles(value, tiles_origin)) for name, value in headers)
            for headers in (HEADERS, HEADERS_OVER_TLS)
        )

    def __call__(self, environ, start_response):
        # A proxy that ends TLS need not say so: the public address does.
        is_over_tls = self.is_served_over_tls or environ["wsgi.url_scheme"] == "https"
        wanted = self.headers_over_tls if is_over_tls else self.headers

        def start(status, headers, exc_info=None):
            said = {name for name, _ in headers}
            headers = [*headers, *(pair for pair in wanted if pair[0] not in said)]
            return start_response(status, headers, exc_info)

        return self.application(environ, start)


def _with_tiles(value: str, tiles_origin: str) -> str:
    """Let pictures come from the host of the map's tiles as well, where the operator has named one."""
    return value.replace(PICTURES, f"{PICTURES} {tiles_origin}") if tiles_origin else value
