"""Lineage: how ideas come from each other."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from cocreation.core.database import Base, Translated, choice
from cocreation.core.enums import Named
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.languages.i18n import Lazy, lazy_gettext as _l


class Kinship(Named):
    """What one idea is to another. The first four are read from the source of a link to its target; steps say
    the `inverse` on the target.
    """

    MERGED_INTO = "merged_into", _l("merged into")
    SPLIT_INTO = "split_into", _l("split into")
    RESTATED_AS = "restated_as", _l("restated as")
    CARRIED_OVER = "carried_over", _l("carried over as")
    MERGED_FROM = "merged_from", _l("took in")
    SPLIT_FROM = "split_from", _l("split from")
    RESTATES = "restates", _l("restates")
    CARRIED_FROM = "carried_from", _l("carried over from")

    @property
    def inverse(self) -> Kinship:
        """The same link, read from the other end."""
        links, mirrored = list(Kinship)[:4], list(Kinship)[4:]
        return dict(zip([*links, *mirrored], [*mirrored, *links], strict=True))[self]

    @property
    def sentence(self) -> Lazy:
        """A link in a sentence, with %(source)s and %(target)s still open."""
        return SENTENCES[self]


SENTENCES = {
    Kinship.MERGED_INTO: _l("%(source)s was merged into %(target)s."),
    Kinship.SPLIT_INTO: _l("A part of %(source)s became %(target)s."),
    Kinship.RESTATED_AS: _l("%(source)s was restated as %(target)s."),
    Kinship.CARRIED_OVER: _l("%(source)s was carried over to a later cycle as %(target)s."),
}


class Lineage(Base):
    """A link between two ideas: typed, reasoned, undone by a later act and kept even then.

    `state_before` is where the source stood, so that undoing brings it back there.
    """

    __tablename__ = "lineages"
    __table_args__ = (
        CheckConstraint("source_id <> target_id", name="two_ideas"),
        CheckConstraint("undone_at is null or undone_reason is not null", name="undone_with_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kinship] = mapped_column(choice(Kinship))
    source_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("ideas.id", ondelete="CASCADE"), index=True)
    reason: Mapped[Translated]
    state_before: Mapped[IdeaState | None] = mapped_column(choice(IdeaState))
    linked_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    linked_at: Mapped[datetime]
    undone_reason: Mapped[Translated | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    undone_at: Mapped[datetime | None]

    source: Mapped[Idea] = relationship(lazy="raise_on_sql", foreign_keys=[source_id])
    target: Mapped[Idea] = relationship(lazy="raise_on_sql", foreign_keys=[target_id])
