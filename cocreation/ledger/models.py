"""The register's links, the one row that holds their end, and the signed checkpoints."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base


class RegisterEntry(Base):
    """A link of the register. `content` is canonical JSON; `hash` is SHA-256 of `previous` and `content`.

    `subject` repeats what the content is about, so that the entries of one idea are found.
    Rows are only ever added: triggers in the database refuse to change or delete one.
    """

    __tablename__ = "register"
    __table_args__ = (Index("ix_register_subject_number", "subject", "number"),)

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    subject: Mapped[str] = mapped_column(server_default="")
    content: Mapped[str] = mapped_column(Text)
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class RegisterHead(Base):
    """The one row locked while a link is added, so that links never fork."""

    __tablename__ = "register_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]


class Checkpoint(Base):
    """What the platform signed on a day: that entry `number` has this `hash`, and so every one before it.

    `signature` is Ed25519 over the text "day number hash", in base64. Rows are only ever added, as above.
    """

    __tablename__ = "register_checkpoints"

    day: Mapped[date] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]
    made_at: Mapped[datetime]
    signature: Mapped[str]

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.day} {self.number} {self.hash}"
