"""The public pages: what was discussed, decided and written down, once it is published."""

from __future__ import annotations

from flask import request
from flask.typing import ResponseReturnValue

from cocreation.coordination import queries
from cocreation.core.errors import NotFound
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render


@access(anyone)
def index() -> ResponseReturnValue:
    return render("coordination/index.html", meetings=queries.published(request.args.get("cursor")))


@access(anyone)
def show(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    if meeting.published_at is None:
        raise NotFound
    return render("coordination/show.html", meeting=meeting)
