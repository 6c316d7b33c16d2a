"""The public page of the register, and the register itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, Response, request, stream_with_context

from cocreation.core.database import session
from cocreation.register import journal, queries
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render

bp = Blueprint("register", __name__)


@bp.get("/register")
@access(anyone)
def index() -> Any:
    entries, head = queries.latest(request.args.get("cursor"))
    told = [(entry, journal.told(entry)) for entry in entries]
    return render("register/index.html", entries=entries, told_entries=told, head=head, script=journal.SCRIPT)


@bp.get("/register.jsonl")
@access(anyone)
def download() -> Response:
    """One entry a line, read a few at a time while it is sent, however long the register is."""
    lines = stream_with_context(_lines())
    disposition = {"Content-Disposition": 'attachment; filename="register.jsonl"'}
    return Response(lines, mimetype="application/jsonl", headers=disposition)


def _lines() -> Iterator[str]:
    try:
        for entry in journal.entries():
            yield json.dumps(entry, ensure_ascii=False) + "\n"
    finally:
        session.remove()  # the request and its transaction are over by then
