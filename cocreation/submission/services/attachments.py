"""Files that come with an idea: they wait under the number of its form until it is sent."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from cocreation.core.database import lock, session
from cocreation.cycles.models import Cycle
from cocreation.files.content import File
from cocreation.ideas.models.idea import Attachment, Idea
from cocreation.submission.models import Draft
from cocreation.submission.refusals import TooManyFiles

MOST_FILES = 5
# How long files wait for a form that was refused, unless it is kept as a draft.
WAIT = timedelta(days=7)


def attach(
    cycle_id: int, once: str, files: Sequence[File], *, without: Collection[int] = (), now: datetime
) -> None:
    """Add `files` to the form numbered `once`, those it already has but `without` some, by their ids.

    The same content twice is one file; what came with an idea already sent stays with it, and is no file of
    another one that is sent with the same form. Raises TooManyFiles.
    """
    lock(Cycle, cycle_id)  # so that two sendings of one form count each other's files
    attachments = session.scalars(select(Attachment).where(*_waits(once))).all()
    removed = [attachment for attachment in attachments if attachment.id in without]
    digests = {attachment.digest for attachment in attachments if attachment not in removed}
    added = {file.digest: file for file in reversed(files) if file.digest not in digests}
    if len(digests) + len(added) > MOST_FILES:
        raise TooManyFiles
    session.execute(delete(Attachment).where(Attachment.id.in_([attachment.id for attachment in removed])))
    session.add_all(_row(once, file, now) for file in reversed(added.values()))
    session.flush()


def hand_over(idea: Idea) -> None:
    """The files that came with an idea's form are the idea's."""
    session.execute(update(Attachment).where(*_waits(number_of(idea.once))).values(idea_id=idea.id))


def let_go(idea: Idea) -> None:
    """The same form came once more: the files that came with it are there already."""
    own = select(Attachment.digest).where(Attachment.idea_id == idea.id)
    again = (*_waits(number_of(idea.once)), Attachment.digest.in_(own))
    session.execute(delete(Attachment).where(*again))


def number_of(sending: str) -> str:
    """The number of the form of a `sending` (`web.forms.Form`): its files and its draft wait under it."""
    return sending.partition("-")[0]


def _waits(number: str) -> tuple[ColumnElement[bool], ...]:
    return (Attachment.once == number, Attachment.idea_id.is_(None))


def sweep(now: datetime) -> int:
    """Delete the files of forms that were never sent; how many. Commits."""
    forgotten = (Attachment.idea_id.is_(None), Attachment.added_at <= now - WAIT)
    kept = select(Draft.once)
    gone = delete(Attachment).where(*forgotten, Attachment.once.not_in(kept)).returning(Attachment.id)
    count = len(session.scalars(gone).all())
    session.commit()
    return count


def _row(once: str, file: File, now: datetime) -> Attachment:
    return Attachment(
        once=once,
        name=file.name,
        kind=file.kind,
        size=len(file.content),
        digest=file.digest,
        content=file.content,
        added_at=now,
    )
