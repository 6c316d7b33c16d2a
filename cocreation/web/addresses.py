"""What no address of ours holds: a NUL, which PostgreSQL takes in no text."""

from __future__ import annotations

from flask import Flask, abort, request


def init_app(app: Flask) -> None:
    app.before_request(_read)


def _read() -> None:
    if "\0" in request.path or b"%00" in request.query_string:
        abort(400)
