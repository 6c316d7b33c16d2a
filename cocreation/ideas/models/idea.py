"""Ideas: what was proposed, where it came from, what has happened to it and its published fate."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Json, Translated, choice
from cocreation.core.enums import Named
from cocreation.cycles.models import Cycle, Theme
from cocreation.directory.models import Association, Institution, Region
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.plan.models import Commitment
from cocreation.reasons.models import Fate, Reason
from cocreation.workshops.models import OutputLine


class Origin(Named):
    ONLINE = "online", _l("sent online")
    WORKSHOP = "workshop", _l("said in a workshop")
    PAPER = "paper", _l("sent on paper")
    EMAIL = "email", _l("sent by e-mail")


class IdeaState(Named):
    """Where an idea stands. It moves down this list; from ANSWERED back to REFERRED when one more
    institution is asked, from ASKED back to RECEIVED once its author replied or let the day pass, from JOINED
    back to where it was when that is undone, back to RECEIVED when its screening is reopened, from REFERRED
    back when its referral is withdrawn. `WITHDRAWN` is its author's choice.
    """

    UNCONFIRMED = "unconfirmed", _l("awaiting its author's confirmation")
    RECEIVED = "received", _l("received")
    ASKED = "asked", _l("awaiting its author's answer to a question")
    ACCEPTED = "accepted", _l("accepted at screening")
    NOT_ACCEPTED = "screened_out", _l("not accepted at screening, fate to come")
    REFERRED = "referred", _l("being studied")
    JOINED = "joined", _l("part of another idea, fate to come")
    ANSWERED = "answered", _l("answered by the institution")
    PUBLISHED = "published", _l("fate published")
    WITHDRAWN = "withdrawn", _l("withdrawn")


WITHDRAWN = _l("Its author withdrew it; its words are no longer shown.")
HIDDEN = _l("Moderation has hidden it; its words are not shown.")
ERASED = _l("It was erased because its author asked for it; its words are kept by nobody.")


class Idea(Base):
    """An idea, in its author's words and language.

    It has its `reference` (2024-118) and is public once its author confirmed it. Its fate, reason and
    responsible body are set together, by the publication of a batch, and only then.
    """

    __tablename__ = "ideas"
    __table_args__ = (
        UniqueConstraint("cycle_id", "number"),
        CheckConstraint("(number is null) = (state = 'unconfirmed')", name="numbered"),
        CheckConstraint(
            "(fate is null) = (state not in ('published', 'withdrawn'))"
            " and (fate is null or (reason is not null and reason_text is not null and fate_at is not null))",
            name="fate_with_reason",
        ),
        Index("ix_ideas_recent", "received_at", "id"),
        Index("ix_ideas_cycle_recent", "cycle_id", "received_at", "id"),
        Index("ix_ideas_state", "state", "received_at", "id"),
        Index("ix_ideas_fate_at", "fate_at", "id"),
        # One for each filter of the list, in the order of the list: its first page is then the index's end.
        Index("ix_ideas_fate_recent", "fate", "received_at", "id"),
        Index("ix_ideas_origin_recent", "origin", "received_at", "id"),
        Index("ix_ideas_theme_recent", "theme_id", "received_at", "id"),
        Index("ix_ideas_region_recent", "region_code", "received_at", "id"),
        Index("ix_ideas_supported", "supporters", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id"))
    number: Mapped[int | None]
    reference: Mapped[str | None] = mapped_column(unique=True)
    receipt: Mapped[str] = mapped_column(unique=True)
    once: Mapped[str] = mapped_column(unique=True)
    origin: Mapped[Origin] = mapped_column(choice(Origin))
    state: Mapped[IdeaState] = mapped_column(choice(IdeaState))
    language: Mapped[str]
    problem: Mapped[str | None] = mapped_column(Text)
    proposal: Mapped[str] = mapped_column(Text)
    expected_result: Mapped[str | None] = mapped_column(Text)
    tokens: Mapped[str] = mapped_column(Text, default="")
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("themes.id"))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("regions.code"))
    source_line_id: Mapped[int | None] = mapped_column(ForeignKey("output_lines.id"), unique=True)
    submitted_at: Mapped[datetime]
    received_at: Mapped[datetime | None]
    # What screening decided, None before; written by it, and by a split, whose parts inherit it.
    accepted: Mapped[bool | None]

    fate: Mapped[Fate | None] = mapped_column(choice(Fate))
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    reason_text: Mapped[Translated | None]
    fate_at: Mapped[datetime | None]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"), index=True)
    commitment_id: Mapped[int | None] = mapped_column(ForeignKey("commitments.id"), index=True)
    # Until when its author may contest the fate, that day included; written with the fate.
    appeal_until: Mapped[date | None]
    # Whether its fate is the secretariat's decision, otherwise than its responsible body answered.
    overrules: Mapped[bool] = mapped_column(default=False, server_default=false())
    # Since when moderation hides its words: shown to nobody and found by nobody, like a withdrawn one's.
    hidden_at: Mapped[datetime | None]
    # Since when its words are erased, as its author asked; `hidden_at` is then set too.
    erased_at: Mapped[datetime | None]
    edited_at: Mapped[datetime | None]
    # How many people support it with a confirmed address. Kept here so that lists need not count.
    supporters: Mapped[int] = mapped_column(default=0, server_default="0")

    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    theme: Mapped[Theme | None] = relationship(lazy="raise_on_sql")
    region: Mapped[Region | None] = relationship(lazy="raise_on_sql")
    source_line: Mapped[OutputLine | None] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    commitment: Mapped[Commitment | None] = relationship(lazy="raise_on_sql")
    author: Mapped[Author | None] = relationship(
        back_populates="idea", lazy="raise_on_sql", cascade="all, delete-orphan"
    )
    steps: Mapped[list[Step]] = relationship(
        order_by="Step.id",
        lazy="raise_on_sql",
        cascade="all, delete-orphan",
        foreign_keys="Step.idea_id",
    )
    attachments: Mapped[list[Attachment]] = relationship(
        order_by="Attachment.id", lazy="raise_on_sql", passive_deletes=True, back_populates="idea"
    )

    @property
    def is_public(self) -> bool:
        return self.state is not IdeaState.UNCONFIRMED

    @property
    def is_settled(self) -> bool:
        """Whether nothing more will happen to it: its fate is published, or it was withdrawn."""
        return self.state in (IdeaState.PUBLISHED, IdeaState.WITHDRAWN)

    @property
    def is_withdrawn(self) -> bool:
        """Its words are then its author's again: the public sees its reference and its dates only."""
        return self.state is IdeaState.WITHDRAWN

    @property
    def is_silent(self) -> bool:
        """Whether its words are shown to nobody: taken back or erased by its author, hidden by moderation."""
        return self.is_withdrawn or self.hidden_at is not None

    @property
    def silence(self) -> str | None:
        """Why its words are shown to nobody, as it is said in their place; None while they are shown."""
        if self.hidden_at and self.erased_at:
            return str(ERASED)
        if self.is_withdrawn:
            return str(WITHDRAWN)
        return str(HIDDEN) if self.hidden_at else None

    @property
    def outcome(self) -> Fate | IdeaState:
        """What has become of it so far: its fate, else where it stands. Every count and filter says this."""
        return self.fate or self.state


