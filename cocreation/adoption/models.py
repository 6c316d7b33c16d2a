"""The adoption of a plan, and of what amends it later."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated
from cocreation.cycles.models import Cycle
from cocreation.documents.models import Document, Section
from cocreation.ideas.models.idea import Idea


class Adoption(Base):
    """The texts of a plan as they were adopted (number 1) or amended (2 and on), for good.

    `digest` is the SHA-256 of the digests of its texts, as the register has it.
    """

    __tablename__ = "adoptions"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    number: Mapped[int]
    message: Mapped[Translated]
    digest: Mapped[str]
    adopted_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    adopted_at: Mapped[datetime]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    texts: Mapped[list[AdoptedText]] = relationship(
        order_by="AdoptedText.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    papers: Mapped[list[AdoptedPaper]] = relationship(
        order_by="AdoptedPaper.language", lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class AdoptedPaper(Base):
    """An adoption as one PDF in a language, drawn once. `digest` is its SHA-256, as the register has it."""

    __tablename__ = "adopted_papers"

    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoptions.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    digest: Mapped[str]


class AdoptedText(Base):
    """A document in the version that was adopted."""

    __tablename__ = "adopted_texts"

    adoption_id: Mapped[int] = mapped_column(ForeignKey("adoptions.id", ondelete="CASCADE"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True, index=True)
    version: Mapped[int]
    position: Mapped[int]

    document: Mapped[Document] = relationship(lazy="raise_on_sql")


class CarriedIdea(Base):
    """An idea that a section of the plan carries, as the secretariat found."""

    __tablename__ = "carried_ideas"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    section_id: Mapped[int] = mapped_column(
        ForeignKey("document_sections.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    added_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    section: Mapped[Section] = relationship(lazy="raise_on_sql")
