"""The plan: its commitments, under the axes of the cycle."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated
from cocreation.cycles.models import Axis, Cycle
from cocreation.directory.models import Institution
from cocreation.documents.models import Document


class Commitment(Base):
    """What an institution promises to do about a problem. Public once `published_at` is set.

    All its words stand in the versions of its document; the columns repeat those in force, for lists and for
    whoever needs one sentence (docs/decisions/062): of the last public version, before that of the last one.
    """

    __tablename__ = "commitments"
    __table_args__ = (UniqueConstraint("cycle_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cycle_id: Mapped[int] = mapped_column(ForeignKey("cycles.id", ondelete="CASCADE"))
    number: Mapped[int]
    axis_id: Mapped[int] = mapped_column(ForeignKey("axes.id"), index=True)
    institution_id: Mapped[int] = mapped_column(ForeignKey("institutions.id"), index=True)
    title: Mapped[Translated]
    problem: Mapped[Translated]
    solution: Mapped[Translated]
    expected_result: Mapped[Translated]
    published_at: Mapped[datetime | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"), index=True)

    document: Mapped[Document | None] = relationship(lazy="raise_on_sql")
    cycle: Mapped[Cycle] = relationship(lazy="raise_on_sql")
    axis: Mapped[Axis] = relationship(lazy="raise_on_sql")
    institution: Mapped[Institution] = relationship(lazy="raise_on_sql")

    @property
    def reference(self) -> str:
        """`2024-C07`: the cycle and the number of the commitment. Needs `cycle` loaded."""
        return f"{self.cycle.code}-C{self.number:02d}"
