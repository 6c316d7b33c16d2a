"""What people report about an idea, and what moderation does: hide its words, show them again."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l


class Harm(Named):
    """What is wrong with the words of an idea: why one is reported, and why one is hidden."""

    INSULT = "insult", _l("insults or hatred")
    PERSONAL_DATA = "personal_data", _l("personal data of somebody")
    ADVERTISING = "advertising", _l("advertising")
    OFF_TOPIC = "off_topic", _l("nothing to do with the plan")
    OTHER = "other", _l("something else")


class Hiding(Base):
    """The words of an idea are hidden, until `lifted_at` if ever.

    Its author may contest it once, until `contest_until` (that day included); somebody else than who hid it
    decides. A contest that changes nothing leaves `lifted_at` empty.
    """

    __tablename__ = "hidings"
    __table_args__ = (
        CheckConstraint("(contested_at is null) = (contested_words is null)", name="contested"),
        CheckConstraint(
            "decided_at is null or (contested_at is not null and decided_text is not null)", name="decided"
        ),
        CheckConstraint("lifted_at is null or decided_at is not null", name="lifted"),
        CheckConstraint("decided_by is null or decided_by <> hidden_by", name="decided_by_another"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    reason: Mapped[Harm] = mapped_column(choice(Harm))
    text: Mapped[Translated]
    hidden_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    hidden_at: Mapped[datetime] = mapped_column(index=True)
    contest_until: Mapped[date]
    contested_words: Mapped[str | None] = mapped_column(Text)
    contested_at: Mapped[datetime | None] = mapped_column(index=True)
    decided_text: Mapped[Translated | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    lifted_at: Mapped[datetime | None]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")

    @property
    def awaits_decision(self) -> bool:
        return self.contested_at is not None and self.decided_at is None

    def can_be_contested(self, today: date) -> bool:
        """Once, in time."""
        return self.contested_at is None and today <= self.contest_until


class Report(Base):
    """Somebody says that the words of an idea are harmful. All reports of an idea are decided together.

    `note` is why nothing was done, for the staff; `hiding_id` says that it was hidden. The address is kept
    only until its owner is told what was decided.
    """

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("(decided_at is null) = (decided_by is null)", name="decided"),
        Index("ix_reports_waiting", "decided_at", "made_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    once: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[Harm] = mapped_column(choice(Harm))
    words: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str | None] = mapped_column(Text)
    hiding_id: Mapped[int | None] = mapped_column(ForeignKey("hidings.id", ondelete="CASCADE"))

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
