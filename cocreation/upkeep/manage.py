"""The page of the backups, for administrators."""

from __future__ import annotations

from flask import current_app
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import administrator
from cocreation.core import backups, clock
from cocreation.core.settings import Settings
from cocreation.web.access import access
from cocreation.web.rendering import render

SHOWN = 30


@access(administrator)
def index() -> ResponseReturnValue:
    """How often and where, what there is, and whether it was ever tried."""
    settings: Settings = current_app.extensions["settings"]
    found, now = backups.find_all(settings.backup_directory), clock.now()
    return render(
        "upkeep/backups.html",
        settings=settings,
        latest=found[0] if found else None,
        shown=found[:SHOWN],
        count=len(found),
        tried_at=max((backup.tried_at for backup in found if backup.tried_at), default=None),
        late=backups.is_late(settings, now),
    )
