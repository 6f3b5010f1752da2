"""How often one visitor may try the same thing: counted in memory, or in Redis when several processes serve."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, strategy="moving-window", headers_enabled=True)


def limit_visitors(app: Flask) -> None:
    """Count where RATE_LIMIT_URL says; while the counter is unreachable each process counts for itself."""
    app.config["RATELIMIT_STORAGE_URI"] = app.extensions["settings"].rate_limit_url
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    limiter.init_app(app)
