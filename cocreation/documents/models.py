"""Documents, their sections, and their versions."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base, Json, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle
from cocreation.languages.i18n import lazy_gettext as _l


class DocumentKind(Named):
    """What a document is."""

    COMMITMENT = "commitment", _l("commitment sheet")
    REPORT = "report", _l("self-assessment report")
    METHODOLOGY = "methodology", _l("methodology")
    LAW = "law", _l("draft law")
    RULES = "rules", _l("rules of a committee")


class SectionKind(Named):
    """What a section says, in the order in which a document has them; several of a kind keep their own."""

    TITLE = "title", _l("Title")
    PROBLEM = "problem", _l("Problem")
    SOLUTION = "solution", _l("Proposed solution")
    RESULT = "result", _l("Expected result")
    TRANSPARENCY = "transparency", _l("How it advances transparency")
    PARTICIPATION = "participation", _l("How it advances participation")
    ACCOUNTABILITY = "accountability", _l("How it advances accountability")
    PUBLIC_PARTNERS = "public_partners", _l("Public partners")
    CIVIL_PARTNERS = "civil_partners", _l("Civil-society partners")
    ACTIVITY = "activity", _l("Activity")
    INDICATOR = "indicator", _l("Indicator")
    BUDGET = "budget", _l("Budget")
    FREE = "free", _l("Section")


class IndicatorType(Named):
    """What an indicator measures: that the work goes on, or what it changes for people."""

    TRACKING = "tracking", _l("tracking indicator")
    IMPACT = "impact", _l("impact indicator")


class CauseKind(Named):
    """Why words of a text that was consulted on were changed."""

    ANSWER = "answer", _l("answers to comments")
    DECISION = "decision", _l("a decision of a sitting")
    NOTE = "note", _l("an editorial note")


class Document(Base):
    """A text in sections. `reference` is its address, and its name in the register: `2024-C07`.

    `latest` is the number of its last version, `published` that of the last one everybody reads, `consulted`
    that of the last one put to public comment: what is changed after it has a cause. `adopted` is that of the
    last one adopted: the causes of what was changed until then stand for good.
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[DocumentKind] = mapped_column(choice(DocumentKind))
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Translated]
    latest: Mapped[int]
    published: Mapped[int | None]
    consulted: Mapped[int | None]
    adopted: Mapped[int | None]
    is_composed: Mapped[bool] = mapped_column(default=False, server_default=false())

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")

    @property
    def has_draft(self) -> bool:
        """Whether its last version is not public yet."""
        return self.published != self.latest


class Section(Base):
    """A place in a document that keeps its name, `uid`, whatever is written in it."""

    __tablename__ = "document_sections"
    __table_args__ = (UniqueConstraint("document_id", "uid"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    uid: Mapped[str]
    kind: Mapped[SectionKind] = mapped_column(choice(SectionKind))
    heading: Mapped[Translated | None]
    position: Mapped[int]


class DocumentVersion(Base):
    """What all sections say together, from one save to the next. `digest` is the SHA-256 of it all."""

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    number: Mapped[int]
    message: Mapped[Translated]
    written_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime]
    digest: Mapped[str]
    published_at: Mapped[datetime | None]

    writer: Mapped[Person | None] = relationship(lazy="raise_on_sql")


class SectionText(Base):
    """What a section says from a version on, until a later version has another text of it.

    `facts` are what is no sentence: the days, the weight and the deliverable of an activity, the target of an
    indicator. A section that says nothing any more has an empty text and no facts.
    """

    __tablename__ = "section_texts"
    __table_args__ = (UniqueConstraint("section_id", "version_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    section_id: Mapped[int] = mapped_column(ForeignKey("document_sections.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(
        ForeignKey("document_versions.id", ondelete="CASCADE"), index=True
    )
    text: Mapped[Translated]
    facts: Mapped[dict[str, object]] = mapped_column(Json, default=dict)


class Change(Base):
    """Words that a version after the consulted one removed and added in one place of a section, and why.

    `language` is that of the words; `fact` names the fact they are of, empty for the section's own words.
    `place` says where: how many words of the text as it was stand before it. An answer to comments names the
    changes it made; `reason` is the text of a note or decision, `source` the reference of the meeting that
    decided.
    """

    __tablename__ = "changes"
    __table_args__ = (UniqueConstraint("version_id", "section_id", "language", "fact", "place"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("document_versions.id", ondelete="CASCADE"))
    section_id: Mapped[int] = mapped_column(
        ForeignKey("document_sections.id", ondelete="CASCADE"), index=True
    )
    language: Mapped[str]
    fact: Mapped[str] = mapped_column(default="", server_default="")
    place: Mapped[int]
    removed: Mapped[str] = mapped_column(Text)
    added: Mapped[str] = mapped_column(Text)
    cause: Mapped[CauseKind | None] = mapped_column(choice(CauseKind))
    reason: Mapped[Translated | None]
    source: Mapped[str | None]
    named_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[datetime | None]

    version: Mapped[DocumentVersion] = relationship(lazy="raise_on_sql")
    section: Mapped[Section] = relationship(lazy="raise_on_sql")
