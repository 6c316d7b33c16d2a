"""Consultations, the texts they are about, and who follows them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Institution, Region
from cocreation.documents.models import Document
from cocreation.languages.i18n import lazy_gettext as _l


class ConsultationStage(Named):
    """Where a consultation stands."""

    PREPARED = "prepared", _l("being prepared")
    ANNOUNCED = "announced", _l("announced")
    OPEN = "open", _l("open for comments")
    CLOSED = "closed", _l("closed, answers to come")
    ANSWERED = "answered", _l("answers published")
    CALLED_OFF = "called_off", _l("called off")

    @property
    def kind(self) -> str:
        """The shape and colour that show it."""
        kinds = {"announced": "partial", "open": "open", "closed": "waiting", "answered": "done"}
        return kinds.get(self.value, "neutral" if self is ConsultationStage.PREPARED else "refused")


class Consultation(Base):
    """Texts on which everyone can comment for a time: 2026-PC1. Public once `announced_at` is set.

    `opens_at` and `closes_at` are moments; comments are accepted from the first until just before the second.
    `answers_by` is the day by which every comment is answered. `comments` is the last number given to one.
    """

    __tablename__ = "consultations"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        CheckConstraint("opens_at < closes_at", name="window"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    number: Mapped[int]
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Translated]
    # What it is about and why now; what is asked, a question a line; what will be done with comments.
    note: Mapped[Translated]
    questions: Mapped[Translated]
    follow_up: Mapped[Translated]
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime] = mapped_column(index=True)
    answers_by: Mapped[date]
    created_at: Mapped[datetime]
    announced_at: Mapped[datetime | None] = mapped_column(index=True)
    announced_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # Why it is announced later or open for less than the rules of the cycle ask.
    shortened_why: Mapped[Translated | None]
    # When its announcement had been told to everyone it is told to.
    told_at: Mapped[datetime | None]
    # Until when it was announced to be open, and why it is open for longer.
    closed_at_first: Mapped[datetime | None]
    extended_why: Mapped[Translated | None]
    called_off_at: Mapped[datetime | None]
    called_off_why: Mapped[Translated | None]
    answered_at: Mapped[datetime | None]
    comments: Mapped[int] = mapped_column(default=0, server_default="0")

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    texts: Mapped[list[ConsultedText]] = relationship(
        order_by="ConsultedText.position, ConsultedText.id",
        back_populates="consultation",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
    )

    def stage(self, now: datetime) -> ConsultationStage:
        if self.called_off_at:
            return ConsultationStage.CALLED_OFF
        if self.announced_at is None:
            return ConsultationStage.PREPARED
        if now < self.opens_at:
            return ConsultationStage.ANNOUNCED
        if now < self.closes_at:
            return ConsultationStage.OPEN
        return ConsultationStage.ANSWERED if self.answered_at else ConsultationStage.CLOSED

    def is_open(self, now: datetime) -> bool:
        """Whether comments are accepted at that moment."""
        return self.stage(now) is ConsultationStage.OPEN


class ConsultedText(Base):
    """A document in the version that is consulted on, which does not move whatever is written after it."""

    __tablename__ = "consulted_texts"
    __table_args__ = (UniqueConstraint("consultation_id", "document_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    version: Mapped[int]
    # In plain language, for whoever reads nothing else.
    summary: Mapped[Translated]
    position: Mapped[int]

    consultation: Mapped[Consultation] = relationship(back_populates="texts", lazy="raise_on_sql")
    document: Mapped[Document] = relationship(lazy="raise_on_sql")


class Following(Base):
    """An address told of consultations: one, or all of an institution, a theme or a region.

    Counts once `confirmed_at` is set. `receipt` is the secret of the links in its mails.
    """

    __tablename__ = "followings"
    __table_args__ = (
        CheckConstraint(
            "(consultation_id is not null) or (institution_id is not null) or (theme_id is not null)"
            " or (region_code is not null)",
            name="of_something",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    consultation_id: Mapped[int | None] = mapped_column(
        ForeignKey("consultations.id", ondelete="CASCADE"), index=True
    )
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id", ondelete="CASCADE"), index=True)
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"), index=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]

    consultation: Mapped[Consultation | None] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    region: Mapped[Region | None] = relationship(lazy="raise_on_sql")


class TellingKind(Named):
    """What those who are told of a consultation are told."""

    ANNOUNCED = "announced", _l("A public consultation is announced")
    CALLED_OFF = "called_off", _l("A public consultation is called off")
    OPENED = "opened", _l("A public consultation is open")
    EXTENDED = "extended", _l("A public consultation is open for longer")
    CLOSING = "closing", _l("A public consultation closes in a few days")
    ANSWERED = "answered", _l("The answers to comments are published")


class Telling(Base):
    """Something about a consultation that many are to be told: asked for by an act or by the clock, done by
    the worker. `told` counts the mails written for it.
    """

    __tablename__ = "consultation_tellings"
    __table_args__ = (UniqueConstraint("consultation_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultations.id", ondelete="CASCADE"))
    kind: Mapped[TellingKind] = mapped_column(choice(TellingKind))
    asked_at: Mapped[datetime]
    told_at: Mapped[datetime | None] = mapped_column(index=True)
    told: Mapped[int] = mapped_column(default=0, server_default="0")

    consultation: Mapped[Consultation] = relationship(lazy="raise_on_sql")
