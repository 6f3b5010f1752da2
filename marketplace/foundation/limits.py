"""How often one visitor may try the same thing: counted in memory, or in Redis when several processes serve."""

import ipaddress
from collections.abc import Callable

from flask import Flask, Response
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits.errors import ConfigurationError

from marketplace.config import BadSetting
from marketplace.foundation.errors import Invalid


class LimiterOfDeclaredViews(Limiter):
    """Counts only for views that declare a limit: the others, nearly all of the traffic, are not even asked."""

    def _check_request_limit(self, callable_name: str | None = None, in_middleware: bool = True) -> None:
        if not in_middleware:
            super()._check_request_limit(callable_name, in_middleware)


def network_of_visitor() -> str:
    """Return where the visitor comes from: their address, of IPv6 the part that one household or telephone has."""
    try:
        address = ipaddress.ip_address(get_remote_address())
    except ValueError:
        # Behind a socket file, or a proxy that passes on something else.
        return "unknown"
    address = getattr(address, "ipv4_mapped", None) or address
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


limiter = LimiterOfDeclaredViews(network_of_visitor, strategy="moving-window", headers_enabled=True)


def limit_failures(amount: str, who: Callable[[], str], sentence: str):
    """Declare how often a form of this view may be refused (422) to the same `who`; what succeeds is not counted.

    Whoever fails more often gets a 429 with the sentence, also for what would have succeeded.
    """
    return limiter.limit(amount, key_func=who, methods=["POST"], deduct_when=_was_refused, error_message=sentence)


def _was_refused(response: Response) -> bool:
    return response.status_code == Invalid.status


def limit_visitors(app: Flask) -> None:
    """Count where RATE_LIMIT_URL says; while the counter is unreachable each process counts for itself."""
    app.config["RATELIMIT_STORAGE_URI"] = app.extensions["settings"].rate_limit_url
    app.config["RATELIMIT_IN_MEMORY_FALLBACK_ENABLED"] = True
    try:
        limiter.init_app(app)
    except (ConfigurationError, ValueError) as error:
        scheme = app.extensions["settings"].rate_limit_url.partition("://")[0]
        raise BadSetting("RATE_LIMIT_URL", f"{scheme}…", f"cannot be used: {error}") from error
