"""What is kept of who sends an idea."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.orm import undefer

from cocreation.core import clock
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject
from cocreation.cycles.models import Cycle
from cocreation.ideas.models.idea import Attachment, Author, Idea, IdeaState
from cocreation.ideas.services import withdrawal
from cocreation.ideas.services.export import export as export_idea
from cocreation.languages.i18n import lazy_gettext as _l

# An idea nobody confirmed is deleted this long after it was sent; its link works for a part of that.
UNCONFIRMED_FOR = timedelta(days=30)
# How long after the end of its cycle an author can still be written to.
WRITTEN_TO_FOR = timedelta(days=365)
AT_ONCE = 500  # rows of a chore's round


def find_ideas(subject: Subject) -> Sequence[int]:
    """The ideas sent from these addresses, or that these receipts open."""
    ids = select(Idea.id).outerjoin(Author, Author.idea_id == Idea.id)
    of_subject = or_(func.lower(Author.email).in_(subject.emails), Idea.receipt.in_(subject.receipts))
    return session.scalars(ids.where(of_subject).order_by(Idea.id)).all()


def export_ideas(keys: Sequence[int]) -> Export:
    exported = Export()
    for receipt in session.scalars(select(Idea.receipt).where(Idea.id.in_(keys)).order_by(Idea.id)):
        exported.rows.append(export_idea(receipt))
    files = select(Attachment).where(Attachment.idea_id.in_(keys)).options(undefer(Attachment.content))
    for file in session.scalars(files.order_by(Attachment.id)):
        exported.files[f"{file.idea_id}-{file.id}-{file.name}"] = file.content
    return exported


def erase_ideas(keys: Sequence[int], erasure: Erasure) -> None:
    for key in sorted(keys):
        receipt = withdrawal.erase(key, leaves_words=erasure.leaves_ideas, now=erasure.now)
        erasure.receipts.add(receipt)


def names_of_authors(keys: Sequence[int]) -> Sequence[str | None]:
    return session.scalars(select(Author.name).where(Author.idea_id.in_(keys))).all()


def forget_unconfirmed(now: datetime) -> int:
    """The worker's chore: ideas that their senders never confirmed, with all that came with them. Commits."""
    old = (Idea.state == IdeaState.UNCONFIRMED, Idea.submitted_at <= now - UNCONFIRMED_FOR)
    keys = session.scalars(select(Idea.id).where(*old).order_by(Idea.id).limit(AT_ONCE)).all()
    session.execute(delete(Idea).where(Idea.id.in_(keys)))
    session.commit()
    return len(keys)


def forget_authors(now: datetime) -> int:
    """The worker's chore: once a cycle is long over, the addresses of its authors, and the names of those who
    did not agree that theirs is shown. Commits.
    """
    over = select(Cycle.id).where(Cycle.ends_on < clock.day_of(now - WRITTEN_TO_FOR))
    identified = or_(Author.email.is_not(None), Author.name.is_not(None) & ~Author.is_named)
    authors = (
        select(Author.idea_id)
        .join(Idea, Idea.id == Author.idea_id)
        .where(identified, Idea.cycle_id.in_(over))
    )
    keys = session.scalars(authors.order_by(Author.idea_id).limit(AT_ONCE)).all()
    statement = update(Author).where(Author.idea_id.in_(keys))
    session.execute(statement.values(email=None, voucher=None))
    session.execute(statement.where(~Author.is_named).values(name=None))
    session.commit()
    return len(keys)


IDEA_WORDS = ("problem", "proposal", "expected_result", "tokens")

KEEPERS = (
    Keeper(
        name="ideas",
        what=_l("Your idea and its files, your name and e-mail address, your answers and your appeal"),
        why=_l("So that anyone can follow what was proposed and what became of it"),
        seen_by=_l(
            "Everyone, as you wrote them; your name only if you agreed, your e-mail address the secretariat"
        ),
        term=_l(
            "The idea stays public until you withdraw or erase it; your e-mail address, and a name that is"
            " not shown, %(days)s days after the end of the cycle; an idea that you never confirmed"
            " %(within)s days"
        ).filled(days=WRITTEN_TO_FOR.days, within=UNCONFIRMED_FOR.days),
        chore="forget authors",
        columns={
            "ideas": IDEA_WORDS,
            "authors": ("name", "email"),
            "attachments": ("name", "content"),
            "questions": ("reply",),
            "appeals": ("text",),
            "steps": ("text",),
        },
        spared={
            "ideas.reference": "its number, which stays",
            "ideas.reason_text": "the published reason of its fate, written by the institution",
            "authors.voucher": "a secret made here; it goes with the author",
            "attachments.kind": "a media type",
            "questions.text": "written by the screeners",
            "appeals.reason_text": "the published answer, written by who heard it",
            "steps.outcome": "of a list",
            "steps.why": "written by the institution or the secretariat",
            "steps.proof_url": "written by the institution",
            "steps.assessment": "the scores and notes of the institution",
        },
        find=find_ideas,
        export=export_ideas,
        erase=erase_ideas,
        names=names_of_authors,
        stays=_l(
            "the number, the dates, the steps and the fate of each idea, so that the counts still add up"
        ),
    ),
)
