"""Tables and papers made when they are asked for: limited, and one at a time in each process.

Making one takes a processor for seconds; the other threads of the process are for pages. Staff have a place
of their own, so that nobody from outside closes theirs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec

from flask import Response, current_app
from flask.typing import ResponseReturnValue

from cocreation.core.errors import Refusal
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.web.limits import limit_reading, limiter

Given = ParamSpec("Given")

PUBLIC, STAFF = "20 per minute", "60 per minute"
LONGEST = 60.0  # seconds for which one being sent keeps others out: who reads slowly makes nobody work


class DownloadsBusy(Refusal):
    status, wait = 503, 10
    sentence = _l("Other tables are being made at this moment. Please try again in a few seconds.")


class Turn:
    """One export at work; `sent_since` is set once the rest is made while somebody reads it."""

    sent_since: float | None = None

    def __init__(self, place: DownloadPlace) -> None:
        self.place = place

    def end(self) -> None:
        """Give the place back, unless the next has it already."""
        with self.place.lock:
            if self.place.turn is self:
                self.place.turn = None

    def is_over(self) -> bool:
        return self.sent_since is not None and time.monotonic() - self.sent_since >= LONGEST


class DownloadPlace:
    """Where one export at a time is made."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.turn: Turn | None = None

    def take(self) -> Turn:
        """Raises DownloadsBusy."""
        with self.lock:
            if self.turn is not None and not self.turn.is_over():
                raise DownloadsBusy
            self.turn = Turn(self)
            return self.turn


PLACES = {PUBLIC: DownloadPlace(), STAFF: DownloadPlace()}


def exports(
    rate: str,
) -> Callable[[Callable[Given, ResponseReturnValue]], Callable[Given, Response]]:
    """Mark a view that makes a file: at most `rate` (PUBLIC or STAFF) from a network, one at a time."""

    def mark(view: Callable[Given, ResponseReturnValue]) -> Callable[Given, Response]:
        @wraps(view)
        def one_at_a_time(*args: Given.args, **values: Given.kwargs) -> Response:
            if not limiter.enabled:
                return current_app.make_response(view(*args, **values))
            turn = PLACES[rate].take()
            try:
                response = current_app.make_response(view(*args, **values))
            except BaseException:
                turn.end()
                raise
            if response.is_streamed:
                turn.sent_since = time.monotonic()
                response.response = _sent(response.response, turn)
                response.call_on_close(turn.end)
            else:
                turn.end()
            return response

        return limit_reading(rate)(one_at_a_time)

    return mark


def _sent(parts: Iterable[object], turn: Turn) -> Iterator[Any]:
    try:
        yield from parts
    finally:
        turn.end()
