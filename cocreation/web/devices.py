"""Work without a network (`core.offline`), over HTTP: what a page hands to its device, and what comes back.

The page's own rules hold for each request: who is signed in, their token, who may.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import generate_csrf

from cocreation.core import clock
from cocreation.core.errors import Refusal
from cocreation.core.offline import OfflineBatch, read_batch


def hand_out(**kept: object) -> Response:
    """What the device keeps, with the time, for a clock that is wrong, and a fresh token to send with."""
    return jsonify(now=clock.now().isoformat(), csrf=generate_csrf(), **kept)


def take_in(settle: Callable[[OfflineBatch], list[dict[str, object]]], *, device: str) -> ResponseReturnValue:
    """The answers that `settle` gives to the batch of this request, or why none of it could be done.

    `device` is the name of one that says none. Raises Invalid.
    """
    batch = read_batch(request.get_json(silent=True), device=device)
    try:
        return jsonify(answers=settle(batch))
    except Refusal as refusal:
        return jsonify(error=str(refusal.sentence)), refusal.status


def worker(scope: str) -> Response:
    """The service worker, which serves the one page at `scope` and no other."""
    script = Path(current_app.static_folder or "", "js/offline/worker.js").read_text()
    return Response(script, mimetype="text/javascript", headers={"Service-Worker-Allowed": scope})
