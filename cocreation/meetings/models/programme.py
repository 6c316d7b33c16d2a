"""What happens at a meeting: the items of its programme and its parallel workshops."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated
from cocreation.meetings.models.meeting import Meeting, Room


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
