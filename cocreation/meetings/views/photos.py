"""The photos of a meeting: its gallery, and each photo in two sizes."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

from flask import request, send_file

from cocreation.meetings import queries
from cocreation.meetings.queries import gallery, photo_bytes
from cocreation.web.access import access, anyone
from cocreation.web.rendering import render

# No longer: a photo that was taken away must not be kept by the caches between us and its readers.
KEPT = int(timedelta(days=7).total_seconds())


@access(anyone)
def photos(reference: str) -> Any:
    meeting = queries.get_meeting(reference)
    page = gallery(meeting, request.args.get("cursor"))
    return render("meetings/photos.html", meeting=meeting, photos=page)


@access(anyone)
def photo(reference: str, photo_id: int, mark: str, size: str) -> Any:
    """The bytes of a photo; `mark` changes with them, so that browsers may keep what they have."""
    return sent(reference, photo_id, mark, size, public=True)


def sent(reference: str, photo_id: int, mark: str, size: str, *, public: bool) -> Any:
    """The answer that carries a photo. Raises NotFound."""
    kept, content = photo_bytes(reference, photo_id, mark, size, public=public)
    name, etag = f"{reference}-{kept.id}.webp", f"{kept.mark}-{size}"
    return send_file(io.BytesIO(content), kept.kind, download_name=name, etag=etag, max_age=KEPT)
