"""What no address of ours holds: a NUL, which PostgreSQL takes in no text."""

from __future__ import annotations

from flask import Flask, abort, request


def init_app(app: Flask) -> None:
    app.before_request(_read)


def _read() -> None:
    if "\0" in request.path or any("\0" in each for _name, each in request.args.items(multi=True)):
        abort(400)
