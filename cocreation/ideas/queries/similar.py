"""Ideas that say much the same as a text."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import defer, joinedload

from cocreation.core.database import session
from cocreation.ideas.models.idea import Idea, IdeaState
from cocreation.ideas.queries.public_ideas import IS_PUBLIC
from cocreation.text import stems
from cocreation.text.search import says_some

MOST_CANDIDATES = 300  # read from the index of words, the latest first, then compared one by one
ALIKE_ENOUGH = 60  # of 100, as rapidfuzz counts what two sets of stems have in common


def similar_to(words: str, *, excluding: int | None = None, limit: int = 5) -> list[Idea]:
    """Public ideas of every cycle that say much the same as `words`, the most alike first, each with its
    cycle, institution and commitment. Not the one whose id is `excluding`, and none that is silent.

    It suggests; a person judges. Two statements, however many ideas there are.
    """
    says = says_some(Idea.tokens, stems.search_query(words))
    if says is None:
        return []
    found = _most_alike(stems.search_tokens(words), _candidates(says, excluding), limit)
    if not found:
        return []
    statement = (
        select(Idea)
        .where(Idea.id.in_(found))
        .options(
            joinedload(Idea.cycle),
            joinedload(Idea.institution),
            joinedload(Idea.commitment),
            defer(Idea.tokens),
            defer(Idea.problem),
            defer(Idea.expected_result),
        )
    )
    return sorted(session.scalars(statement), key=lambda idea: found.index(idea.id))


def _candidates(says: ColumnElement[bool], excluding: int | None) -> dict[int, str]:
    is_shown = (IS_PUBLIC, Idea.state != IdeaState.WITHDRAWN, Idea.hidden_at.is_(None))
    statement = select(Idea.id, Idea.tokens).where(says, *is_shown).order_by(Idea.id.desc())
    if excluding is not None:
        statement = statement.where(Idea.id != excluding)
    rows = session.execute(statement.limit(MOST_CANDIDATES))
    return {row.id: row.tokens for row in rows}


def _most_alike(tokens: str, candidates: dict[int, str], limit: int) -> list[int]:
    """Their ids, the most alike first."""
    alike = process.extract(
        tokens, candidates, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE_ENOUGH, limit=limit
    )
    return [key for _tokens, _score, key in alike]
