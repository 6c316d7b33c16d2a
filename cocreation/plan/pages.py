"""Where a save of a commitment's sheet leads."""

from __future__ import annotations

from flask import current_app, url_for

from cocreation.plan.models import Commitment

# The page of a room above, named and not imported.
CAUSES = "manage_adoption.causes"


def last_version(commitment: Commitment) -> int:
    return commitment.document.latest if commitment.document else 0


def after_save(commitment: Commitment, before: int, page: str) -> str:
    """To where it is said why, when a text that was put to public comment has another version than `before`;
    else to `page`.
    """
    document = commitment.document
    is_changed = document is not None and document.consulted and document.latest != before
    if document and is_changed and CAUSES in current_app.view_functions:
        return url_for(CAUSES, reference=document.reference, number=document.latest)
    return page
