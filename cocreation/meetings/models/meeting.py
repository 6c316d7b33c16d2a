"""A regional consultation meeting: when, where, by whom, by which rules; its rooms, programme and quotas."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, ForeignKey, String, Table, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle
from cocreation.directory.models import Association, Region
from cocreation.languages.i18n import lazy_gettext as _l


class ByPhone(Named):
    """How somebody counts who gives a telephone number and no address, since no link can reach them."""

    COUNTED = "counted", _l("They have a place at once, up to the number of places below")
    CALLED = "called", _l("They have a place once you have called and confirmed them")
    REFUSED = "refused", _l("Nobody registers with a telephone number alone")


class AttendanceMode(Named):
    """How people take part."""

    IN_PERSON = "in_person", _l("in person")
    REMOTE = "remote", _l("remote")
    HYBRID = "hybrid", _l("in person and remote")


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

    attendance: Mapped[AttendanceMode] = mapped_column(
        choice(AttendanceMode), default=AttendanceMode.IN_PERSON, server_default="in_person"
    )
    # The address of the remote part: shown to confirmed people only.
    link: Mapped[str | None]
    how_to_come: Mapped[Translated | None]
    meals: Mapped[Translated | None]
    # Why these themes, in one or two sentences for the public.
    themes_reason: Mapped[Translated | None]
    # For those who run it, never public.
    cost_notes: Mapped[str | None] = mapped_column(Text)
    # How many people one association may bring; None for any number.
    most_per_association: Mapped[int | None]
    # How long a place is held for somebody who is offered it, in hours.
    offer_hours: Mapped[int] = mapped_column(default=48, server_default="48")
    # After how many hours the place of somebody unconfirmed goes to whoever confirmed and needs it.
    confirm_hours: Mapped[int] = mapped_column(default=24, server_default="24")
    # Whether a place not confirmed is still held once registration has closed.
    keeps_unconfirmed: Mapped[bool] = mapped_column(default=False, server_default=false())
    # How somebody counts who gives a telephone number alone; for COUNTED, at most how many of the places.
    by_phone: Mapped[ByPhone] = mapped_column(
        choice(ByPhone), default=ByPhone.COUNTED, server_default="counted"
    )
    phone_places: Mapped[int] = mapped_column(default=5, server_default="5")

    # How often what calendars are told was changed, and when it last was.
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
    revised_at: Mapped[datetime | None]

    # Since when the worker confirms those who wait, after there were many more places; None when it is done.
    promoting_since: Mapped[datetime | None]

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    regions: Mapped[list[Region]] = relationship(
        secondary=meeting_regions, order_by=Region.code, lazy="raise_on_sql"
    )
    coordinating_association: Mapped[Association | None] = relationship(lazy="raise_on_sql")
    organisers: Mapped[list[Organiser]] = relationship(
        order_by="Organiser.position", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    committee: Mapped[list[CommitteeMember]] = relationship(
        order_by="CommitteeMember.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    rooms: Mapped[list[Room]] = relationship(
        order_by="Room.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    quotas: Mapped[list[Quota]] = relationship(
        order_by="Quota.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    programme: Mapped[list[ProgrammeItem]] = relationship(
        order_by="ProgrammeItem.starts_at, ProgrammeItem.id",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
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

    def revise(self, now: datetime) -> None:
        """Let calendars know that what they keep of it is no longer so; none has a draft."""
        if self.is_announced:
            self.revision, self.revised_at = self.revision + 1, now

    def accepts_registrations(self, now: datetime) -> bool:
        """Announced, not called off, and inside its registration window."""
        in_window = self.registration_opens_at <= now < self.registration_closes_at
        return self.is_announced and not self.is_cancelled and in_window

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now

    @property
    def remote_link(self) -> str | None:
        """Where those who take part from afar come in; for confirmed people only."""
        return self.link if self.attendance != AttendanceMode.IN_PERSON else None


class OrganiserKind(Named):
    SECRETARIAT = "secretariat", _l("secretariat")
    ASSOCIATION = "association", _l("coordinating association")
    PARTNER = "partner", _l("supporting partner")


class Organiser(Base):
    """One of those who organise a meeting together. An association of the directory, or a name."""

    __tablename__ = "meeting_organisers"
    __table_args__ = (CheckConstraint("name is not null or association_id is not null", name="named"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    kind: Mapped[OrganiserKind] = mapped_column(choice(OrganiserKind))
    name: Mapped[Translated | None]
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))

    association: Mapped[Association | None] = relationship(lazy="raise_on_sql")


class CommitteeMember(Base):
    """Somebody of the organising committee, with what they look after; for those who run it only."""

    __tablename__ = "meeting_committee"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    task: Mapped[str | None]
    contact: Mapped[str | None]


class Room(Base):
    """A room of the venue. `seats` limits the workshop held in it."""

    __tablename__ = "rooms"
    __table_args__ = (CheckConstraint("seats is null or seats > 0", name="seats"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    name: Mapped[Translated]
    seats: Mapped[int | None]
    equipment: Mapped[str | None] = mapped_column(Text)


class ProgrammeItem(Base):
    """A stretch of the programme, with who speaks, in which role, and who chairs it.

    With a `workshop_id` it is one of the parallel workshops, which may run at the same time as others.
    """

    __tablename__ = "programme_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    title: Mapped[Translated]
    speaker: Mapped[Translated | None]
    role: Mapped[Translated | None]
    chair: Mapped[Translated | None]
    workshop_id: Mapped[int | None] = mapped_column(
        ForeignKey("workshops.id", ondelete="CASCADE"), index=True
    )
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id", ondelete="SET NULL"))

    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")
    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")

    @property
    def place(self) -> Room | None:
        """The room it takes place in: its own, else its workshop's. Needs both loaded."""
        return self.room or (self.workshop.room if self.workshop else None)


