"""What this browser has sent and nobody has confirmed yet by the mail: for an hour, it alone may say that the
address was mistyped.
"""

from __future__ import annotations

from datetime import timedelta

from flask import g, session as cookie

from cocreation.core import clock
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.forms import Form, email

LASTS = timedelta(hours=1)
MOST = 6  # a secretary registers one colleague after the other; the cookie stays small
NAME = "sendings"


class AddressForm(Form):
    """An address to write to."""

    email = email(_l("E-mail"))


def remember(kind: str, *what: object) -> None:
    """Note that this browser sent a `kind` of thing: numbers and texts, which its owner can read in the
    cookie, so never the secret that only the mail may tell.
    """
    ours = [sending for sending in _lasting() if sending[1:] != [kind, *what]]
    cookie[NAME] = [*ours, [int(clock.now().timestamp()), kind, *what]][-MOST:]


def latest(kind: str) -> list[object] | None:
    """What `remember` was last told of this kind within the hour."""
    return next((sending[2:] for sending in reversed(_lasting()) if sending[1] == kind), None)


def keep_private() -> None:
    """This page shows the address that was typed: no browser keeps it for the next person."""
    g.private = True


def was_sent(kind: str, *what: object) -> bool:
    """Whether this browser sent it within the hour."""
    return any(sending[1:] == [kind, *what] for sending in _lasting())


def numbers(kind: str) -> list[int]:
    """The ids of all that this browser sent of this kind within the hour."""
    return [int(str(sending[2])) for sending in _lasting() if sending[1] == kind]


def forget(kind: str) -> None:
    """It is confirmed."""
    cookie[NAME] = [sending for sending in _lasting() if sending[1] != kind]


def _lasting() -> list[list[object]]:
    since = (clock.now() - LASTS).timestamp()
    return [sending for sending in cookie.get(NAME, []) if float(str(sending[0])) > since]
