"""My data: everything that is held about an idea and who sent it, for its author to take along."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from cocreation.core import personal_data
from cocreation.core.database import Base, session
from cocreation.ideas.models.idea import Attachment
from cocreation.ideas.queries import dialogue, idea as ideas_idea

# What links rows together, who of the staff acted, and the secret of the association (`voucher`).
NOT_THEIRS = {"id", "idea_id", "cycle_id", "once", "tokens", "asked_by", "heard_by", "voucher"}


def export(receipt: str) -> dict[str, Any]:
    """All that this receipt opens, as JSON can carry it. Raises NotFound.

    Attachments go by name, kind, size and digest. What the same address supports or follows is opened by the
    links in its own mails, and is not here: a receipt that is shown around must not tell of it.
    """
    idea = ideas_idea.by_receipt(receipt)
    contested = dialogue.appeal_of(idea.id)
    files = select(Attachment).where(Attachment.idea_id == idea.id).order_by(Attachment.id)
    about = {
        "cycle": idea.cycle.code,
        "theme": idea.theme and idea.theme.name,
        "region": idea.region and idea.region.name,
    }
    return {
        "idea": {**_row(idea), **about},
        "author": _row(idea.author) if idea.author else None,
        "steps": [_row(step) for step in idea.steps],
        "questions": [_row(question) for question in dialogue.questions_of(idea.id)],
        "appeal": _row(contested) if contested else None,
        "attachments": [_row(file) for file in session.scalars(files)],
    }


def _row(row: Base) -> dict[str, object]:
    return personal_data.row_of(row, but=NOT_THEIRS)
