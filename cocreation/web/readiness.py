"""Until the database has the shape this version needs, every page says so."""

from __future__ import annotations

from flask import Flask, current_app, render_template, request
from flask.typing import ResponseReturnValue

from cocreation.core import installation

# What says how it stands, or needs nothing.
OPEN = ("health.alive", "health.ready", "static")


def init_app(app: Flask) -> None:
    app.extensions["database checked"] = app.testing  # their databases are clones of a migrated one


def wait() -> ResponseReturnValue | None:
    """Asked until it is in order, then never again: a process is started anew with each version."""
    if current_app.extensions["database checked"] or request.endpoint in OPEN:
        return None
    if installation.lacking(current_app.extensions["engine"]) is None:
        current_app.extensions["database checked"] = True
        return None
    return render_template("unready.html"), 503, {"Retry-After": "60"}
