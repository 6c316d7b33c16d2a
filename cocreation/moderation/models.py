"""What people report about an idea or a comment, and what moderation does: hide its words, or show them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.comments.models import Comment
from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l


class Harm(Named):
    """What is wrong with words: why they are reported, and why they are hidden."""

    INSULT = "insult", _l("insults or hatred")
    PERSONAL_DATA = "personal_data", _l("personal data of somebody")
    ADVERTISING = "advertising", _l("advertising")
    OFF_TOPIC = "off_topic", _l("nothing to do with the plan")
    OTHER = "other", _l("something else")


class HiddenWords:
    """Words are hidden, until `lifted_at` if ever.

    Who wrote them may contest it once, until `contest_until` (that day included); somebody else than who hid
    them decides. A contest that changes nothing leaves `lifted_at` empty.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
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

    @property
    def awaits_decision(self) -> bool:
        return self.contested_at is not None and self.decided_at is None

    def can_be_contested(self, today: date) -> bool:
        """Once, in time."""
        return self.contested_at is None and today <= self.contest_until


def _rules() -> tuple[CheckConstraint, ...]:
    return (
        CheckConstraint("(contested_at is null) = (contested_words is null)", name="contested"),
        CheckConstraint(
            "decided_at is null or (contested_at is not null and decided_text is not null)", name="decided"
        ),
        CheckConstraint("lifted_at is null or decided_at is not null", name="lifted"),
        CheckConstraint("decided_by is null or decided_by <> hidden_by", name="decided_by_another"),
    )


class Hiding(HiddenWords, Base):
    """The words of an idea."""

    __tablename__ = "hidings"
    __table_args__ = _rules()

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")


class CommentHiding(HiddenWords, Base):
    """The words of a comment."""

    __tablename__ = "comment_hidings"
    __table_args__ = _rules()

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)

    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")


class HarmfulWords:
    """Somebody says that words are harmful. All reports of the same words are decided together.

    `note` is why nothing was done, for the staff; `hiding_id` says that they were hidden. The address is kept
    only until its owner is told what was decided.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[Harm] = mapped_column(choice(Harm))
    words: Mapped[str | None] = mapped_column(Text)
    email: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(index=True)
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    note: Mapped[str | None] = mapped_column(Text)


class Report(HarmfulWords, Base):
    """Of an idea."""

    __tablename__ = "reports"
    __table_args__ = (
        CheckConstraint("(decided_at is null) = (decided_by is null)", name="decided"),
        Index("ix_reports_waiting", "decided_at", "made_at", "id"),
    )

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    hiding_id: Mapped[int | None] = mapped_column(ForeignKey("hidings.id", ondelete="CASCADE"))

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")


class CommentReport(HarmfulWords, Base):
    """Of a comment."""

    __tablename__ = "comment_reports"
    __table_args__ = (
        CheckConstraint("(decided_at is null) = (decided_by is null)", name="decided"),
        Index("ix_comment_reports_waiting", "decided_at", "made_at", "id"),
    )

    comment_id: Mapped[int] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"), index=True)
    hiding_id: Mapped[int | None] = mapped_column(ForeignKey("comment_hidings.id", ondelete="CASCADE"))

    comment: Mapped[Comment] = relationship(lazy="raise_on_sql")
