"""What is said back and forth with an author: questions of the screening, an appeal against a fate."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l


class Question(Base):
    """A question of the screening to an author. While it is open, the idea's clock stands still.

    Open until it is replied to, or until the day after `answer_by` (`lapsed_at`).
    """

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    text: Mapped[Translated]
    asked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    answer_by: Mapped[date]
    reply: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None]
    lapsed_at: Mapped[datetime | None]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")

    @property
    def is_open(self) -> bool:
        return self.replied_at is None and self.lapsed_at is None

    def takes_reply(self, today: date) -> bool:
        return self.is_open and today <= self.answer_by


class Hearing(Named):
    """What an appeal comes to."""

    UPHELD = "upheld", _l("upheld: the fate is changed")
    PARTLY_UPHELD = "partly_upheld", _l("partly upheld: the reasons are changed")
    DISMISSED = "dismissed", _l("dismissed: the fate stands")


class Appeal(Base):
    """An author contests a published fate: once, in time; heard by somebody else than who decided."""

    __tablename__ = "appeals"
    __table_args__ = (
        CheckConstraint("(outcome is null) = (heard_at is null)", name="heard"),
        CheckConstraint("outcome is null or reason_text is not null", name="reasoned"),
    )

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    filed_at: Mapped[datetime] = mapped_column(index=True)
    outcome: Mapped[Hearing | None] = mapped_column(choice(Hearing))
    reason_text: Mapped[Translated | None]
    heard_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    heard_at: Mapped[datetime | None]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
