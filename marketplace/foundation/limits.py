"""How often one visitor may try the same thing: counted in memory, or in Redis when several processes serve."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address


class LimiterOfDeclaredViews(Limiter):
    """Counts only for views that declare a limit: the others, nearly all of the traffic, are not even asked."""

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


limiter = LimiterOfDeclaredViews(get_remote_address, strategy="moving-window", headers_enabled=True)


def limit_visitors(app: Flask) -> None:
    """Count where RATE_LIMIT_URL says; while the counter is unreachable each process counts for itself."""
    app.config["RATELIMIT_STORAGE_URI"] = app.extensions["settings"].rate_limit_url
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    limiter.init_app(app)
