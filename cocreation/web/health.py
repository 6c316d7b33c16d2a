"""For those who keep it running: is the process alive, can it do its work."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app
from sqlalchemy import text

from cocreation.core import backups, clock
from cocreation.core.database import session
from cocreation.web.access import access, anyone

bp = Blueprint("health", __name__)


@bp.get("/health")
@access(anyone)
def alive() -> tuple[dict[str, str], int]:
    return {"status": "alive"}, 200


@bp.get("/ready")
@access(anyone)
def ready() -> tuple[dict[str, Any], int]:
    """Ready when the database answers with its tables in place; 503 otherwise."""
    try:
        session.execute(text("select version_num from alembic_version"))
    except Exception:  # whatever is wrong with the database, the answer is the same
        session.rollback()
        return {"status": "not ready"}, 503
    return {"status": "ready", **backups.age(current_app.extensions["settings"], clock.now())}, 200
