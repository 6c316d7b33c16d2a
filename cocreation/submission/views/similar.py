"""What helps while writing: similar ideas, and the names of associations."""

from __future__ import annotations

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from cocreation.ideas.queries import similar as ideas_similar
from cocreation.submission.queries import submission
from cocreation.web.access import access, anyone
from cocreation.web.limits import limit_reading
from cocreation.web.rendering import render


@access(anyone)
@limit_reading("60 per minute")
def similar() -> ResponseReturnValue:
    """A part of a page: ideas that say much what was typed (`q`), each with what became of it."""
    return render(
        "submission/_similar.html", similar=ideas_similar.similar_to(request.args.get("q", "")[:1000])
    )


@access(anyone)
@limit_reading("60 per minute")
def associations() -> ResponseReturnValue:
    """Associations of the directory whose name holds what was typed (`q`), as "name, city"."""
    found = submission.named_like(request.args.get("q", ""))
    return jsonify([f"{row.name}, {row.city}" for row in found])
