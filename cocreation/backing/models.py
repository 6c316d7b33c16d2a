"""People who support an idea or follow it, with an address they have proven."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, choice
from cocreation.core.enums import Named
from cocreation.ideas.models.idea import Idea
from cocreation.languages.i18n import lazy_gettext as _l


class Rhythm(Named):
    """How often a follower is told."""

    DAILY = "daily", _l("every day, when something happened")
    WEEKLY = "weekly", _l("every week, when something happened")


class Backing(Base):
    """One address behind one idea: its support, its following, or both. Counts once `confirmed_at` is set.

    `receipt` is the secret of the links in its mails. `told_at` is up to when a follower was told. With
    `lineage_id` it came along from another idea by that link, and goes with it when that is undone.
    """

    __tablename__ = "backings"
    __table_args__ = (
        UniqueConstraint("idea_id", "email"),
        Index("ix_backings_following", "follows", "email"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"))
    email: Mapped[str] = mapped_column(index=True)
    language: Mapped[str]
    supports: Mapped[bool]
    follows: Mapped[Rhythm | None] = mapped_column(choice(Rhythm))
    receipt: Mapped[str] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    lineage_id: Mapped[int | None] = mapped_column(ForeignKey("lineages.id"), index=True)

    idea: Mapped[Idea] = relationship(lazy="raise_on_sql")
