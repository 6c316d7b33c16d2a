"""What institutions are asked and answer: criteria, referrals and their assessments."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base, Json, Translated, choice
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason


class Criterion(Base):
    """What institutions study an idea against, with its published weight among those of the cycle."""

    __tablename__ = "criteria"
    __table_args__ = (CheckConstraint("weight between 1 and 100", name="weight"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[Translated]
    weight: Mapped[int]


class Assessment(Base):
    """How an idea does on one criterion in the eyes of one institution: 0 (not at all) to 3 (fully)."""

    __tablename__ = "assessments"
    __table_args__ = (CheckConstraint("score between 0 and 3", name="score"),)

    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    criterion_id: Mapped[int] = mapped_column(ForeignKey("criteria.id", ondelete="CASCADE"), primary_key=True)
    score: Mapped[int]
    note: Mapped[str | None] = mapped_column(Text)

    criterion: Mapped[Criterion] = relationship(lazy="raise_on_sql")


class Referral(Base):
    """An idea handed to an institution, to be answered by `due_on`; and the answer once it came."""

    __tablename__ = "referrals"
    __table_args__ = (
        UniqueConstraint("idea_id", "institution_id"),
        CheckConstraint("(answer is null) = (answered_at is null)", name="answered"),
        CheckConstraint(
            "answer is null or (reason is not null and reason_text is not null)", name="reasoned"
        ),
        Index("ix_referrals_bundle", "institution_id", "answered_at", "due_on", "id"),
        # What is overdue, of all institutions: few rows, read without the many that were answered.
        Index(
            "ix_referrals_open",
            "due_on",
            "idea_id",
            postgresql_where=text("answered_at is null"),
            sqlite_where=text("answered_at is null"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"))
    due_on: Mapped[date]
    referred_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    referred_at: Mapped[datetime]
    answer: Mapped[Fate | None] = mapped_column(choice(Fate))
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    reason_text: Mapped[Translated | None]
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]
    # Where it can be seen that it is already under way; the body it should go to instead; who studies it.
    proof_url: Mapped[str | None]
    transfer_to_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    delegate_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    # From the day it was sent to the day of its first answer; a correction does not change it.
    days_to_answer: Mapped[int | None]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution] = relationship(lazy="raise_on_sql", foreign_keys=[institution_id])
    transfer_to: Mapped[Institution | None] = relationship(lazy="raise_on_sql", foreign_keys=[transfer_to_id])
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")
    delegate: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[delegate_id])
    assessments: Mapped[list[Assessment]] = relationship(
        order_by="Assessment.criterion_id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    draft: Mapped[AnswerDraft | None] = relationship(lazy="raise_on_sql", viewonly=True)

    def days_left(self, today: date) -> int:
        """Until the due day; below zero once it is past."""
        return (self.due_on - today).days


class AnswerDraft(Base):
    """An answer that was begun and not sent, for its institution alone: the `fields` of its form by name."""

    __tablename__ = "answer_drafts"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referrals.id", ondelete="CASCADE"), primary_key=True)
    fields: Mapped[dict[str, object]] = mapped_column(Json)
    kept_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    kept_at: Mapped[datetime]

    keeper: Mapped[Person] = relationship(lazy="raise_on_sql")


# What an institution can answer; the other fates are decided elsewhere (at screening, by the author).
ANSWERS = (
    Fate.INCLUDED,
    Fate.PARTLY_INCLUDED,
    Fate.ALREADY_UNDER_WAY,
    Fate.DEFERRED,
    Fate.TRANSFERRED,
    Fate.NOT_INCLUDED,
)
