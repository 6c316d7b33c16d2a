"""Who comes: places and turns, what people choose, answer and need, and each move of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import ForeignKey, Index, Text, func, text
from sqlalchemy.orm import Mapped, MappedSQLExpression, column_property, mapped_column, relationship

from cocreation.accounts.models import Person
from cocreation.core.database import Base, Json, choice
from cocreation.core.enums import Named
from cocreation.demographics.models import Capacity, Demographics
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.places.models.confirmation import Confirmation

if TYPE_CHECKING:
    from cocreation.places.models.answers import Needs, Reply, WorkshopWish


class RegistrationState(Named):
    """OFFERED is a place held for somebody until they answer or confirm: who has just registered, a
    delegate, the next of the waiting list. LAPSED is one of the list not answered for while others
    waited. INVITED is not registered: who accepted an invitation is known at the door, takes no place and
    is counted in no statistics. REPEATED is not registered either: somebody sent the form with an address
    or number that already was, and is shown a receipt like any other.
    """

    CONFIRMED = "confirmed", _l("confirmed")
    OFFERED = "offered", _l("a place is offered")
    WAITING = "waiting", _l("on the waiting list")
    LAPSED = "lapsed", _l("offer lapsed")
    DECLINED = "declined", _l("declined by the organisers")
    CANCELLED = "cancelled", _l("cancelled")
    INVITED = "invited", _l("comes by invitation")
    REPEATED = "repeated", _l("registered before")


# A place is taken by those who have one and by those it is held for.
TAKEN = (RegistrationState.CONFIRMED, RegistrationState.OFFERED)
# Still to be reckoned with: told of changes, found by the desk, one for each address.
LIVE = (*TAKEN, RegistrationState.WAITING)
# Whom the door expects, and the sheet and the badges name.
EXPECTED = (RegistrationState.CONFIRMED, RegistrationState.INVITED)
# Those who registered and still stand behind it, as the statistics count them, are in none of these states.
NOT_COUNTED = (RegistrationState.CANCELLED, RegistrationState.INVITED, RegistrationState.REPEATED)


class EntryChannel(Named):
    """How a registration came in."""

    WEB = "web", _l("online")
    DELEGATION = "delegation", _l("by an association")
    PHONE = "phone", _l("by telephone")
    PAPER = "paper", _l("on paper")
    WALK_IN = "walk_in", _l("on the day")
    IMPORT = "import", _l("from a list")
    INVITATION = "invitation", _l("by an invitation")


class Delegation(Base):
    """An association that registered several people in one form; its receipt opens the list of them."""

    __tablename__ = "delegations"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id", ondelete="CASCADE"), index=True)
    association: Mapped[str]
    contact: Mapped[str]
    email: Mapped[str]
    language: Mapped[str]
    receipt: Mapped[str] = mapped_column(unique=True)
    once: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")


_LIVE = text("state not in ('cancelled', 'lapsed', 'repeated')")
# A number given beside an address is only one more way to reach somebody.
_LIVE_BY_PHONE = text("state not in ('cancelled', 'lapsed', 'repeated') and email is null")
# Who has confirmed their address has a turn; who has not has none yet.
_IN_LINE = text("address_confirmed_at is not null")


class Registration(Base):
    """A person's place at a meeting, or their turn in its waiting list (by `queued_at`, then `id`): a turn of
    those whose address is confirmed, since a script can invent as many as it likes.

    `phone` is as `contacts.phone_number` writes it; `folded` is what the staff's search reads; `claims` are
    the values of the `QuotaKind`s whose places are asked for. `workshop_id` is the workshop given, of those
    wished for (`Wish`). `list_number` tells apart those of an imported list that has neither addresses nor
    telephones. Erased (`erased_at`), a row has no name and no contact and still counts.
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
            sqlite_where=_LIVE_BY_PHONE,
            postgresql_where=_LIVE_BY_PHONE,
        ),
        Index("ix_registrations_meeting_state", "meeting_id", "state", "id"),
        Index(
            "ix_registrations_queue",
            "meeting_id",
            "state",
            "queued_at",
            "id",
            sqlite_where=_IN_LINE,
            postgresql_where=_IN_LINE,
        ),
        Index("ix_registrations_yields_at", "state", "yields_at"),
        Index("ix_registrations_network", "network", "registered_at"),
        Index("ix_registrations_answer_by", "state", "answer_by"),
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
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))
    delegation_id: Mapped[int | None] = mapped_column(
        ForeignKey("delegations.id", ondelete="SET NULL"), index=True
    )
    claims: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    list_number: Mapped[int | None]
    folded: Mapped[str]
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity))
    language: Mapped[str]
    entry: Mapped[EntryChannel] = mapped_column(
        choice(EntryChannel), default=EntryChannel.WEB, server_default="web"
    )
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    registered_at: Mapped[datetime]
    queued_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    # From when on a place offered to one of the waiting list goes to the next of it; only while OFFERED.
    answer_by: Mapped[datetime | None]
    # Since when it counts, and by what: an address confirmed by its link, a call, the organisers.
    address_confirmed_at: Mapped[datetime | None]
    confirmed_by: Mapped[Confirmation | None] = mapped_column(choice(Confirmation))
    # From when on a place held for somebody unconfirmed goes to whoever confirmed and waits.
    yields_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    # Of a row that is REPEATED: what its page shows it as.
    shown_as: Mapped[RegistrationState | None] = mapped_column(choice(RegistrationState))
    # Personal data with a purpose and a term: a keyed digest of the network it came from, by which many at
    # once are told from many people; erased after a week (`bursts.services`).
    network: Mapped[str | None]
    burst_id: Mapped[int | None] = mapped_column(ForeignKey("bursts.id", ondelete="SET NULL"), index=True)
    # When they arrived, by the earliest `Arrival` that stands.
    present_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    # By what a list stands in order, read only there; never null, as `core.paging` needs.
    association_or_none: ClassVar[MappedSQLExpression[str]]

    meeting: Mapped[Meeting] = relationship(lazy="raise_on_sql")
    workshop: Mapped[Workshop | None] = relationship(lazy="raise_on_sql")
    delegation: Mapped[Delegation | None] = relationship(lazy="raise_on_sql")
    enterer: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    demographics: Mapped[Demographics | None] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    needs: Mapped[Needs | None] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    wishes: Mapped[list[WorkshopWish]] = relationship(
        order_by="WorkshopWish.rank", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    replies: Mapped[list[Reply]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    moves: Mapped[list[RegistrationEvent]] = relationship(
        order_by="RegistrationEvent.id", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    @property
    def is_live(self) -> bool:
        """Whether they have a place, are offered one or wait."""
        return self.state in LIVE

    @property
    def is_confirmed(self) -> bool:
        """Whether their address (or their number) was confirmed."""
        return self.address_confirmed_at is not None

    @property
    def is_verified(self) -> bool:
        """Whether somebody was reached there: not one who only counts by the rule for telephone numbers."""
        return self.is_confirmed and self.confirmed_by != Confirmation.RULE

    @property
    def is_pending(self) -> bool:
        """Whether it still has to be confirmed, by the link of a mail or by a call."""
        return not self.is_confirmed and self.standing in LIVE

    @property
    def waits_for_link(self) -> bool:
        """Whether its receipt alone may do no more than show and cancel it: whoever sent the form was shown
        it, while a delegate has it from their mail.
        """
        return self.is_pending and self.email is not None and self.entry == EntryChannel.WEB

    @property
    def standing(self) -> RegistrationState:
        """The state as its holder is shown it."""
        return self.shown_as or self.state

    @property
    def seems_live(self) -> bool:
        """Whether it is live as its holder is shown it."""
        return self.standing in LIVE

    @property
    def was_taken_back(self) -> bool:
        """Whether the organisers took it back with many others of the same moment."""
        return self.state == RegistrationState.CANCELLED and self.burst_id is not None


Registration.association_or_none = column_property(func.coalesce(Registration.association, ""), deferred=True)


class RegistrationEvent(Base):
    """What happened to a registration, shown to its person: the state it came to, or the workshop given.

    `by` is who of the staff did it, None for the person and for the rules; `reason` is told to the person.
    """

    __tablename__ = "registration_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    registration_id: Mapped[int] = mapped_column(
        ForeignKey("registrations.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    state: Mapped[RegistrationState] = mapped_column(choice(RegistrationState))
    workshop_id: Mapped[int | None] = mapped_column(ForeignKey("workshops.id", ondelete="SET NULL"))
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str | None] = mapped_column(Text)
