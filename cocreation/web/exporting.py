"""Tables and papers made when they are asked for: limited, and one at a time in each process.

Making one takes a processor for seconds; the other threads of the process are for pages. Staff have a place
of their own, so that nobody from outside closes theirs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from threading import Lock
from typing import Any

from flask import Response, current_app

from cocreation.core.errors import Refusal
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.web.limits import limit_reading, limiter

PUBLIC, STAFF = "20 per minute", "60 per minute"
LONGEST = 60.0  # seconds for which one keeps others out: who reads slowly makes nobody work


class Busy(Refusal):
    status, wait = 503, 10
    sentence = _l("Other tables are being made at this moment. Please try again in a few seconds.")


class Place:
    """Where one export at a time is made. Given back once: at its end, or to the next after LONGEST."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._holder: object | None = None
        self._since = 0.0

    def take(self) -> Callable[[], None]:
        """What gives it back. Raises Busy."""
        holder, now = object(), time.monotonic()
        with self._lock:
            if self._holder is not None and now - self._since < LONGEST:
                raise Busy
            self._holder, self._since = holder, now

        def give_back() -> None:
            with self._lock:
                if self._holder is holder:
                    self._holder = None

        return give_back


PLACES = {PUBLIC: Place(), STAFF: Place()}


def exports(rate: str) -> Callable[[Callable[..., Any]], Any]:
    """Mark a view that makes a file: at most `rate` (PUBLIC or STAFF) from a network, one at a time."""

    def mark(view: Callable[..., Any]) -> Any:
        @wraps(view)
        def one_at_a_time(**arguments: Any) -> Response:
            if not limiter.enabled:
                return current_app.make_response(view(**arguments))
            give_back = PLACES[rate].take()
            try:
                response = current_app.make_response(view(**arguments))
            except BaseException:
                give_back()
                raise
            if response.is_streamed:
                response.response = _sent(response.response, give_back)
                response.call_on_close(give_back)
            else:
                give_back()
            return response

        return limit_reading(rate)(one_at_a_time)

    return mark


def _sent(parts: Iterable[Any], give_back: Callable[[], None]) -> Iterator[Any]:
    try:
        yield from parts
    finally:
        give_back()
