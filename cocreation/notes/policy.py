"""Who reads which notes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, true

from cocreation.accounts.models import Duty
from cocreation.accounts.policy import SECRETARIAT, holders, staff
from cocreation.notes.models import Note

readers = staff(*SECRETARIAT, *holders(Duty.STUDY))
# For how long its author can take a note back.
TAKEN_BACK_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class NoteReader:
    """Somebody at an idea: the secretariat reads all, others what is of the `institutions` they study for."""

    person_id: int
    reads_all: bool
    institutions: frozenset[int]

    def may_read(self) -> ColumnElement[bool]:
        """The condition of the notes they read."""
        if self.reads_all:
            return true()
        return or_(Note.from_id.in_(self.institutions), Note.for_id.in_(self.institutions))

    def can_take_back(self, note: Note, now: datetime) -> bool:
        return note.author_id == self.person_id and now - note.written_at <= TAKEN_BACK_WITHIN
