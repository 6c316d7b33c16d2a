"""One line for each request, as JSON, with its number. Nothing about people: addresses stand by their
pattern, since one may hold a receipt, and what broke is told by its kind and its place, never by its message.
"""

from __future__ import annotations

import io
import json
import logging
import re
import secrets
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import TextIO, cast

import structlog
from flask import Flask, Response, g, request

log = structlog.get_logger()

# What gunicorn writes into a message itself, where others hand it over beside it.
_WRITTEN_IN = re.compile(r"(ip=|: ).*", re.DOTALL)


def init_app(app: Flask) -> None:
    configure()
    app.after_request(_tell)


def configure() -> None:
    """JSON lines on the error stream, so that what commands print stays theirs; those of libraries too."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _tell_where,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.WriteLoggerFactory(cast(TextIO, _ErrorStream())),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, Discreet) for handler in root.handlers):
        handler = logging.StreamHandler(_ErrorStream())
        handler.setLevel(logging.WARNING)
        handler.setFormatter(Discreet())
        root.addHandler(handler)
    for gunicorn_handler in logging.getLogger("gunicorn.error").handlers:
        gunicorn_handler.setFormatter(Discreet())
    logging.getLogger("werkzeug").setLevel(
        logging.WARNING
    )  # its lines hold whole addresses; ours stand for them


class _ErrorStream(io.TextIOBase):
    """The error stream as it is at the moment something is written."""

    def write(self, text: str) -> int:
        return sys.stderr.write(text)

    def flush(self) -> None:
        sys.stderr.flush()


class Discreet(logging.Formatter):
    """A line of a library: its sentence without what is filled into it, its failure by kind and place."""

    def format(self, record: logging.LogRecord) -> str:
        sentence = str(record.msg)
        if record.name.startswith("gunicorn") and not record.args:
            sentence = _WRITTEN_IN.sub("…", sentence)
        line: dict[str, object] = {
            "event": sentence,
            "logger": record.name,
            "level": record.levelname.lower(),
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = where(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def where(error: BaseException) -> str:
    """What broke and where, with what led to it: a traceback without messages, which hold what was typed."""
    told, seen = [], set()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        frames = traceback.StackSummary.extract(
            traceback.walk_tb(following.__traceback__), lookup_lines=False
        )
        places = [f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
        told.append("\n".join([_kind(following), *places]))
        following = following.__cause__ or (None if following.__suppress_context__ else following.__context__)
    return "\n".join(reversed(told))


def _kind(error: BaseException) -> str:
    """Its class, with what a database or the system calls it: codes and names of ours, no values."""
    diagnosis = getattr(error, "diag", None)
    codes = [
        getattr(error, "sqlstate", None),
        getattr(error, "sqlite_errorname", None),
        getattr(diagnosis, "table_name", None),
        getattr(diagnosis, "constraint_name", None),
        getattr(error, "strerror", None) if isinstance(error, OSError) else None,
    ]
    said = ", ".join(str(code) for code in codes if code)
    kind = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    return f"{kind} ({said})" if said else kind


def _tell_where(
    _logger: object, _method: str, line: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    failure = line.pop("exc_info", None)
    error = failure if isinstance(failure, BaseException) else sys.exc_info()[1] if failure else None
    if error is not None:
        line["exception"] = where(error)
    return line


def start() -> None:
    """Let every line that this request logs say which one it was."""
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
