"""Routes that take several files take more at once than the others do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, request

View = TypeVar("View", bound=Callable[..., Any])


def takes_up_to(megabytes: int) -> Callable[[View], View]:
    """Mark a view as one that takes requests of this size."""

    def mark(view: View) -> View:
        view.most_bytes = megabytes * 1024 * 1024  # type: ignore[attr-defined]
        return view

    return mark


def init_app(app: Flask) -> None:
    # Before anything reads the form: what was not allowed then cannot be read later.
    app.before_request_funcs.setdefault(None, []).insert(0, _allow)


def _allow() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if most := getattr(view, "most_bytes", None):
        request.max_content_length = most
