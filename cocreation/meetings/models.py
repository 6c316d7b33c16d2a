"""Regional consultation meetings: announcement, programme, parallel workshops, registrations."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, String, Table, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.core.naming import Named
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Association, Region


class RegistrationState(Named):
    CONFIRMED = "confirmed", _l("confirmed")
    WAITING = "waiting", _l("on the waiting list")
    CANCELLED = "cancelled", _l("cancelled")


class Capacity(Named):
    """In what capacity someone takes part, as the meetings of 2023 counted it."""

    ASSOCIATION = "association", _l("association member")
    PUBLIC_SECTOR = "public_sector", _l("public sector")
    RESEARCHER = "researcher", _l("researcher or academic")
    CITIZEN = "citizen", _l("citizen")
    JOURNALIST = "journalist", _l("journalist")
    EXPERT = "expert", _l("expert")
    NOT_STATED = "not_stated", _l("not available")


class AgeBracket(Named):
    """Ages in years, lower bound included."""

    FROM_18 = "18-30", _l("18 to 30 years")
    FROM_30 = "30-40", _l("30 to 40 years")
    FROM_40 = "40-50", _l("40 to 50 years")
    FROM_50 = "50-60", _l("50 to 60 years")
    FROM_60 = "60+", _l("over 60 years")
    NOT_STATED = "not_stated", _l("not available")


class Gender(Named):
    FEMALE = "female", _l("female")
    MALE = "male", _l("male")
    NOT_STATED = "not_stated", _l("not available")


meeting_regions = Table(
    "meeting_regions",
    Base.metadata,
    Column("meeting_id", ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True),
    Column("region_code", String, ForeignKey("regions.code"), primary_key=True),
)


class Meeting(Base):
    """A consultation meeting. `reference` (OR1) begins the references of its workshops and their lines.

    A draft until `announced_at`; the public sees it from then on, also when it was called off.
    `statistics_published`: its figures were already published in full by the organiser, so that hiding
    small counts here would hide nothing (see `statistics`).
    """

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="hours"),
        CheckConstraint("registration_opens_at < registration_closes_at", name="window"),
        CheckConstraint("places > 0", name="places"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"), index=True)
    title: Mapped[Translated]
    city: Mapped[Translated]
    venue: Mapped[Translated]
    partners: Mapped[str | None]
    coordinating_association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    registration_opens_at: Mapped[datetime]
    registration_closes_at: Mapped[datetime]
    places: Mapped[int]
    statistics_published: Mapped[bool] = mapped_column(default=False)
    announced_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    regions: Mapped[list[Region]] = relationship(
        secondary=meeting_regions, order_by=Region.code, lazy="raise_on_sql"
    )
    coordinating_association: Mapped[Association | None] = relationship(lazy="raise_on_sql")
    programme: Mapped[list[ProgrammeItem]] = relationship(
        order_by="ProgrammeItem.starts_at", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    workshops: Mapped[list[Workshop]] = relationship(
        back_populates="meeting",
        order_by="Workshop.number",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
    )

    @property
    def is_announced(self) -> bool:
        return self.announced_at is not None

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    def accepts_registrations(self, now: datetime) -> bool:
        """Announced, not called off, and inside its registration window."""
        in_window = self.registration_opens_at <= now < self.registration_closes_at
        return self.is_announced and not self.is_cancelled and in_window

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now


class ProgrammeItem(Base):
    """A stretch of the programme, with who speaks when someone does."""

    __tablename__ = "programme_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[Translated]
    speaker: Mapped[Translated | None]


class Workshop(Base):
    """A parallel workshop of a meeting. Its outputs are public from `published_at` on."""

    __tablename__ = "workshops"
    __table_args__ = (UniqueConstraint("meeting_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    number: Mapped[int]
    theme: Mapped[Translated]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    published_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(back_populates="workshops", lazy="raise_on_sql")

    @property
    def reference(self) -> str:
        """`OR1-W2`: the meeting and the number of the workshop. Needs `meeting` loaded."""
        return f"{self.meeting.reference}-W{self.number}"


_LIVE = text("state <> 'cancelled'")


class Registration(Base):
    """A person's place at a meeting, or their turn in its waiting list (the order of `id`).

    `phone` is as `contacts.phone_number` writes it; `folded` is what the staff's search reads.
    """

    __tablename__ = "registrations"
    __table_args__ = (
        # One live registration per address and meeting; who cancelled may register again.
        Index(
            "uq_registrations_email",
            "meeting_id",
            "email",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index(
            "uq_registrations_phone",
            "meeting_id",
            "phone",
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
        Index("ix_registrations_meeting_state", "meeting_id", "state", "id"),
        CheckConstraint("email is not null or phone is not null", name="reachable"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id"))
    receipt: Mapped[str] = mapped_column(unique=True)
    once: Mapped[str] = mapped_column(unique=True)
    state: Mapped[RegistrationState] = mapped_column(choice(RegistrationState))
    name: Mapped[str]
    email: Mapped[str | None] = mapped_column(index=True)
    phone: Mapped[str | None]
    association: Mapped[str | None]
    folded: Mapped[str]
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity))
    language: Mapped[str]
    registered_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")
    demographics: Mapped[Demographics | None] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )


class Demographics(Base):
    """Age and gender, given for the statistics only: kept apart and never listed beside a name."""

    __tablename__ = "demographics"

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    age_bracket: Mapped[AgeBracket] = mapped_column(choice(AgeBracket))
    gender: Mapped[Gender] = mapped_column(choice(Gender))
