"""What has to be done before a meeting, and which rules the meetings of a cycle keep."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting


class TaskKind(Named):
    """What has to be done for every meeting, in this order."""

    ANNOUNCE = "announce", _l("announce the meeting")
    INVITE = "invite", _l("send the invitations")
    OPEN = "open", _l("open registration")
    SEATS = "seats", _l("check the seats and the rooms")
    CLOSE = "close", _l("close registration")
    CONFIRM = "confirm", _l("confirm the participants")
    REMIND_WEEK = "remind_week", _l("remind everyone, a week before")
    PRINT = "print", _l("print the attendance sheet and the badges")
    REMIND_DAY = "remind_day", _l("remind everyone, the day before")
    THANK = "thank", _l("thank everyone and publish the outputs")
    OWN = "own", _l("a task of your own")


class Task(Base):
    """One line of a meeting's checklist. `title` is that of a task of its own."""

    __tablename__ = "meeting_tasks"
    __table_args__ = (Index("ix_meeting_tasks_due", "meeting_id", "due_on", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    kind: Mapped[TaskKind] = mapped_column(choice(TaskKind))
    title: Mapped[str | None]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")

    @property
    def is_done(self) -> bool:
        return self.done_at is not None

    def is_overdue(self, today: date) -> bool:
        return not self.is_done and self.due_on < today


class RuleKind(Named):
    """What a cycle can ask of every meeting; `Rule.days` is the figure."""

    ANNOUNCE_BEFORE = "announce_before", _l("days between the announcement and the meeting, at least")
    WINDOW = "window", _l("days of registration, at least")
    CLOSE_BEFORE = "close_before", _l("days between the end of registration and the meeting, at least")


class Rule(Base):
    """A rule of the meetings of a cycle, with where it comes from."""

    __tablename__ = "meeting_rules"
    __table_args__ = (
        UniqueConstraint("cycle_id", "kind"),
        CheckConstraint("days >= 0", name="days"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    kind: Mapped[RuleKind] = mapped_column(choice(RuleKind))
    days: Mapped[int]
    source: Mapped[Translated]
