"""Receipts and one-time links: secrets people hold instead of accounts."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

# Crockford's alphabet: no I, L, O, U, so that a receipt can be read aloud and copied by hand.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CONFUSED = str.maketrans("OIL", "011")


def new_receipt() -> str:
    """A secret code of 80 random bits, in four groups of four: `7F3K-QX9M-2BTD-0HWN`."""
    letters = [secrets.choice(ALPHABET) for _ in range(16)]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4))


def read_receipt(typed: str) -> str:
    """A receipt as it was given out, from what a person typed (spaces, small letters, O for 0)."""
    letters = [c for c in typed.upper().translate(CONFUSED) if c in ALPHABET]
    return "-".join("".join(letters[i : i + 4]) for i in range(0, 16, 4)) if len(letters) == 16 else ""


def new_slip() -> str:
    """A receipt printed before there is an idea: 70 random bits, and two letters that check them."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(14))
    return read_receipt(letters + _check(letters))


def is_slip(receipt: str) -> bool:
    """Whether a receipt (as `read_receipt` gives it) may have been printed by `new_slip`.

    No single wrong letter passes, nor two neighbours that changed places; of other receipts, one in 1000.
    """
    letters = receipt.replace("-", "")
    return len(letters) == 16 and _check(letters[:14]) == letters[14:]


def _check(letters: str) -> str:
    """The number that `letters` are in base 32, modulo the largest prime that two letters hold."""
    number = 0
    for letter in letters:
        number = (number * 32 + ALPHABET.index(letter)) % 1021
    number = (number + 509) % 1021  # so that zeros alone are no slip
    return ALPHABET[number // 32] + ALPHABET[number % 32]


def new_token() -> str:
    """A one-time secret for a link; only its `digest` is stored."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """SHA-256 of a token, in hexadecimal: what the database keeps of it."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(text: str, key: str) -> str:
    """HMAC-SHA256 of `text`, in hexadecimal: for what few values could be, such as the address of a network,
    which a plain digest would not hide.
    """
    return hmac.new(key.encode(), text.encode(), hashlib.sha256).hexdigest()


def kept(path: Path, make: Callable[[], str]) -> str:
    """The text of the file at `path`: made once by `make`, then kept, readable by its owner only.

    It appears whole, so that several who start at once all read what the first of them made.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent) as file:  # mode 0600
            file.write(make())
            file.flush()
            with suppress(FileExistsError):
                os.link(file.name, path)
    return path.read_text()
