"""Outputs of workshops: problems → solutions → expected results, each an addressable line."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, choice
from cocreation.core.enums import Named
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.meetings.models.meeting import Workshop


class LineKind(Named):
    """What a line is; its letter stands in the line's reference."""

    PROBLEM = "problem", _l("problem")
    SOLUTION = "solution", _l("proposed solution")
    RESULT = "result", _l("expected result")

    @property
    def letter(self) -> str:
        return {"problem": "P", "solution": "S", "result": "R"}[self.value]


# What a line follows from: a solution answers problems, an expected result follows from solutions.
FOLLOWS = {LineKind.SOLUTION: LineKind.PROBLEM, LineKind.RESULT: LineKind.SOLUTION}

line_links = Table(
    "line_links",
    Base.metadata,
    Column("from_id", ForeignKey("output_lines.id", ondelete="CASCADE"), primary_key=True),
    Column("to_id", ForeignKey("output_lines.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class OutputLine(Base):
    """A sentence of a workshop, in the language it was said. `heading` groups problems when the table did.

    Numbers follow the order of the page until the outputs are published, and never change after.
    `once` is the number of the form that brought it, on the first of its lines.
    """

    __tablename__ = "output_lines"
    __table_args__ = (UniqueConstraint("workshop_id", "kind", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workshop_id: Mapped[int] = mapped_column(ForeignKey("workshops.id", ondelete="CASCADE"))
    kind: Mapped[LineKind] = mapped_column(choice(LineKind))
    number: Mapped[int]
    heading: Mapped[str | None]
    text: Mapped[str]
    language: Mapped[str]
    once: Mapped[str | None] = mapped_column(unique=True)

    workshop: Mapped[Workshop] = relationship(lazy="raise_on_sql")
    follows_from: Mapped[list[OutputLine]] = relationship(
        secondary=line_links,
        primaryjoin="OutputLine.id == line_links.c.to_id",
        secondaryjoin="OutputLine.id == line_links.c.from_id",
        order_by="OutputLine.number",
        back_populates="leads_to",
        lazy="raise_on_sql",
    )
    leads_to: Mapped[list[OutputLine]] = relationship(
        secondary=line_links,
        primaryjoin="OutputLine.id == line_links.c.from_id",
        secondaryjoin="OutputLine.id == line_links.c.to_id",
        order_by="OutputLine.number",
        back_populates="follows_from",
        lazy="raise_on_sql",
    )

    @property
    def mark(self) -> str:
        """`S07`: the anchor of the line on its workshop's page."""
        return f"{self.kind.letter}{self.number:02d}"

    @property
    def reference(self) -> str:
        """`OR1-W2-S07`. Needs `workshop` and its `meeting` loaded."""
        return f"{self.workshop.reference}-{self.mark}"
