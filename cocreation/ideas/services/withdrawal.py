"""What is its author's to do with an idea: take it back, be forgotten."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import selectinload

from cocreation.core import outbox, secrets
from cocreation.core.database import lock, session
from cocreation.ideas import policy
from cocreation.ideas.models.dialogue import Appeal, Question
from cocreation.ideas.models.idea import Attachment, Author, Idea, IdeaState, Step, StepKind
from cocreation.ideas.refusals import TooLateToWithdraw
from cocreation.ideas.services.steps import by_receipt, in_every_language, record_step
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.ledger import journal
from cocreation.ledger.journal import Action
from cocreation.reasons.models import Fate, Reason

WITHDREW = _l("Its author withdrew it.")


def withdraw(receipt: str, *, now: datetime) -> Idea:
    """Its author takes an idea back. Its words are no longer shown nor found; its reference, its dates and
    its steps remain, so that numbers still add up. Raises NotFound, TooLateToWithdraw.
    """
    idea = by_receipt(receipt)
    if idea.is_withdrawn:
        return idea
    if not idea.is_public or not policy.can_withdraw(idea):
        raise TooLateToWithdraw
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


def erase(idea_id: int, *, leaves_words: bool, now: datetime) -> str:
    """Forget who sent an idea; the receipt that opened it, which opens nothing any more.

    One that was never confirmed goes altogether. Of a public one its number, its dates, its steps and its
    fate stay; with `leaves_words` its words do too, without an author. Else they are erased wherever they
    stand: the words, the files, what was said back and forth. It is taken back where its author still can,
    silent where its fate is published. Raises NotFound.
    """
    idea = lock(Idea, idea_id, selectinload(Idea.author))
    opened = idea.receipt
    if not idea.is_public:
        session.execute(delete(Idea).where(Idea.id == idea.id))
        return opened
    if not leaves_words:
        if policy.can_withdraw(idea):
            withdraw(opened, now=now)
        _erase_words(idea, now)
    session.execute(delete(Author).where(Author.idea_id == idea.id))
    # Nobody holds the new ones: what was printed or sent finds nothing.
    idea.receipt, idea.once = secrets.new_receipt(), secrets.new_token()
    session.flush()
    return opened


def _erase_words(idea: Idea, now: datetime) -> None:
    """Leave nothing of what its author wrote, here and in the mails to others that wait."""
    for said in filter(None, (idea.proposal, idea.problem, idea.expected_result)):
        outbox.unsay(said, about=idea.reference or "", but=None)
    idea.problem, idea.proposal, idea.expected_result, idea.tokens = None, "", None, ""
    idea.erased_at, idea.hidden_at = now, idea.hidden_at or now
    session.execute(delete(Attachment).where(Attachment.idea_id == idea.id))
    session.execute(update(Question).where(Question.idea_id == idea.id).values(reply=None))
    session.execute(update(Appeal).where(Appeal.idea_id == idea.id).values(text=""))
    spoken = Step.kind.in_((StepKind.ASKED, StepKind.REPLIED, StepKind.APPEALED))
    session.execute(update(Step).where(Step.idea_id == idea.id, spoken).values(text=None))
