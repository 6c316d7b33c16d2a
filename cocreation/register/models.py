"""The register's links, and the one row that holds their end."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from cocreation.core.database import Base


class RegisterEntry(Base):
    """A link of the register. `content` is canonical JSON; `hash` is SHA-256 of `previous` and `content`.

    Rows are only ever added: triggers in the database refuse to change or delete one.
    """

    __tablename__ = "register"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    content: Mapped[str] = mapped_column(Text)
    previous: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)


class RegisterHead(Base):
    """The one row locked while a link is added, so that links never fork."""

    __tablename__ = "register_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]
    hash: Mapped[str]
