"""What is kept while an idea is being written, and the files that come with it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Json
from cocreation.ideas.models.idea import Idea


class Draft(Base):
    """A form half filled in, opened again by the secret in its link. Gone a month after it was last saved."""

    __tablename__ = "drafts"

    receipt: Mapped[str] = mapped_column(primary_key=True)
    once: Mapped[str] = mapped_column(unique=True)
    content: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    saved_at: Mapped[datetime] = mapped_column(index=True)


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
