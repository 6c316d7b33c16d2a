"""Notes of the staff on ideas."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea


class Note(Base):
    """What a member of the staff wrote on an idea for colleagues.

    `from_id` is the institution its author wrote for, None for the secretariat; `for_id` the one it is
    addressed to; `to_id` a person. Where it `waits`, that person has to read it, else those who answer for
    `for_id`, else the secretariat, until somebody says that it is settled.
    """

    __tablename__ = "notes"
    __table_args__ = (Index("ix_notes_waits", "resolved_at", "waits"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]
    from_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    for_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    waits: Mapped[bool]
    body: Mapped[str] = mapped_column(Text)
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    author: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[author_id])
    to: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[to_id])
    resolver: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[resolved_by])
    of: Mapped[Institution | None] = relationship(lazy="raise_on_sql", foreign_keys=[from_id])
    to_body: Mapped[Institution | None] = relationship(lazy="raise_on_sql", foreign_keys=[for_id])
