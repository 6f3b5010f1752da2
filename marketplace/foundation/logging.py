"""One line for each request: what was asked, what was answered, how long it took. No person is in it."""

import json
import logging
import re
import sys
import time
from datetime import UTC, datetime

from flask import Flask, g, request

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
REQUESTS = logging.getLogger("pasarkim.request")


class JsonFormatter(logging.Formatter):
    """One JSON object a line, for whatever collects logs."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """A line for a person who watches the terminal."""

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(message)s", "%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        # Addresses come from outside: their line ends and escapes must not write lines or colours of their own.
        return CONTROL.sub(lambda found: ascii(found[0])[1:-1], super().formatMessage(record))


def hides_its_address(view):
    """Declare that the address of a view is a key: the log tells the rule that led there instead."""
    view.address_is_secret = True
    return view


def write_request_log(app: Flask) -> None:
    """Log each request to standard error, in the form that LOG_FORMAT asks for.

    Neither address nor browser nor query text is written: what people look for is theirs.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if app.extensions["settings"].log_format == "json" else TextFormatter())
    for logger in (REQUESTS, app.logger):
        logger.handlers[:] = [handler]
        logger.setLevel(logging.INFO)
        logger.propagate = False

    @app.before_request
    def start_watch():
        g.request_started = time.perf_counter()

    @app.after_request
    def write_line(response):
        milliseconds = round((time.perf_counter() - g.get("request_started", time.perf_counter())) * 1000, 1)
        view = app.view_functions.get(request.endpoint)
        path = request.url_rule.rule if getattr(view, "address_is_secret", False) else request.path
        REQUESTS.info(
            "%s %s %s %s ms",
            request.method,
            path,
            response.status_code,
            milliseconds,
            extra={
                "fields": {
                    "method": request.method,
                    "path": path,
                    "endpoint": request.endpoint,
                    "status": response.status_code,
                    "milliseconds": milliseconds,
                    "bytes": response.calculate_content_length(),
                }
            },
        )
        return response
