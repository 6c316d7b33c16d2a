"""Notes are written, taken back, settled."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from cocreation.core import audit
from cocreation.core.database import found, lock, session
from cocreation.ideas.models.idea import Idea
from cocreation.notes.models import Note
from cocreation.notes.policy import TAKEN_BACK_WITHIN, NoteReader
from cocreation.notes.queries import Addressee, addressees
from cocreation.notes.refusals import NobodyThere, TooLateToTakeBack


def write(idea_id: int, who: NoteReader, key: str, body: str, *, now: datetime) -> Note:
    """Write a note on an idea for one of its `addressees`. Raises NobodyThere."""
    whom = _found(addressees(idea_id, who), key)
    note = Note(
        idea_id=idea_id,
        author_id=who.person_id,
        written_at=now,
        from_id=whom.from_id,
        for_id=whom.for_id,
        to_id=whom.to_id,
        waits=whom.waits,
        body=body,
    )
    session.add(note)
    return note


def take_back(idea_id: int, note_id: int, who: NoteReader, *, now: datetime) -> None:
    """Take back a note of one's own, as if it had not been written. Raises NotFound, TooLateToTakeBack."""
    note = _readable(idea_id, note_id, who)
    if not who.can_take_back(note, now):
        raise TooLateToTakeBack(minutes=int(TAKEN_BACK_WITHIN.total_seconds() // 60))
    session.delete(note)
    audit.record("note taken back", session.get_one(Idea, idea_id).reference or "", by=who.person_id, now=now)


def settle(idea_id: int, note_id: int, who: NoteReader, *, now: datetime) -> Note:
    """Say that what a note asked for is done; whoever reads it can. Raises NotFound."""
    note = _readable(idea_id, note_id, who)
    if note.resolved_at is None:
        note.resolved_at, note.resolved_by = now, who.person_id
    return note


def _found(offered: list[Addressee], key: str) -> Addressee:
    whom = next((whom for whom in offered if whom.key == key), None)
    if whom is None:
        raise NobodyThere
    return whom


def _readable(idea_id: int, note_id: int, who: NoteReader) -> Note:
    """A note of the idea that they read, locked. Raises NotFound."""
    own = select(Note).where(Note.id == note_id, Note.idea_id == idea_id, who.may_read())
    found(session.scalar(own))
    return lock(Note, note_id)
