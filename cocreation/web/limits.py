"""How often one address may do what costs: in memory, or in Redis when there are several processes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address

limiter = Limiter(get_remote_address, headers_enabled=False)


def limit(rate: str | Callable[[], str], only_when: Callable[[], bool] = lambda: True, **options: Any) -> Any:
    """At most `rate` ("10 per minute"; a function when it depends on what is sent) sendings of this form from
    one address, of those that are meant (`only_when`); reading it is free.
    """
    return limiter.limit(
        rate, exempt_when=lambda: request.method in ("GET", "HEAD") or not only_when(), **options
    )


def limit_reading(rate: str) -> Any:
    """At most `rate` requests of any kind: for addresses that hold a secret someone might guess."""
    return limiter.limit(rate)


def init_app(app: Flask) -> None:
    settings = app.extensions["settings"]
    app.config.update(
        RATELIMIT_ENABLED=settings.rate_limits,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_STRATEGY="fixed-window",
    )
    limiter.init_app(app)