class AuthorKind(Named):
    PERSON = "person", _l("a person")
    ASSOCIATION = "association", _l("an association")


class Author(Base):
    """Who sent an idea, kept apart from it: erased on demand while the idea stays.

    The name is shown only where `is_named` says its owner agreed.
    """

    __tablename__ = "authors"

    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[AuthorKind] = mapped_column(choice(AuthorKind))
    name: Mapped[str | None]
    email: Mapped[str | None] = mapped_column(index=True)
    language: Mapped[str]
    is_named: Mapped[bool] = mapped_column(default=False)
    consented_at: Mapped[datetime]
    # The verified association it says to speak for, and what the association answered when it was asked.
    association_id: Mapped[int | None] = mapped_column(ForeignKey("associations.id"))
    vouched_at: Mapped[datetime | None]
    disowned_at: Mapped[datetime | None]
    # The secret of the link by which it answers.
    voucher: Mapped[str | None] = mapped_column(unique=True, index=True)

    association: Mapped[Association | None] = relationship(lazy="raise_on_sql")
    idea: Mapped[Idea] = relationship(back_populates="author", lazy="raise_on_sql")

    @property
    def speaks_for(self) -> Association | None:
        """The association that has confirmed that this is its idea."""
        return self.association if self.vouched_at else None


