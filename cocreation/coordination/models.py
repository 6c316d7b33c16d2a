"""Coordination meetings: an institution, the committee and the secretariat discuss the ideas it studies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Institution
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment


class CoordinationStage(Named):
    """Where a coordination meeting stands."""

    PLANNED = "planned", _l("planned")
    HELD = "held", _l("held, minutes to come")
    PUBLISHED = "published", _l("minutes published")

    @property
    def kind(self) -> str:
        """The shape and colour that show it."""
        return {"planned": "open", "held": "waiting", "published": "done"}[self]


class CoordinationDecision(Named):
    """What a meeting comes to on an idea. It prepares the answer and the fate, and is neither."""

    GOES_ON = "goes_on", _l("its study goes on")
    TO_INCLUDE = "to_include", _l("to be included")
    TO_INCLUDE_IN_PART = "to_include_in_part", _l("to be included in part")
    TO_REWORD = "to_reword", _l("to be reworded")
    MORE_INFORMATION = "more_information", _l("more information is asked for")
    TO_ANOTHER_BODY = "to_another_body", _l("to be studied by another body")
    NOT_TO_INCLUDE = "not_to_include", _l("not to be included")


class Side(Named):
    """The two sides that a meeting brings together."""

    GOVERNMENT = "government", _l("government")
    CIVIL_SOCIETY = "civil_society", _l("civil society")


class CoordinationMeeting(Base):
    """A meeting with one institution on the ideas of one cycle: 2026-M3. Public once its minutes are.

    `link` is where it can be joined from afar, for those who are invited only.
    """

    __tablename__ = "coordination_meetings"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        CheckConstraint("starts_at < ends_at", name="period"),
        CheckConstraint("published_at is null or minutes is not null", name="minuted"),
        Index("ix_coordination_meetings_recent", "published_at", "starts_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Translated]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    place: Mapped[Translated]
    link: Mapped[str | None]
    minutes: Mapped[Translated | None]
    created_at: Mapped[datetime]
    invited_at: Mapped[datetime | None]
    # How often what calendars are told was changed, and when it last was.
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    revised_at: Mapped[datetime | None]
    published_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")
    agenda: Mapped[list[AgendaItem]] = relationship(
        order_by="AgendaItem.position, AgendaItem.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    commitments: Mapped[list[DraftDiscussed]] = relationship(
        order_by="DraftDiscussed.position, DraftDiscussed.id",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
    )
    attendances: Mapped[list[CoordinationAttendance]] = relationship(
        order_by="CoordinationAttendance.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    def stage(self, now: datetime) -> CoordinationStage:
        if self.published_at:
            return CoordinationStage.PUBLISHED
        return CoordinationStage.HELD if self.starts_at <= now else CoordinationStage.PLANNED


class AgendaItem(Base):
    """An idea on the agenda, and what the meeting decided on it once it did."""

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("meeting_id", "idea_id"),
        CheckConstraint("(decision is null) = (text is null)", name="decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("coordination_meetings.id", ondelete="CASCADE"))
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    decision: Mapped[CoordinationDecision | None] = mapped_column(choice(CoordinationDecision))
    text: Mapped[Translated | None]

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")


class DraftDiscussed(Base):
    """A commitment on the agenda, and what the meeting decided on its draft once it did."""

    __tablename__ = "drafts_discussed"
    __table_args__ = (UniqueConstraint("meeting_id", "commitment_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("coordination_meetings.id", ondelete="CASCADE"))
    commitment_id: Mapped[int] = mapped_column(ForeignKey("commitments.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    decision: Mapped[Translated | None]

    meeting: Mapped[CoordinationMeeting] = relationship(back_populates="commitments", lazy="raise_on_sql")
    commitment: Mapped[Commitment] = relationship(lazy="raise_on_sql")


class CoordinationAttendance(Base):
    """A body that was there and with how many people: public. Their `names` are for the staff only."""

    __tablename__ = "attendances"
    __table_args__ = (CheckConstraint("people between 1 and 100", name="people"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("coordination_meetings.id", ondelete="CASCADE"), index=True
    )
    side: Mapped[Side] = mapped_column(choice(Side))
    body: Mapped[str]
    people: Mapped[int]
    names: Mapped[str | None]
