"""The chain of an idea: from the sentence somebody said to what became of it, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for
from markupsafe import Markup

from cocreation.core.i18n import format_date, gettext as _
from cocreation.cycles.models import Phase
from cocreation.ideas.models import AuthorKind, Fate, Idea, IdeaState, Origin, Step, StepKind
from cocreation.ideas.versions import reworded
from cocreation.web.rendering import translated, translated_text


@dataclass(frozen=True)
class Link:
    """A link as components/chain.html shows it; `is_done` False is one still to come."""

    label: str
    at: datetime | date | None = None
    body: Any = None
    text: Any = None
    language: str | None = None
    href: str | None = None
    reference: str | None = None
    fate: Fate | None = None
    is_done: bool = True


def chain_of(idea: Idea) -> list[Link]:
    """Every link of an idea loaded with its whole chain (queries.get_idea), in the order of time."""
    last_fate = next((step for step in reversed(idea.steps) if step.kind in SETTLING), None)
    done = [_happened(idea, step, settles=step is last_fate) for step in idea.steps]
    return [_said(idea), *done, *_went_into(idea), *_ahead(idea)]


SETTLING = (StepKind.FATE, StepKind.REVISED, StepKind.WITHDRAWN)


def who(idea: Idea) -> str | None:
    """Who sent an idea, as far as its author lets it be known."""
    author = idea.author
    if author is None:
        return None
    if author.is_named and author.name:
        return author.name
    return _("an association") if author.kind is AuthorKind.ASSOCIATION else _("a citizen")


def _said(idea: Idea) -> Link:
    line = idea.source_line
    if line is None:
        labels = {
            Origin.ONLINE: _("Sent online"),
            Origin.PAPER: _("Handed in on paper"),
            Origin.EMAIL: _("Sent by e-mail"),
            Origin.WORKSHOP: _("Said in a workshop"),
        }
        return Link(labels[idea.origin], at=idea.submitted_at, body=who(idea))
    meeting = line.workshop.meeting
    return Link(
        _("Said in a workshop"),
        at=meeting.starts_at,
        text=_("Workshop: %(theme)s", theme=translated_text(line.workshop.theme)),
        body=meeting.title,
        reference=line.reference,
        href=url_for("portal.line", line_reference=line.reference),
    )


def _happened(idea: Idea, step: Step, *, settles: bool) -> Link:
    institution = step.institution.name if step.institution else None
    body = institution or (None if step.kind is StepKind.WITHDRAWN else _("The secretariat"))
    fate = Fate(step.outcome) if step.kind in SETTLING and step.outcome else None
    return Link(
        _label(step), at=step.at, body=body, text=_words(idea, step, fate), fate=fate if settles else None
    )


def _label(step: Step) -> str:
    if step.kind is StepKind.SCREENED:
        accepted = step.outcome == IdeaState.ACCEPTED
        return _("Accepted at screening") if accepted else _("Not accepted at screening")
    return {
        StepKind.RECEIVED: _("Received"),
        StepKind.REFERRED: _("Sent to the institution concerned"),
        StepKind.ANSWERED: _("Answered by the institution"),
        StepKind.FATE: _("Its fate was published"),
        StepKind.REVISED: _("What was published was reworded"),
        StepKind.WITHDRAWN: _("Withdrawn by its author"),
    }.get(step.kind) or str(step.kind.label).capitalize()


def _words(idea: Idea, step: Step, fate: Fate | None) -> Markup | str | None:
    """Why, in words; for a referral not yet answered, until when an answer is asked."""
    if step.kind is StepKind.REFERRED:
        return None if step.institution_id in _answered(idea) else _due(step)
    if step.kind is StepKind.REVISED:
        return reworded(idea, step)
    parts = []
    if fate and fate is not idea.fate:
        parts.append(Markup('<p class="reason">{}</p>').format(fate.label))
    if step.kind is StepKind.ANSWERED and step.outcome:
        parts.append(Markup('<p class="reason">{}</p>').format(Fate(step.outcome).label))
    if step.reason:
        parts.append(Markup('<p class="reason">{}</p>').format(step.reason.label))
    if step.text and not _said_again(idea, step):
        parts.append(Markup("<p>{}</p>").format(translated(step.text)))
    return Markup("").join(parts) or None


def _said_again(idea: Idea, step: Step) -> bool:
    """Whether a step's words come back with the fate, where they are read once."""
    settled = [each.text for each in idea.steps if each.kind in SETTLING]
    return step.kind not in SETTLING and (step.text == idea.reason_text or step.text in settled)


def _answered(idea: Idea) -> set[int | None]:
    return {step.institution_id for step in idea.steps if step.kind is StepKind.ANSWERED}


def _due(step: Step) -> str | None:
    return _("An answer is asked by %(day)s.", day=format_date(step.due_on)) if step.due_on else None


def _went_into(idea: Idea) -> list[Link]:
    commitment = idea.commitment
    if commitment is None or idea.fate is None or commitment.published_at is None:
        return []
    return [
        Link(
            _("It went into a commitment of the plan"),
            at=idea.fate_at,
            text=translated(commitment.title),
            reference=commitment.reference,
            href=url_for("portal.commitment", reference=commitment.reference),
        )
    ]


def _ahead(idea: Idea) -> Iterator[Link]:
    """What comes next, with the days the calendar of the cycle has for it."""
    if idea.is_settled:
        return
    if idea.state in (IdeaState.UNCONFIRMED, IdeaState.RECEIVED):
        question = _("Is it clear, precise and directly linked to openness?")
        yield _still(idea, _("Screening"), Phase.SCREENING, question)
    if idea.state in (IdeaState.UNCONFIRMED, IdeaState.RECEIVED, IdeaState.ACCEPTED):
        yield _still(idea, _("Study by the institution concerned"), Phase.STUDY)
    if idea.state is IdeaState.REFERRED:
        for step in idea.steps:
            if step.kind is StepKind.REFERRED and step.institution_id not in _answered(idea):
                yield Link(
                    _("Answer of the institution"),
                    body=step.institution.name if step.institution else None,
                    is_done=False,
                )
    yield _still(idea, _("Publication of its fate, with the reasons"), Phase.FATES)


def _still(idea: Idea, label: str, phase: Phase, question: str | None = None) -> Link:
    period = idea.cycle.period(phase)
    planned = (
        _(
            "Planned from %(start)s to %(end)s.",
            start=format_date(period.opens_on),
            end=format_date(period.closes_on),
        )
        if period
        else None
    )
    return Link(label, text=question, body=planned, is_done=False)
