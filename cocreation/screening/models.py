"""What readers found of an idea, and the beginnings of explanations that are given often."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base, Translated, choice
from cocreation.reasons.models import Reason


class Screening(Base):
    """The first examination of an idea, on three criteria; all three must hold for it to be accepted."""

    __tablename__ = "screenings"
    __table_args__ = (
        CheckConstraint("accepted or (reason is not null and reason_text is not null)", name="reasoned"),
        Index("ix_screenings_decided", "decided_at", "idea_id"),
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


class Reading(Base):
    """What one screener found on the three criteria, each as a score with a sentence.

    A score is 0 (does not hold), 1 (holds in part) or 2 (holds). The screening follows from the readings; one
    that was set aside, because its idea was reopened, counts no more.
    """

    __tablename__ = "readings"
    __table_args__ = (
        UniqueConstraint("idea_id", "reader_id"),
        CheckConstraint(
            "clarity between 0 and 2 and precision between 0 and 2 and openness between 0 and 2",
            name="scores",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    reader_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    clarity: Mapped[int]
    clarity_note: Mapped[str | None] = mapped_column(Text)
    precision: Mapped[int]
    precision_note: Mapped[str | None] = mapped_column(Text)
    openness: Mapped[int]
    openness_note: Mapped[str | None] = mapped_column(Text)
    accepts: Mapped[bool]
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    reason_text: Mapped[Translated | None]
    read_at: Mapped[datetime]
    set_aside_at: Mapped[datetime | None]


class ReasonTemplate(Base):
    """The beginning of an explanation that is given often. What stands in [brackets] must be completed."""

    __tablename__ = "reason_templates"

    id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[Reason] = mapped_column(choice(Reason))
    title: Mapped[Translated]
    text: Mapped[Translated]
