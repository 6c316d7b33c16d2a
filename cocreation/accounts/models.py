"""Staff of the platform: people, what they may do and where, how they come in.

Citizens and associations have no account: what is theirs opens with the secret in their mail.
"""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Self

from sqlalchemy import ForeignKey, UniqueConstraint, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import Lazy, lazy_gettext as _l


class Duty(Enum):
    """What somebody works on across the rooms: rules of routes and desks ask for the holders of a duty."""

    ADMINISTRATION = "administration"
    EVERYTHING = "everything"
    MEETINGS = "meetings"
    WORKSHOPS = "workshops"
    COMMITTEE = "committee"
    COORDINATION = "coordination"
    STUDY = "study"


class Role(Named):
    """What a person is on the platform: its value, its name, its duties, and what it holds for (`scope`, of
    those in `app.SCOPES`; None for a role that holds everywhere).

    Who `proves_twice` can change what everyone sees. A new role is a line here (docs/how-to/add-a-role.md).
    """

    duties: tuple[Duty, ...]
    scope: str | None
    proves_twice: bool

    ADMINISTRATOR = (
        "administrator",
        _l("administrator"),
        (Duty.ADMINISTRATION, Duty.EVERYTHING),
        None,
        True,
    )
    SECRETARIAT = "secretariat", _l("secretariat"), (Duty.EVERYTHING,), None, True
    COORDINATOR = (
        "coordinator",
        _l("coordinating association"),
        (Duty.MEETINGS, Duty.WORKSHOPS),
        "meeting",
    )
    FACILITATOR = "facilitator", _l("facilitator or rapporteur"), (Duty.WORKSHOPS,), "workshop"
    FOCAL_POINT = (
        "focal_point",
        _l("focal point of an institution"),
        (Duty.STUDY, Duty.COORDINATION),
        "institution",
    )
    COLLEAGUE = "colleague", _l("colleague of an institution’s focal point"), (Duty.STUDY,), "institution"
    COMMITTEE_MEMBER = (
        "committee_member",
        _l("steering-committee member"),
        (Duty.COMMITTEE, Duty.COORDINATION),
    )
    PROJECT_LEAD = "project_lead", _l("project lead"), (), "commitment"

    # The defaults are for type checkers, as those of `Named`.
    def __new__(
        cls,
        value: str,
        label: Lazy = Lazy(""),  # noqa: B008
        duties: tuple[Duty, ...] = (),
        scope: str | None = None,
        proves_twice: bool = False,
    ) -> Self:
        member = str.__new__(cls, value)
        member._value_, member.label = value, label
        member.duties, member.scope, member.proves_twice = duties, scope, proves_twice
        return member


# Those who can change what everyone sees prove themselves twice.
TWO_FACTOR = frozenset(role for role in Role if role.proves_twice)


class Person(Base):
    """A member of the staff. `password` is an argon2 hash, None until the invitation is accepted.

    `totp_secret` counts as theirs once a code proved that they hold it (`totp_last_used` is then set:
    the number of the half-minute of the last code, so that no code works twice).
    """

    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    language: Mapped[str]
    password: Mapped[str | None]
    totp_secret: Mapped[str | None]
    totp_last_used: Mapped[int | None]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]
    # Whether a mail a day tells them of what waits for them.
    wants_digest: Mapped[bool] = mapped_column(default=True, server_default=true())

    grants: Mapped[list[Grant]] = relationship(
        back_populates="person", lazy="raise_on_sql", cascade="all, delete-orphan"
    )

    def has(self, *roles: Role, scope: int | None = None) -> bool:
        """Whether this person holds one of `roles`, for the object numbered `scope` when given."""
        return any(g.role in roles and (scope is None or g.scope_id == scope) for g in self.grants)

    def has_duty(self, duty: Duty) -> bool:
        """Whether one of their roles has this duty, in any scope."""
        return any(duty in g.role.duties for g in self.grants)

    @property
    def runs_everything(self) -> bool:
        """The secretariat and administrators, who act in every scope."""
        return self.has_duty(Duty.EVERYTHING)

    def scopes(self, role: Role) -> set[int]:
        """The ids of the objects for which this person holds `role`."""
        return {g.scope_id for g in self.grants if g.role == role and g.scope_id is not None}

    @property
    def roles(self) -> list[Role]:
        return sorted({g.role for g in self.grants})

    @property
    def must_prove_twice(self) -> bool:
        return self.has(*TWO_FACTOR)

    @property
    def has_device(self) -> bool:
        """Whether a device of theirs has shown that it makes the right codes."""
        return self.totp_secret is not None and self.totp_last_used is not None


class Grant(Base):
    """A role held by a person, everywhere or (see `Role.scope`) for one object."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("person_id", "role", "scope_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    scope_id: Mapped[int | None]
    granted_at: Mapped[datetime]

    person: Mapped[Person] = relationship(back_populates="grants", lazy="raise_on_sql")


class Door(Enum):
    """What a link opens: the choice of a password or, for an operator's links, the platform itself."""

    PASSWORD = "password"  # noqa: S105 — the name of a door, not a password
    SIGN_IN = "sign_in"


class Invitation(Base):
    """A link that works once, until `expires_at`. Only the digest of its secret is kept."""

    __tablename__ = "invitations"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    door: Mapped[Door] = mapped_column(choice(Door))
    digest: Mapped[str] = mapped_column(unique=True)
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SignIn(Base):
    """A browser in which a person is signed in, until it is ended from any of them.

    `proved_at` is when a second factor was proved in it; a role that asks for one opens nothing without.
    """

    __tablename__ = "sign_ins"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(unique=True)
    started_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    browser: Mapped[str]
    proved_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship(lazy="raise_on_sql")


class SignInNetwork(Base):
    """What came from a network at an account: wrong passwords and codes in a row, and when somebody came in.

    `account` and `network` are keyed digests, of an address typed (whether somebody has it or not) and of a
    network; rows are forgotten with what they count (`tries.sweep`).
    """

    __tablename__ = "sign_in_networks"
    __table_args__ = (UniqueConstraint("account", "network"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account: Mapped[str]
    network: Mapped[str]
    failures: Mapped[int]
    failed_at: Mapped[datetime | None]
    code_failures: Mapped[int]
    code_failed_at: Mapped[datetime | None]
    came_in_at: Mapped[datetime | None]