class StepKind(Named):
    """The public steps of an idea."""

    RECEIVED = "received", _l("received")
    EDITED = "edited", _l("reworded by its author")
    ASKED = "asked", _l("a question put to its author")
    REPLIED = "replied", _l("answered by its author")
    LAPSED = "lapsed", _l("no answer from its author in time")
    SCREENED = "screened", _l("screened")
    REOPENED = "reopened", _l("screening reopened")
    JOINED = "joined", _l("linked with another idea")
    PARTED = "parted", _l("no longer linked with another idea")
    REFERRED = "referred", _l("sent to an institution")
    RECALLED = "recalled", _l("taken back from the institution")
    ANSWERED = "answered", _l("answered by the institution")
    DISCUSSED = "discussed", _l("discussed in a coordination meeting")
    FATE = "fate", _l("fate published")
    REVISED = "revised", _l("published reason reworded")
    APPEALED = "appealed", _l("contested by its author")
    HEARD = "heard", _l("appeal answered")
    HIDDEN = "hidden", _l("hidden by moderation")
    SHOWN = "shown", _l("shown again")
    WITHDRAWN = "withdrawn", _l("withdrawn by its author")


# The outcome of the step by which words stay hidden that their author contested.
UPHELD = "upheld"


class Step(Base):
    """Something that happened to an idea, for everyone to read: when, by which body, with which outcome.

    `outcome` is the value of an `IdeaState` (screened), of a `Fate` (answered, fate, revised), of a `Kinship`
    (joined, parted; read from this idea to `related`) or of a `Hearing` (heard). A step without an
    institution is the secretariat's, or its
    author's where only an author can take it. `due_on` is the day by which an answer is asked. `related_id`
    is the other idea of a lineage. FATE and every REVISED after it are the versions of the published fate,
    `why` what led from the one before to this one; of FATE, why the secretariat decided otherwise than the
    institution answered.
    """

    __tablename__ = "steps"
    __table_args__ = (Index("ix_steps_institution_idea", "institution_id", "idea_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    kind: Mapped[StepKind] = mapped_column(choice(StepKind))
    at: Mapped[datetime]
    institution_id: Mapped[int | None] = mapped_column(ForeignKey("institutions.id"))
    outcome: Mapped[str | None]
    reason: Mapped[Reason | None] = mapped_column(choice(Reason))
    text: Mapped[Translated | None]
    why: Mapped[Translated | None]
    due_on: Mapped[date | None]
    related_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id"))
    # With a published answer: where it can be seen that it is under way; what it scored on the criteria, as
    # {"share": 0…1, "criteria": [{"name", "weight", "score": 0…3, "note"}]}.
    proof_url: Mapped[str | None]
    assessment: Mapped[dict[str, object] | None] = mapped_column(Json)

    institution: Mapped[Institution | None] = relationship(lazy="raise_on_sql")
    related: Mapped[Idea | None] = relationship(lazy="raise_on_sql", foreign_keys=[related_id])


class Attachment(Base):
    """A file that comes with an idea: in the database, so that both are saved, copied and erased together.

    It arrives with the number (`once`) of a form that may still be refused; `idea_id` follows. `kind` is its
    media type as its content says, `size` in bytes, `digest` its SHA-256 in hexadecimal.
    """

    __tablename__ = "attachments"

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    once: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    kind: Mapped[str]
    size: Mapped[int]
    digest: Mapped[str]
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, deferred_raiseload=True)
    added_at: Mapped[datetime]

    idea: Mapped[Idea | None] = relationship(back_populates="attachments", lazy="raise_on_sql")
