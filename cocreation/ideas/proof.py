"""Proof of work: what a browser computes in a second makes sending a thousand ideas expensive.

The protocol is ALTCHA's. A challenge is bound to the number of one form (`once`), and one form makes one
idea, so that a solution serves once without anything being stored.
"""

from __future__ import annotations

import base64
import binascii
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

import altcha

ALGORITHM = "PBKDF2/SHA-256"
ROUNDS = 500  # of the derivation, for each guess
GUESSES = (400, 1200)  # about half a second on a laptop, three on a cheap phone
LASTS = timedelta(hours=3)


def challenge(secret: str, once: str, *, now: datetime) -> dict[str, Any]:
    """A challenge for the form numbered `once`, as the browser's worker reads it."""
    counter = secrets.randbelow(GUESSES[1] - GUESSES[0]) + GUESSES[0]
    made = altcha.create_challenge(
        ALGORITHM,
        ROUNDS,
        counter=counter,
        data={"once": once, "until": int((now + LASTS).timestamp())},
        hmac_secret=secret,
        hmac_key_secret=f"key {secret}",
    )
    return made.to_dict()


def proves(solution: str, secret: str, once: str, *, now: datetime) -> bool:
    """Whether `solution` (base64 of JSON) solves a challenge of ours, made for this form, still in time."""
    try:
        data = json.loads(base64.b64decode(solution))["challenge"]["parameters"]["data"]
        if data["once"] != once or data["until"] <= now.timestamp():
            return False
    except (binascii.Error, ValueError, KeyError, TypeError, RecursionError):
        return False
    return bool(altcha.verify_solution(solution, secret, hmac_key_secret=f"key {secret}").verified)
