"""The public pages of the register, and the register itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from flask import Response, current_app, request, stream_with_context
from flask.typing import ResponseReturnValue

from cocreation.core.database import session
from cocreation.ledger import checkpoints, instructions, journal, keys, queries
from cocreation.web.access import access, anyone
from cocreation.web.downloads import PUBLIC, exports
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    """The latest entries, and how to verify them all; or the entries of one idea."""
    idea = request.args.get("idea", "").strip()[:40]
    entries = queries.latest(idea, request.args.get("cursor"))
    told = [(entry, journal.told(entry)) for entry in entries]
    if idea:
        return render("ledger/idea.html", entries=entries, told_entries=told, idea=idea)
    number, last = queries.head()
    return render(
        "ledger/index.html",
        entries=entries,
        told_entries=told,
        number=number,
        last=last,
        script=instructions.SCRIPT,
        **_signed(),
    )


def _signed() -> dict[str, Any]:
    """The latest checkpoints, the key that signed them, and the commands that verify the last of them."""
    latest, key = queries.latest_checkpoints(), _key()
    return {
        "checkpoints": latest,
        "commands": instructions.commands(latest[0]) if latest else None,
        "pem": keys.pem(key),
        "fingerprint": keys.fingerprint(key),
    }


@access(anyone)
def entry(number: int) -> ResponseReturnValue:
    """One entry with all its content."""
    entry, (last, _hash) = queries.get_entry(number), queries.head()
    content = json.dumps(json.loads(entry.content), ensure_ascii=False, indent=2)
    return render("ledger/entry.html", entry=entry, told=journal.told(entry), content=content, last=last)


@access(anyone)
@exports(PUBLIC)
def download() -> Response:
    """One entry a line, read a few at a time while it is sent, however long the register is."""
    return _lines("register.jsonl", journal.entries)


@access(anyone)
@exports(PUBLIC)
def download_checkpoints() -> Response:
    """One checkpoint a line."""
    return _lines("register-checkpoints.jsonl", checkpoints.checkpoints)


@access(anyone)
@limit_reading("120 per minute")
def download_key() -> Response:
    """The key by which the signatures are verified."""
    return Response(keys.pem(_key()), mimetype="application/x-pem-file", headers=_as("register-key.pem"))


def _key() -> Ed25519PublicKey:
    return keys.key_of(current_app.extensions["settings"]).public_key()


def _lines(name: str, rows: Callable[[], Iterable[dict[str, object]]]) -> Response:
    def lines() -> Iterator[str]:
        try:
            for row in rows():
                yield json.dumps(row, ensure_ascii=False) + "\n"
        finally:
            session.remove()  # the request and its transaction are over by then

    return Response(stream_with_context(lines()), mimetype="application/jsonl", headers=_as(name))


def _as(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}
