"""The cycle: the life of one action plan, and the calendar that says what is open when."""

from __future__ import annotations

import json
from datetime import date
from typing import Self

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Json, Translated, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import REQUIRED, Lazy, lazy_gettext as _l


class Phase(Named):
    """The phases of a cycle in their usual order; their dates may overlap.

    Each has its name, and what it means for somebody who reads the calendar, in one sentence (`meaning`). A
    new phase is an entry here (docs/how-to/add-a-phase.md).
    """

    meaning: Lazy

    PREPARATION = (
        "preparation",
        _l("preparation"),
        _l("The calendar and the themes are agreed with civil society."),
    )
    MEETINGS = (
        "meetings",
        _l("regional meetings"),
        _l("You can register for a meeting in your region and say there what should change."),
    )
    INTAKE = (
        "intake",
        _l("collecting ideas"),
        _l("You can send your idea, alone or for your association, in five minutes."),
    )
    SCREENING = (
        "screening",
        _l("screening"),
        _l("Each idea is read for clarity, precision and a direct link to openness."),
    )
    STUDY = (
        "study",
        _l("study by the institutions"),
        _l("The institutions concerned study the ideas and answer them one by one."),
    )
    DRAFTING = (
        "drafting",
        _l("drafting the commitments"),
        _l("Institutions and civil society turn the ideas into draft commitments."),
    )
    CONSULTATION = (
        "consultation",
        _l("public consultation"),
        _l("Everyone can read the draft commitments before they are agreed upon."),
    )
    ADOPTION = (
        "adoption",
        _l("adoption"),
        _l("The commitments are agreed upon and become the plan."),
    )
    FATES = (
        "fates",
        _l("publishing the fates"),
        _l("What became of every idea is published, with the reason and the body."),
    )
    IMPLEMENTATION = (
        "implementation",
        _l("implementation"),
        _l("The institutions carry out the commitments of the plan."),
    )
    EVALUATION = (
        "evaluation",
        _l("evaluation"),
        _l("What was promised is compared with what was done."),
    )

    # The defaults are for type checkers, as those of `Named`.
    def __new__(cls, value: str, label: Lazy = Lazy(""), meaning: Lazy = Lazy("")) -> Self:  # noqa: B008
        member = str.__new__(cls, value)
        member._value_, member.label, member.meaning = value, label, meaning
        return member


# What a cycle has unless it says otherwise: the languages of its fates, the days to contest one, and
# those to object to one before it is published.
FATES_IN, APPEAL_DAYS, OBJECTION_DAYS = REQUIRED, 30, 1
# How many days before its opening a public consultation is announced, and for how many it is open; the
# fewest for which one ever is are those of Morocco's decree 2-08-229 of 21 May 2009.
ANNOUNCE_DAYS, CONSULTATION_DAYS, FEWEST_DAYS = 14, 21, 15


class Cycle(Base):
    """One plan from its first meeting to its evaluation. `code` begins the references of its ideas: 2024."""

    __tablename__ = "cycles"
    __table_args__ = (CheckConstraint("starts_on <= ends_on", name="period"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Translated]
    summary: Mapped[Translated]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    # The languages in which its fates are to be read, in this order.
    languages: Mapped[list[str]] = mapped_column(
        Json, default=lambda: list(FATES_IN), server_default=text(f"'{json.dumps(FATES_IN)}'")
    )
    # How many days an author has to contest a published fate.
    appeal_days: Mapped[int] = mapped_column(default=APPEAL_DAYS, server_default="30")
    # How many days an institution has to object to a fate in its name that is not what it answered.
    objection_days: Mapped[int] = mapped_column(default=OBJECTION_DAYS, server_default="1")
    # How many days before its opening a public consultation is announced, and for how many it is open.
    announce_days: Mapped[int] = mapped_column(default=ANNOUNCE_DAYS, server_default="14")
    consultation_days: Mapped[int] = mapped_column(default=CONSULTATION_DAYS, server_default="21")
    # How many readers have to agree before an idea is not accepted at screening: 1 or 2.
    readers_to_refuse: Mapped[int] = mapped_column(default=1, server_default="1")
    # Whether a reader at screening sees what others found of an idea only after having read it.
    reads_blind: Mapped[bool] = mapped_column(default=True, server_default=true())

    phases: Mapped[list[PhasePeriod]] = relationship(
        order_by="PhasePeriod.opens_on, PhasePeriod.closes_on, PhasePeriod.id",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
    )
    themes: Mapped[list[Theme]] = relationship(
        order_by="Theme.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    axes: Mapped[list[Axis]] = relationship(
        order_by="Axis.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    def is_open(self, phase: Phase, today: date) -> bool:
        """Whether the calendar has `phase` open on that day, first and last days included."""
        return any(p.phase == phase and p.is_open(today) for p in self.phases)

    def around(self, today: date) -> list[PhasePeriod]:
        """Where we are: the phase closed last, those open, the next two."""
        past = sorted((p for p in self.phases if p.is_past(today)), key=lambda p: p.closes_on)
        ahead = [p for p in self.phases if p.opens_on > today]
        return [*past[-1:], *(p for p in self.phases if p.is_open(today)), *ahead[:2]]

    def period(self, phase: Phase) -> PhasePeriod | None:
        return next((p for p in self.phases if p.phase == phase), None)


class PhasePeriod(Base):
    """When a phase of a cycle is open, both days included, as days in Morocco."""

    __tablename__ = "phase_periods"
    __table_args__ = (
        UniqueConstraint("cycle_id", "phase"),
        CheckConstraint("opens_on <= closes_on", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    phase: Mapped[Phase] = mapped_column(choice(Phase))
    opens_on: Mapped[date]
    closes_on: Mapped[date]

    @property
    def label(self) -> Lazy:
        return self.phase.label

    def is_open(self, today: date) -> bool:
        return self.opens_on <= today <= self.closes_on

    def is_past(self, today: date) -> bool:
        return self.closes_on < today


class Theme(Base):
    """What the workshops and the ideas of a cycle are about."""

    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[Translated]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql", viewonly=True)


class Axis(Base):
    """A chapter of the plan, under which its commitments stand."""

    __tablename__ = "axes"

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    name: Mapped[Translated]
