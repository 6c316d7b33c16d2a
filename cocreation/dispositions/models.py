"""How fates come about: screening, referrals and their answers, batches of fates, the register."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.ideas.models import REASONS, Fate, Idea, Reason
from cocreation.plan.models import Commitment

# What an institution can answer; the other fates are decided elsewhere (at screening, by the author).
ANSWERS = (
    Fate.INCLUDED,
    Fate.PARTLY_INCLUDED,
    Fate.ALREADY_UNDER_WAY,
    Fate.DEFERRED,
    Fate.TRANSFERRED,
    Fate.NOT_INCLUDED,
)


class Screening(Base):
    """The first examination of an idea, on three criteria; all three must hold for it to be accepted."""

    __tablename__ = "screenings"
    __table_args__ = (
        CheckConstraint("accepted or (reason is not null and reason_text is not null)", name="reasoned"),
    )

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    is_clear: Mapped[bool]
    is_precise: Mapped[bool]
    is_about_openness: Mapped[bool]
    accepted: Mapped[bool]
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    reason_text: Mapped[Translated | None]
    decided_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime]


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

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")

    def is_overdue(self, today: date) -> bool:
        return self.answer is None and self.due_on < today


class Batch(Base):
    """Fates prepared together and published in one go."""

    __tablename__ = "batches"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    title: Mapped[Translated]
    created_at: Mapped[datetime]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    drafts: Mapped[list[FateDraft]] = relationship(
        back_populates="batch",
        order_by="FateDraft.idea_id",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
    )


class FateDraft(Base):
    """The fate an idea is about to have, while its batch is not published. Anything may still be missing."""

    __tablename__ = "fate_drafts"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("batches.id", ondelete="CASCADE"), index=True)
    fate: Mapped[Fate | None] = mapped_column(choice(Fate))
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    reason_text: Mapped[Translated | None]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"))

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
    batch: Mapped[Batch] = relationship(back_populates="drafts", lazy="raise_on_sql")
    institution: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")

    @property
    def lacks(self) -> list[str]:
        """What is missing before it can be published: of "fate", "reason", "body", "commitment"."""
        lacking = []
        if self.fate is None:
            lacking.append("fate")
        if not self.reason_text or self.reason not in REASONS.get(self.fate, ()):  # type: ignore[arg-type]
            lacking.append("reason")
        if self.institution_id is None:
            lacking.append("body")
        if self.fate and self.fate.needs_commitment and self.commitment_id is None:
            lacking.append("commitment")
        return lacking


class RegisterEntry(Base):
    """A link of the register. `content` is canonical JSON; `hash` is SHA-256 of `previous` and `content`.

    Rows are only ever added: triggers in the database refuse to change or delete one.
    """

    __tablename__ = "register"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class RegisterHead(Base):
    """The one row locked while a link is added, so that links never fork."""

    __tablename__ = "register_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]
