"""What is kept of who began an answer: their words, until it is sent."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, func, select

from cocreation.accounts.models import Person
from cocreation.answers.services import KEPT_FOR
from cocreation.core.database import session
from cocreation.core.personal_data import Erasure, Export, Keeper, Subject, rows_of
from cocreation.languages.i18n import lazy_gettext as _l
from cocreation.study.models import AnswerDraft


def find(subject: Subject) -> Sequence[int]:
    """The drafts that somebody with one of these addresses keeps."""
    kept = select(AnswerDraft.referral_id).join(Person, Person.id == AnswerDraft.kept_by)
    return session.scalars(kept.where(func.lower(Person.email).in_(subject.emails))).all()


def export(keys: Sequence[int]) -> Export:
    return Export(rows_of(select(AnswerDraft).where(AnswerDraft.referral_id.in_(keys)), but=("kept_by",)))


def erase(keys: Sequence[int], erasure: Erasure) -> None:
    session.execute(delete(AnswerDraft).where(AnswerDraft.referral_id.in_(keys)))


KEEPERS = (
    Keeper(
        name="answer_drafts",
        what=_l("The drafts of answers that a focal point or a colleague keeps"),
        why=_l("To go on with them, or to hand them to a colleague"),
        seen_by=_l("The people who study the idea for the same institution"),
        term=_l(
            "Until the answer is sent or the fate of the idea published, at most %(days)s days after"
            " the draft was last kept"
        ).filled(days=KEPT_FOR.days),
        chore="forget drafts of answers",
        columns={"answer_drafts": ("fields",)},
        find=find,
        export=export,
        erase=erase,
    ),
)
