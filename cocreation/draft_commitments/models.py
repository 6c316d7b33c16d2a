"""A commitment on its way from the preliminary list to the detailed sheet, and what is said inside of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.coordination.models import CoordinationMeeting
from cocreation.core.database import Base, Translated
from cocreation.documents.models import Document, Section
from cocreation.plan.models import Commitment


class SharedDraft(Base):
    """A draft of a commitment that the members of the committee can read and remark on."""

    __tablename__ = "shared_drafts"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    shared_at: Mapped[datetime]
    shared_by: Mapped[int] = mapped_column(ForeignKey("people.id"))

    document: Mapped[Document] = relationship(lazy="raise_on_sql")


class DraftRemark(Base):
    """What a member of the committee says of a shared draft, whole or in one section. Never public."""

    __tablename__ = "remarks"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    section_id: Mapped[int | None] = mapped_column(ForeignKey("document_sections.id"))
    version: Mapped[int]
    words: Mapped[str] = mapped_column(Text)
    said_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    said_at: Mapped[datetime] = mapped_column(index=True)
    reply: Mapped[str | None] = mapped_column(Text)
    replied_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    replied_at: Mapped[datetime | None]

    document: Mapped[Document] = relationship(lazy="raise_on_sql")
    section: Mapped[Section | None] = relationship(lazy="raise_on_sql")
    who: Mapped[Person] = relationship(foreign_keys=[said_by], lazy="raise_on_sql")


class DraftDiscussed(Base):
    """A commitment on the agenda of a joint meeting, and what was decided on it once it was."""

    __tablename__ = "drafts_discussed"
    __table_args__ = (UniqueConstraint("meeting_id", "commitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("coordination_meetings.id", ondelete="CASCADE"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    decision: Mapped[Translated | None]

    meeting: Mapped[CoordinationMeeting] = relationship(lazy="raise_on_sql")
    commitment: Mapped[Commitment] = relationship(lazy="raise_on_sql")
