"""Proof of work: what a browser computes in a second makes sending a thousand forms expensive.

The protocol is ALTCHA's. A challenge is bound to the number of one form (`once`). One form makes one idea or
one registration, and a few where the browser's Back brought it and somebody changed it (`MOST_OF_A_FORM`), so
that a solution serves few times without being stored. Without JavaScript
nothing can be proven: such forms are rationed (`rationed`), never refused for it.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import altcha
from flask import Blueprint, Response, current_app, g, jsonify, request

from cocreation.core import clock
from cocreation.web.access import access, anyone
from cocreation.web.limits import Answer, Given, limit, limit_reading

ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 500  # of the derivation, for each guess
GUESSES = (400, 1200)  # about half a second on a laptop, three on a cheap phone
LASTS = timedelta(hours=3)
# Sendings with one proof, each of other content: one colleague each.
MOST_OF_A_FORM = "12 per 3 hour"

bp = Blueprint("proof", __name__)


@bp.get("/challenge")
@access(anyone)
@limit_reading("120 per hour")
def give_challenge() -> Response:
    """A challenge for the browser, bound to the number of its form (`once`)."""
    once = request.args.get("once", "")[:64]
    response = jsonify(challenge(current_app.config["SECRET_KEY"], once, now=clock.now()))
    response.headers["Cache-Control"] = "no-store"
    return response


def proven() -> bool:
    """Whether the browser worked for this form; asked once a request."""
    if "proven" not in g:
        sent, once = request.form.get("altcha", ""), request.form.get("once", "")
        g.proven = proves(sent, current_app.config["SECRET_KEY"], once, now=clock.now())
    return bool(g.proven)


def rationed(
    with_proof: str, without: str, only_when: Callable[[], bool] = lambda: True
) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """At most `with_proof` or `without` ("5 per hour") sendings of this form that were taken, from one
    network; a refused one does not count, and what was typed comes back. Of one form with its proof, a few.
    """
    of_network = limit(
        lambda: with_proof if proven() else without, only_when=only_when, deduct_when=_was_taken
    )
    of_form = limit(
        MOST_OF_A_FORM,
        only_when=lambda: only_when() and proven(),
        deduct_when=_was_taken,
        by=lambda: request.form.get("once", "")[:64] or "no number",
    )
    return lambda view: of_network(of_form(view))


def _was_taken(response: Response) -> bool:
    return response.status_code < 400


def challenge(secret: str, once: str, *, now: datetime) -> dict[str, object]:
    """A challenge for the form numbered `once`, as the browser's worker reads it."""
    counter = secrets.randbelow(GUESSES[1] - GUESSES[0]) + GUESSES[0]
    puzzle = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=counter,
        data={"once": once, "until": int((now + LASTS).timestamp())},
        hmac_secret=secret,
        hmac_key_secret=f"key {secret}",
    )
    return puzzle.to_dict()


def proves(solution: str, secret: str, once: str, *, now: datetime) -> bool:
    """Whether `solution` (base64 of JSON) solves a challenge of ours, made for this form, still in time."""
    try:
        data = json.loads(base64.b64decode(solution))["challenge"]["parameters"]["data"]
        if data["once"] != once or data["until"] <= now.timestamp():
            return False
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        return False
    return bool(altcha.verify_solution(solution, secret, hmac_key_secret=f"key {secret}").verified)
