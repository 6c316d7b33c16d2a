"""One line a request, as JSON, with its number. Addresses stand by their pattern: one may hold a receipt."""

from __future__ import annotations

import logging
import re
import secrets
import sys
import time

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()


def init_app(app: Flask) -> None:
    configure()
    app.before_request_funcs.setdefault(None, []).insert(0, _start)
    app.after_request(_tell)


def configure() -> None:
    """JSON lines on the error stream, so that what commands print stays theirs."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _start() -> None:
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if re.fullmatch(r"[\w-]{8,64}", given) else secrets.token_hex(8)
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request=g.request_id)


def _tell(response: Response) -> Response:
    if "request_id" not in g:
        return response
    response.headers["X-Request-Id"] = g.request_id
    rule = request.url_rule.rule if request.url_rule else "unknown"
    took = round((time.perf_counter() - g.started) * 1000, 1)
    if rule not in ("/health", "/ready", "/static/<path:filename>"):
        log.info("request", method=request.method, rule=rule, status=response.status_code, ms=took)
    return response
