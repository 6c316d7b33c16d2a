"""Fates on their way: drafts in batches, and what second readers said of these."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    SQLColumnExpression,
    Text,
    UniqueConstraint,
    case,
    exists,
    false,
    func,
    or_,
    select,
)
from sqlalchemy.orm import Mapped, MappedSQLExpression, column_property, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import REASONS, Fate, Reason
from cocreation.study.models import Referral

LAST = 2**31 - 1  # after all others, where the database counts in whole numbers


class BatchStage(Named):
    """How far a batch of fates is."""

    DRAFT = "draft", _l("being prepared")
    SENT = "sent", _l("waiting for its second reader")
    REVIEWED = "reviewed", _l("read, ready to be published")
    PLANNED = "planned", _l("to be published when its embargo ends")
    PUBLISHING = "publishing", _l("being published")
    PUBLISHED = "published", _l("published")


class Batch(Base):
    """Fates prepared together, read by a second person, and published in one go once the embargo is over.

    Publishing is the worker's: from `publishing_at` on nothing in it changes. `settled` is how many fates are
    public (all at once); of the `to_tell` people they concern, `told` have their mail queued; `published_at`
    says that all of it is done. `published_on` is the day that its fates say, where they were published
    before they were entered here. Until then any change asks for a new reading: it raises `version` and takes
    back what was sent, reviewed and planned.
    """

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    title: Mapped[Translated]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1, server_default="1")
    sent_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    sent_at: Mapped[datetime | None]
    reviewed_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reviewed_at: Mapped[datetime | None]
    embargo_until: Mapped[datetime | None]
    publishing_at: Mapped[datetime | None]
    settled: Mapped[int] = mapped_column(default=0, server_default="0")
    # Whether people are told who were imported from a list: only if somebody said so when publishing.
    tells_imported: Mapped[bool] = mapped_column(default=False, server_default=false())
    to_tell: Mapped[int] = mapped_column(default=0, server_default="0")
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]
    published_on: Mapped[date | None]
    # Whether a question about one of its fates waits for an answer; read with each row, see below.
    is_questioned: ClassVar[MappedSQLExpression[bool]]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    drafts: Mapped[list[FateDraft]] = relationship(
        back_populates="batch",
        order_by="FateDraft.idea_id",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
    )

    def stage(self, now: datetime) -> BatchStage:
        if self.published_at:
            return BatchStage.PUBLISHED
        if self.publishing_at:
            return BatchStage.PUBLISHING if self.settled or self.publishing_at <= now else BatchStage.PLANNED
        if self.reviewed_at:
            return BatchStage.REVIEWED
        return BatchStage.SENT if self.sent_at else BatchStage.DRAFT

    def is_under_embargo(self, now: datetime) -> bool:
        return self.embargo_until is not None and now < self.embargo_until

    def reopen(self) -> None:
        """Something in it changed: it is to be sent, read and published anew."""
        self.version += 1
        self.sent_by = self.sent_at = self.reviewed_by = self.reviewed_at = None
        self.published_by = self.publishing_at = self.published_on = None
        self.tells_imported = False


class BatchReview(Base):
    """What the second reader of a batch said: it may be published, or what to change first."""

    __tablename__ = "batch_reviews"
    __table_args__ = (CheckConstraint("approves or note is not null", name="reasoned"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    approves: Mapped[bool]
    note: Mapped[str | None] = mapped_column(Text)
    read_at: Mapped[datetime]

    reader: Mapped[Person] = relationship(lazy="raise_on_sql")


class FateDraft(Base):
    """The fate an idea is about to have, while its batch is not published. Anything may still be missing.

    Where it `overrules` what its responsible body answered, `why` says so to everyone. `proof_url` is where
    it can be seen that it is under way, where no institution's answer says it (`is_proven`).
    """

    __tablename__ = "fate_drafts"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    fate: Mapped[Fate | None] = mapped_column(choice(Fate))
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    reason_text: Mapped[Translated | None]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"))
    why: Mapped[Translated | None]
    proof_url: Mapped[str | None]
    # Read with each row, see below.
    overrules: ClassVar[MappedSQLExpression[bool]]
    is_proven: ClassVar[MappedSQLExpression[bool]]
    # By what a list of them stands in order, read only there; never null, as `core.paging` needs.
    fate_place: ClassVar[MappedSQLExpression[int]]
    theme_place: ClassVar[MappedSQLExpression[int]]
    body_place: ClassVar[MappedSQLExpression[int]]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    objections: Mapped[list[FateObjection]] = relationship(
        order_by="FateObjection.id", lazy="raise_on_sql", cascade="all, delete-orphan", passive_deletes=True
    )
    questions: Mapped[list[FateQuestion]] = relationship(
        back_populates="draft",
        order_by="FateQuestion.id",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    batch: Mapped[Batch] = relationship(back_populates="drafts", lazy="raise_on_sql")
    institution: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")

    @property
    def lacks(self) -> list[str]:
        """What is missing before it can be published: of "fate", "reason", "body", "commitment", "unseen"
        (its commitment is not published), "why" (the secretariat decided otherwise), "proof".
        Needs `commitment` loaded.
        """
        fits = self.fate is not None and self.reason in REASONS[self.fate]
        needs_proof = self.fate is Fate.ALREADY_UNDER_WAY and not self.proof_url and not self.is_proven
        lacking = {
            "fate": self.fate is None,
            "reason": not self.reason_text or not fits,
            "body": self.institution_id is None,
            "commitment": self.needs_commitment and self.commitment_id is None,
            "unseen": self.commitment is not None and self.commitment.published_at is None,
            "why": self.overrules and not self.why,
            "proof": needs_proof,
        }
        return [key for key, lacks in lacking.items() if lacks]

    @property
    def needs_commitment(self) -> bool:
        return self.fate is not None and self.fate.needs_commitment

    def unwritten_in(self, languages: Sequence[str]) -> list[str]:
        """The languages, of those its cycle is read in, in which its reason is not written."""
        written = self.reason_text or Translated()
        return [code for code in languages if not written.get(code)]


class FateQuestion(Base):
    """What a second reader asks of one fate. It is open until it is answered, in words or (`answer` is then
    None) by a change of the fate; as long as it is open its batch cannot be approved.
    """

    __tablename__ = "fate_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("fate_drafts.idea_id", ondelete="CASCADE"), index=True)
    words: Mapped[str] = mapped_column(Text)
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]

    draft: Mapped[FateDraft] = relationship(back_populates="questions", lazy="raise_on_sql")
    asker: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[asked_by])
    answerer: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[answered_by])


class FateObjection(Base):
    """An institution objects to a fate in its name that is not what it answered: once, before publication."""

    __tablename__ = "fate_objections"
    __table_args__ = (UniqueConstraint("idea_id", "institution_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("fate_drafts.idea_id", ondelete="CASCADE"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    words: Mapped[str] = mapped_column(Text)
    objected_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    objected_at: Mapped[datetime]

    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")


def overruled(
    idea_id: SQLColumnExpression[int],
    body_id: SQLColumnExpression[int | None],
    fate: SQLColumnExpression[Fate | None],
    reason: SQLColumnExpression[Reason | None],
) -> ColumnElement[bool]:
    """The condition that the responsible body of an idea answered it otherwise, and did not hand it on."""
    otherwise = or_(Referral.answer != fate, Referral.reason != reason)
    answered = exists().where(
        Referral.idea_id == idea_id,
        Referral.institution_id == body_id,
        Referral.transfer_to_id.is_(None),
        Referral.answer.is_not(None),
        otherwise,
    )
    return answered.correlate_except(Referral)


FateDraft.overrules = column_property(
    overruled(FateDraft.idea_id, FateDraft.institution_id, FateDraft.fate, FateDraft.reason)
)
Batch.is_questioned = column_property(
    exists()
    .where(
        FateDraft.batch_id == Batch.id,
        FateQuestion.idea_id == FateDraft.idea_id,
        FateQuestion.answered_at.is_(None),
    )
    .correlate_except(FateDraft, FateQuestion)
)
FateDraft.is_proven = column_property(
    exists()
    .where(Referral.idea_id == FateDraft.idea_id, Referral.proof_url.is_not(None))
    .correlate_except(Referral)
)
FateDraft.fate_place = column_property(
    case(*((FateDraft.fate == fate, place) for place, fate in enumerate(Fate)), else_=LAST),
    deferred=True,
)
FateDraft.theme_place = column_property(
    select(func.coalesce(Theme.position, LAST))
    .select_from(Idea)
    .outerjoin(Theme, Theme.id == Idea.theme_id)
    .where(Idea.id == FateDraft.idea_id)
    .correlate_except(Idea, Theme)
    .scalar_subquery(),
    deferred=True,
)
FateDraft.body_place = column_property(func.coalesce(FateDraft.institution_id, LAST), deferred=True)
