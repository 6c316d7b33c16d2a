"""How often one network may do what costs: in memory, or in Redis when there are several processes.

While Redis is away each process counts for itself, and asks now and then whether it is back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter, RouteLimit

from cocreation.core.networks import network_of

Given = ParamSpec("Given")
Answer = TypeVar("Answer", bound=ResponseReturnValue)
REDIS_ANSWERS = 1  # seconds within which Redis answers, else it is away


def network() -> str:
    """The network this request comes from."""
    return network_of(request.remote_addr or "")


# An answer that is counted once it is made (`deduct_when`) is given though Redis went meanwhile.
limiter = Limiter(network, headers_enabled=False, in_memory_fallback_enabled=True, swallow_errors=True)


def limit(
    rate: str | Callable[[], str],
    only_when: Callable[[], bool] = lambda: True,
    *,
    deduct_when: Callable[[Response], bool] | None = None,
    by: Callable[[], str] = network,
) -> RouteLimit:
    """At most `rate` ("10 per minute"; a function when it depends on what is sent) sendings of this form from
    one network, or `by` whatever else they are counted, of those that are meant (`only_when`) and counted
    (`deduct_when`); reading it is free.
    """
    return limiter.limit(
        rate,
        key_func=by,
        exempt_when=lambda: request.method in ("GET", "HEAD") or not only_when(),
        deduct_when=deduct_when,
    )


def limit_reading(rate: str) -> Callable[[Callable[Given, Answer]], Callable[Given, Answer]]:
    """At most `rate` requests of any kind: for addresses that hold a secret someone might guess, and for
    what is made when it is asked for.
    """

    def mark(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
        limited = limiter.limit(rate)(view)
        limited.reading_limit = rate  # type: ignore[attr-defined]
        return limited

    return mark


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config.update(
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_STRATEGY="fixed-window",
    )
    if settings.redis_url:
        waits = {"socket_connect_timeout": REDIS_ANSWERS, "socket_timeout": REDIS_ANSWERS}
        app.config["RATELIMIT_STORAGE_OPTIONS"] = waits
    limiter.init_app(app)
