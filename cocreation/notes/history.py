"""What was done with an idea, by whom and when: the staff's journal and the public steps, as one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, and_, cast, or_, select
from sqlalchemy.orm import joinedload

from cocreation.accounts.models import Grant, Person
from cocreation.batches.models import FateDraft
from cocreation.core.audit import AuditEntry
from cocreation.core.database import Translated, session
from cocreation.ideas.models.idea import Idea, Step, StepKind
from cocreation.languages.i18n import Lazy, lazy_gettext as _l
from cocreation.notes.policy import NoteReader
from cocreation.reasons.models import Fate

# The acts of the journal that are on an idea, or on the batch its fate is in, in words.
ACTS = {
    "idea entered": _l("entered by the team"),
    "solution restated": _l("restated from a workshop"),
    "idea read": _l("read at screening"),
    "question asked": _l("a question put to its author"),
    "screening reopened": _l("screening reopened"),
    "ideas linked": _l("linked with another idea"),
    "link undone": _l("no longer linked with another idea"),
    "idea referred": _l("sent to an institution"),
    "referral withdrawn": _l("taken back from the institution"),
    "idea answered": _l("answered by the institution"),
    "batch created": _l("put into a batch of fates"),
    "ideas added to batch": _l("ideas added to its batch"),
    "idea removed from batch": _l("taken out of its batch"),
    "withdrawn idea left out of batch": _l("left out of its batch: its author withdrew it"),
    "fate drafted": _l("fate drafted"),
    "fate questioned": _l("its second reader asked about its fate"),
    "fate question answered": _l("the second reader’s question was answered"),
    "embargo set": _l("the day of its batch’s publication was set"),
    "batch sent for review": _l("its batch was sent to a second reader"),
    "batch reviewed": _l("its batch was read by a second person"),
    "batch to publish": _l("the publication of its batch was asked for"),
    "batch published": _l("its batch was published"),
    "fate objected to": _l("its institution objected to its fate"),
    "fate revised": _l("published reason reworded"),
    "appeal heard": _l("appeal answered"),
    "idea hidden": _l("hidden by moderation"),
    "idea shown again": _l("shown again"),
    "hiding upheld": _l("kept hidden by moderation"),
    "reports dismissed": _l("reports were dismissed"),
    "note taken back": _l("a note was taken back by its author"),
}
OTHER = _l("an act of the team")
BY_AUTHOR = frozenset({StepKind.EDITED, StepKind.REPLIED, StepKind.APPEALED, StepKind.WITHDRAWN})
# Acts that everybody reads as a step, where both are of one moment: one row says both.
STEPS = {
    "idea entered": StepKind.RECEIVED,
    "solution restated": StepKind.RECEIVED,
    "idea read": StepKind.SCREENED,
    "question asked": StepKind.ASKED,
    "screening reopened": StepKind.REOPENED,
    "ideas linked": StepKind.JOINED,
    "link undone": StepKind.PARTED,
    "idea referred": StepKind.REFERRED,
    "referral withdrawn": StepKind.RECALLED,
    "idea answered": StepKind.ANSWERED,
    "batch published": StepKind.FATE,
    "fate revised": StepKind.REVISED,
    "appeal heard": StepKind.HEARD,
    "idea hidden": StepKind.HIDDEN,
    "idea shown again": StepKind.SHOWN,
    "hiding upheld": StepKind.HIDDEN,
}


@dataclass(frozen=True)
class HistoryRow:
    """One act: when, what, by which person or body; `is_public` says that everybody reads it as a step."""

    at: datetime
    what: Lazy
    who: str | None = None
    body: Translated | None = None
    fate: Fate | None = None
    by_author: bool = False
    is_public: bool = False


def history(idea: Idea, who: NoteReader) -> list[HistoryRow]:
    """The acts on an idea, the latest first. The secretariat sees all; an institution the public steps, and
    who did what in its own name. Three statements, however many acts there are.
    """
    entries = _entries(idea, who)
    rows = [_stepped(step, _taken(entries, step)) for step in _steps(idea)]
    rows += [_noted(entry, person) for entry, person in entries]
    return sorted(rows, key=lambda row: row.at, reverse=True)


Noted = tuple[AuditEntry, Person | None]


def _entries(idea: Idea, who: NoteReader) -> list[Noted]:
    batch_id = session.scalar(select(FateDraft.batch_id).where(FateDraft.idea_id == idea.id))
    of_idea = cast(AuditEntry.details["idea"].as_string(), Text)
    batches = AuditEntry.subject.startswith("batch ")
    on_it = [
        AuditEntry.subject == idea.reference,
        and_(batches, of_idea.in_((str(idea.id), idea.reference))),
        and_(AuditEntry.subject == f"batch {batch_id}", of_idea.is_(None)),
    ]
    statement = select(AuditEntry, Person).outerjoin(Person, Person.id == AuditEntry.actor).where(or_(*on_it))
    if not who.reads_all:
        own = select(Grant.person_id).where(Grant.scope_id.in_(who.institutions))
        statement = statement.where(AuditEntry.actor.in_(own), AuditEntry.subject == idea.reference)
    return [(entry, person) for entry, person in session.execute(statement.order_by(AuditEntry.id))]


def _steps(idea: Idea) -> Sequence[Step]:
    steps = select(Step).where(Step.idea_id == idea.id).options(joinedload(Step.institution))
    return session.scalars(steps.order_by(Step.id)).all()


def _taken(entries: list[Noted], step: Step) -> Person | None:
    """Who took a public step, by the entry of the journal that says the same, which is taken out."""
    for place, (entry, person) in enumerate(entries):
        if entry.at == step.at and STEPS.get(entry.action) is step.kind:
            del entries[place]
            return person
    return None


def _stepped(step: Step, person: Person | None) -> HistoryRow:
    return HistoryRow(
        step.at,
        step.kind.label,
        who=person.name if person else None,
        body=step.institution.name if step.institution else None,
        fate=_fate(step.outcome),
        by_author=step.kind in BY_AUTHOR,
        is_public=True,
    )


def _noted(entry: AuditEntry, person: Person | None) -> HistoryRow:
    drafted = _fate(entry.details.get("fate"))
    who = person.name if person else None
    return HistoryRow(entry.at, ACTS.get(entry.action, OTHER), who=who, fate=drafted)


def _fate(value: object) -> Fate | None:
    return next((fate for fate in Fate if fate.value == value), None)
