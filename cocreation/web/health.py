"""For those who keep it running: is the process alive, can it do its work."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, current_app
from sqlalchemy import text

from cocreation.core import backups, clock, pulse, undelivered
from cocreation.core.database import session
from cocreation.web.access import access, anyone

bp = Blueprint("health", __name__)


@bp.get("/health")
@access(anyone)
def alive() -> tuple[dict[str, str], int]:
    return {"status": "alive"}, 200


@bp.get("/ready")
@access(anyone)
def ready() -> tuple[dict[str, object], int]:
    """Ready when the database answers with its tables in place; 503 otherwise.

    How mail, the worker and the backups stand is told beside it and takes nothing away: the web goes on.
    """
    now = clock.now()
    try:
        session.execute(text("select version_num from alembic_version"))
        stands = {"mail": _mail(now), "worker": _worker(now)}
    except Exception:  # whatever is wrong with the database, the answer is the same
        session.rollback()
        return {"status": "not ready"}, 503
    return {"status": "ready", **stands, **backups.age(current_app.extensions["settings"], now)}, 200


def _mail(now: datetime) -> dict[str, object]:
    standing, sign = undelivered.standing(now), pulse.last(pulse.POST)
    away = sign.away_since if sign else None
    status = f"waiting since {standing.oldest.isoformat()}" if standing.oldest else "nothing waits"
    return {
        "status": status,
        "waiting": standing.count,
        "oldest_due_seconds": int((now - standing.oldest).total_seconds()) if standing.oldest else 0,
        "failed": standing.failed,
        "server": f"away since {away.isoformat()}" if away else "no trouble",
    }


def _worker(now: datetime) -> dict[str, object]:
    sign = pulse.last(pulse.WORKER)
    if sign is None:
        return {"status": "never seen", "last_seen": None}
    if sign.trouble:
        return {"status": "clock in doubt", "last_seen": sign.at.isoformat()}
    return {"status": "silent" if sign.is_silent(now) else "at work", "last_seen": sign.at.isoformat()}
