"""What no address of ours holds: a NUL, which PostgreSQL takes in no text, and bytes that are no letters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, abort, request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_NO_ASCII = re.compile(r"[^\x00-\x7f]")


def init_app(app: Flask) -> None:
    app.before_request(_read)
    inner = app.wsgi_app

    def with_clean_query(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """NULs are left out of what is asked, as in forms; raw bytes are written as a browser writes them
        ("%C3%A9"), since Werkzeug stumbles over them.
        """
        asked = environ.get("QUERY_STRING", "").replace("%00", "").replace("\0", "")
        environ["QUERY_STRING"] = _NO_ASCII.sub(lambda found: f"%{ord(found[0]):02X}", asked)
        return inner(environ, start_response)

    app.wsgi_app = with_clean_query  # type: ignore[method-assign]


def _read() -> None:
    if "\0" in request.path:
        abort(400)
