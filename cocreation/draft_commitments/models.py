"""A commitment on its way from the preliminary list to the detailed sheet, and what is said inside of it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.documents.models import Document, Section
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment


class CommitmentProposalState(Named):
    """Where a commitment that an institution proposes stands."""

    PROPOSED = "proposed", _l("proposed")
    RETURNED = "returned", _l("returned with a question")
    ACCEPTED = "accepted", _l("a draft of the plan")
    WITHDRAWN = "withdrawn", _l("withdrawn")

    @property
    def kind(self) -> str:
        """The shape and colour that show it."""
        return {"proposed": "open", "returned": "waiting", "accepted": "done", "withdrawn": "neutral"}[self]


class DraftStage(Named):
    """How far a commitment is on its way to the public."""

    PRELIMINARY = "preliminary", _l("preliminary list")
    SHARED = "shared", _l("shared with the committee")
    DISCUSSED = "discussed", _l("discussed in a joint meeting")
    PUBLIC = "public", _l("public")

    @property
    def kind(self) -> str:
        return {"preliminary": "neutral", "shared": "open", "discussed": "partial", "public": "done"}[self]


class CommitmentProposal(Base):
    """What an institution would commit to, before it is a draft of the plan. `question` is what the
    secretariat asked when it returned it.
    """

    __tablename__ = "commitment_proposals"
    __table_args__ = (Index("ix_commitment_proposals_proposed_at_id", "proposed_at", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    state: Mapped[CommitmentProposalState] = mapped_column(choice(CommitmentProposalState))
    title: Mapped[Translated]
    problem: Mapped[Translated]
    solution: Mapped[Translated]
    expected_result: Mapped[Translated]
    proposed_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime]
    question: Mapped[str | None] = mapped_column(Text)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id", ondelete="SET NULL"))

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        """Whether its institution can still change it."""
        return self.state in (CommitmentProposalState.PROPOSED, CommitmentProposalState.RETURNED)


class SharedDraft(Base):
    """A draft of a commitment that the members of the committee can read and remark on."""

    __tablename__ = "shared_drafts"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    shared_at: Mapped[datetime]
    shared_by: Mapped[int] = mapped_column(ForeignKey("people.id"))

    document: Mapped[Document] = relationship(lazy="raise_on_sql")


class DraftReading(Base):
    """Who of the committee said that they have read a shared draft, when, and in which version."""

    __tablename__ = "draft_readings"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    version: Mapped[int]
    read_at: Mapped[datetime]


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
    replier: Mapped[Person | None] = relationship(foreign_keys=[replied_by], lazy="raise_on_sql")