class Workshop(Base):
    """A parallel workshop of a meeting. Its outputs are public from `published_at` on.

    `seats` limits who is given it (the room's seats, when it says nothing); None: no limit of its own.
    """

    __tablename__ = "workshops"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("seats is null or seats > 0", name="seats"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    number: Mapped[int]
    theme: Mapped[Translated]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    published_at: Mapped[datetime | None]
    seats: Mapped[int | None]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id", ondelete="SET NULL"))

    meeting: Mapped[Meeting] = relationship(back_populates="workshops", lazy="raise_on_sql")
    room: Mapped[Room | None] = relationship(lazy="raise_on_sql")

    @property
    def reference(self) -> str:
        """`OR1-W2`: the meeting and the number of the workshop. Needs `meeting` loaded."""
        return f"{self.meeting.reference}-W{self.number}"

    @property
    def places(self) -> int | None:
        """How many people it has room for; None: no limit of its own. Needs `room` loaded."""
        return self.seats or (self.room.seats if self.room else None)


class QuotaKind(Named):
    """For whom places can be reserved. Who asks for one says so, for that purpose only."""

    WOMEN = "women", _l("women")
    YOUTH = "youth", _l("people under 30")
    DISABILITY = "disability", _l("people with disabilities")
    RURAL = "rural", _l("people from rural communes")


class Quota(Base):
    """Places reserved at a meeting, published with their reason, open to everyone from `release_on` on."""

    __tablename__ = "quotas"
    __table_args__ = (
        UniqueConstraint("meeting_id", "kind"),
        CheckConstraint("places > 0", name="places"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    kind: Mapped[QuotaKind] = mapped_column(choice(QuotaKind))
    places: Mapped[int]
    reason: Mapped[Translated]
    release_on: Mapped[date]

    def is_reserved(self, today: date) -> bool:
        """Whether its places are still kept on that day."""
        return today < self.release_on
