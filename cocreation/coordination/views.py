"""The public pages: what was discussed, decided and written down, once it is published."""

from __future__ import annotations

from typing import Any

from flask import request

from cocreation.coordination import queries
from cocreation.core.errors import NotFound
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def index() -> Any:
    return render("coordination/index.html", meetings=queries.published(request.args.get("cursor")))


@access(anyone)
def show(reference: str) -> Any:
    meeting = queries.get_meeting(reference)
    if meeting.published_at is None:
        raise NotFound
    return render("coordination/show.html", meeting=meeting)
