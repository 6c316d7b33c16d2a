"""How an idea is related to others."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import CTE, case, func, literal_column, or_, select
from sqlalchemy.orm import aliased, contains_eager, load_only

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.models.lineage import Kinship, Lineage

# By these an idea goes on in another one, and with it those who sent it or stand behind it.
GOES_ON = (Kinship.MERGED_INTO, Kinship.SPLIT_INTO, Kinship.CARRIED_OVER)
MOST_LINKS = 8  # on a page that stays light; the first act of a large family says how many there are
# What is read of a relative: never its words.
SHOWN = (Idea.reference, Idea.state, Idea.fate, Idea.hidden_at)


@dataclass(frozen=True)
class Family:
    """The links of a family, the idea's own first, each with its two ideas; `more` were left out."""

    links: list[Lineage]
    more: int = 0


def family(idea: Idea, most: int = MOST_LINKS) -> Family:
    """Every link of the ideas that `idea` is related to, however far, those undone of each too; in one
    statement.
    """
    members, source, target = _related(idea.id), aliased(Idea), aliased(Idea)
    ids = select(members.c.id)
    is_own = case((or_(Lineage.source_id == idea.id, Lineage.target_id == idea.id), 0), else_=1)
    columns = (
        [getattr(source, column.key) for column in SHOWN],
        [getattr(target, column.key) for column in SHOWN],
    )
    statement = (
        select(Lineage, func.count().over())
        .join(source, Lineage.source)
        .join(target, Lineage.target)
        .where(or_(Lineage.source_id.in_(ids), Lineage.target_id.in_(ids)))
        .options(
            contains_eager(Lineage.source.of_type(source)).options(load_only(*columns[0])),
            contains_eager(Lineage.target.of_type(target)).options(load_only(*columns[1])),
        )
        .order_by(is_own, Lineage.id)
        .limit(most)
    )
    rows = session.execute(statement).all()
    return Family([link for link, _all in rows], (rows[0][1] if rows else 0) - len(rows))


def _related(idea_id: int) -> CTE:
    """The ids of the ideas that links not undone lead to, either way; the idea's own among them."""
    members = select(literal_column(str(int(idea_id))).label("id")).cte("members", recursive=True)
    other = case((Lineage.source_id == members.c.id, Lineage.target_id), else_=Lineage.source_id)
    touches = or_(Lineage.source_id == members.c.id, Lineage.target_id == members.c.id)
    return members.union(select(other).join(members, touches).where(Lineage.undone_at.is_(None)))


def circle(idea_ids: Collection[int]) -> set[int]:
    """These ideas and all that went on in them, however many times: what happens to one, happens to their
    authors and to those who stand behind them.
    """
    members = select(Idea.id.label("id")).where(Idea.id.in_(idea_ids)).cte("members", recursive=True)
    came = Lineage.kind.in_(GOES_ON), Lineage.undone_at.is_(None)
    before = select(Lineage.source_id).join(members, Lineage.target_id == members.c.id).where(*came)
    return set(session.scalars(select(members.union(before).c.id)))
