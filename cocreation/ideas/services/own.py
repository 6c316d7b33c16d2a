"""What is its author's to do with an idea: take it back, be forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from cocreation.core.database import session
from cocreation.core.i18n import lazy_gettext as _l
from cocreation.ideas import policy
from cocreation.ideas.models import Author, Fate, Idea, IdeaState, Question, Reason, Step, StepKind
from cocreation.ideas.services import drafts
from cocreation.ideas.services.backing import forget_backer
from cocreation.ideas.services.refusals import FateAlreadyPublished
from cocreation.ideas.services.steps import by_receipt, in_every_language, record_step
from cocreation.register import journal
from cocreation.register.journal import Action

WITHDREW = _l("Its author withdrew it.")


def withdraw(receipt: str, *, now: datetime) -> Idea:
    """Its author takes an idea back. Its words are no longer shown nor found; its reference, its dates and
    its steps remain, so that numbers still add up. Raises NotFound, FateAlreadyPublished.
    """
    idea = by_receipt(receipt)
    if idea.is_withdrawn:
        return idea
    if not idea.is_public or not policy.can_withdraw(idea):
        raise FateAlreadyPublished
    idea.state, idea.fate, idea.reason = IdeaState.WITHDRAWN, Fate.WITHDRAWN, Reason.AUTHOR_WITHDREW
    idea.reason_text, idea.fate_at, idea.tokens = in_every_language(WITHDREW), now, ""
    _fall_silent(idea, now)
    record_step(idea, StepKind.WITHDRAWN, at=now, outcome=Fate.WITHDRAWN, reason=Reason.AUTHOR_WITHDREW)
    reference = idea.reference or ""
    proof = journal.commitment(
        idea.receipt, reference
    )  # whoever holds the receipt can show that it was theirs
    journal.append(Action.WITHDRAWN, reference, now, proof=proof)
    return idea


def _fall_silent(idea: Idea, now: datetime) -> None:
    """What was said back and forth about its words goes from the public steps with them; nothing is asked
    any more.
    """
    asked = update(Question).where(Question.idea_id == idea.id, Question.replied_at.is_(None))
    session.execute(asked.where(Question.lapsed_at.is_(None)).values(lapsed_at=now))
    spoken = Step.kind.in_((StepKind.ASKED, StepKind.REPLIED))
    session.execute(update(Step).where(Step.idea_id == idea.id, spoken).values(text=None))


def erase_author(receipt: str) -> Idea:
    """Forget who sent an idea; the idea stays, without a name or an address. Raises NotFound."""
    idea = by_receipt(receipt)
    session.execute(delete(Author).where(Author.idea_id == idea.id))
    return idea


def forget(email: str) -> int:
    """Forget an address (in small letters): its ideas stay without an author, what was never confirmed goes,
    drafts and what it backs too. How many ideas it concerned.
    """
    drafts.forget(email)
    forget_backer(email)
    idea_ids = list(session.scalars(select(Author.idea_id).where(Author.email == email)))
    session.execute(delete(Author).where(Author.idea_id.in_(idea_ids)))
    session.execute(delete(Idea).where(Idea.id.in_(idea_ids), Idea.state == IdeaState.UNCONFIRMED))
    return len(idea_ids)
