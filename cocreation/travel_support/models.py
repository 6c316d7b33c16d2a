"""Help with transport and lodging: published criteria, requests, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, Numeric, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from cocreation.core.database import Base, Json, Translated, choice
from cocreation.core.enums import Named
from cocreation.directory.models import Province
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting
from cocreation.places.models.registration import Delegation, Registration


class TravelSupportCriterion(Named):
    """By what requests are ranked. DISTANCE counts from 0 to 1 by the distance of the province from the
    venue; all others are 1 or 0, as the person says.
    """

    DISTANCE = "distance", _l("distance from the venue")
    RURAL = "rural", _l("lives in a rural commune")
    STUDENT = "student", _l("student")
    DISABILITY = "disability", _l("disability")
    NO_FUNDS = "no_funds", _l("association without funds")
    FIRST_TIME = "first_time", _l("takes part for the first time")


class TravelSupportOffer(Base):
    """What a meeting can help with: until when to ask, and the budget lines. Amounts in dirhams.

    `province_code` is the province of the venue, from which distances are counted.
    """

    __tablename__ = "support_offers"
    __table_args__ = (CheckConstraint("nights >= 0 and tickets >= 0", name="lines"),)

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), primary_key=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    closes_on: Mapped[date]
    explained: Mapped[Translated | None]
    payer: Mapped[str | None]
    nights: Mapped[int]
    night_cost: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    tickets: Mapped[int]
    ticket_cost: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))

    meeting: Mapped[Meeting] = relationship(
        backref=backref("support", uselist=False, lazy="raise_on_sql", passive_deletes=True),
        lazy="raise_on_sql",
    )
    province: Mapped[Province] = relationship(lazy="raise_on_sql")

    def is_open(self, today: date) -> bool:
        """Whether it can still be asked for on that day, the closing day included."""
        return today <= self.closes_on


@dataclass(frozen=True)
class Amount:
    """So much of the two budget lines."""

    nights: int
    tickets: int


class CriterionWeight(Base):
    """How much a criterion weighs at a meeting."""

    __tablename__ = "support_criteria"
    __table_args__ = (
        UniqueConstraint("meeting_id", "measure"),
        CheckConstraint("weight > 0", name="weight"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"))
    criterion: Mapped[TravelSupportCriterion] = mapped_column("measure", choice(TravelSupportCriterion))
    weight: Mapped[int]


class TravelSupportState(Named):
    REQUESTED = "requested", _l("to be decided")
    GRANTED = "granted", _l("granted")
    REFUSED = "refused", _l("not granted")
    WITHDRAWN = "withdrawn", _l("withdrawn")


# What the organisers have answered.
DECIDED = (TravelSupportState.GRANTED, TravelSupportState.REFUSED)


class TravelSupportRequest(Base):
    """One person's request. `facts` holds what they say of each criterion but the distance: {"rural": true}.

    WITHDRAWN, it is ranked and counted nowhere, and neither its sentence nor its facts are kept.
    `delegation_id` is the delegation whose secretary asked for it, with that of others.
    """

    __tablename__ = "support_requests"
    __table_args__ = (
        CheckConstraint("nights + tickets > 0", name="asks"),
        CheckConstraint("(state in ('granted', 'refused')) = (decided_at is not null)", name="decided"),
    )

    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), primary_key=True
    )
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    province_code: Mapped[str] = mapped_column(ForeignKey("provinces.code"))
    sentence: Mapped[str] = mapped_column(Text)
    facts: Mapped[dict[str, bool]] = mapped_column(Json, default=dict)
    nights: Mapped[int]
    tickets: Mapped[int]
    requested_at: Mapped[datetime]
    state: Mapped[TravelSupportState] = mapped_column(choice(TravelSupportState))
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None] = mapped_column(Text)
    granted_nights: Mapped[int | None]
    granted_tickets: Mapped[int | None]
    delegation_id: Mapped[int | None] = mapped_column(
        ForeignKey("delegations.id", ondelete="SET NULL"), index=True
    )

    registration: Mapped[Registration] = relationship(lazy="raise_on_sql")
    province: Mapped[Province] = relationship(lazy="raise_on_sql")
    delegation: Mapped[Delegation | None] = relationship(lazy="raise_on_sql")
    moves: Mapped[list[TravelSupportEvent]] = relationship(
        order_by="TravelSupportEvent.id", lazy="raise_on_sql"
    )


class TravelSupportEvent(Base):
    """What happened to a request, shown to its person: asked, changed, answered, withdrawn.

    `nights` and `tickets` are what was asked for, or granted; `by` is who of the staff did it, None for the
    person; `reason` is told to the person.
    """

    __tablename__ = "support_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("support_requests.registration_id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    state: Mapped[TravelSupportState] = mapped_column(choice(TravelSupportState))
    nights: Mapped[int]
    tickets: Mapped[int]
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None] = mapped_column(Text)


class TravelSupportProof(Base):
    """A file that comes with a request: in the database, so that it is erased with it."""

    __tablename__ = "support_proofs"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("support_requests.registration_id", ondelete="CASCADE"), index=True
    )
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    added_at: Mapped[datetime]
