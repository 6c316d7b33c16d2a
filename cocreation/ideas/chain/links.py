"""The chain of an idea: from the sentence somebody said to what became of it, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask import url_for

from cocreation.core.database import Translated
from cocreation.cycles.models import Phase
from cocreation.ideas.chain.captions import ChainWords, answered, author_words, plain, step_words
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.models.idea import AuthorKind, Idea, IdeaState, Origin, Step, StepKind
from cocreation.languages.i18n import format_date, gettext as _, lazy_gettext as _l
from cocreation.reasons.models import Fate
from cocreation.web.rendering import translated_text

# Who sent an idea, and how it came.
A_CITIZEN, AN_ASSOCIATION = _l("a citizen"), _l("an association")
VOUCHED = _l("on behalf of %(association)s, confirmed by it")
CAME = {
    Origin.ONLINE: _l("Sent online"),
    Origin.PAPER: _l("Handed in on paper"),
    Origin.EMAIL: _l("Sent by e-mail"),
    Origin.WORKSHOP: _l("Said in a workshop"),
}


@dataclass(frozen=True)
class ChainLink:
    """A link as ideas/_chain.html shows it; `is_done` False is one still to come."""

    label: str
    at: datetime | date | None = None
    body: Translated | str | None = None
    words: Sequence[ChainWords] = ()
    href: str | None = None
    reference: str | None = None
    fate: Fate | None = None
    is_done: bool = True


def chain_of(idea: Idea) -> list[ChainLink]:
    """Every link of an idea loaded with its whole chain (queries.get_idea), in the order of time."""
    last_fate = next((step for step in reversed(idea.steps) if STEPS[step.kind].settles), None)
    done = [
        _happened(idea, step, settles=step is last_fate, alike=alike) for step, alike in _together(idea.steps)
    ]
    return [_said(idea), *done, *_went_into(idea), *_ahead(idea)]


def _together(steps: Sequence[Step]) -> Iterator[tuple[Step, int]]:
    """The steps, those of one act that are told together as one: the first of them, and how many more."""

    def act(step: Step) -> object:
        return (step.at, step.kind, step.outcome) if STEPS[step.kind].together else step.id

    for _act, group in groupby(steps, key=act):
        first, *others = group
        yield first, len(others)


def has_relatives(idea: Idea) -> bool:
    """Whether it is or was linked with another idea; most are not, and need not be asked for their family."""
    return any(STEPS[step.kind].together for step in idea.steps)


def who(idea: Idea) -> str | None:
    """Who sent an idea, as far as its author lets it be known."""
    author = idea.author
    if author is None:
        return None
    if association := author.speaks_for:
        return str(VOUCHED.filled(association=association.name))
    if author.association_id and not author.disowned_at:
        return str(AN_ASSOCIATION)  # not by its name, before it has said yes
    if author.is_named and author.name and not idea.is_silent:
        return author.name
    return str(AN_ASSOCIATION if author.kind is AuthorKind.ASSOCIATION else A_CITIZEN)


def why_hidden(idea: Idea) -> Translated | None:
    """Why moderation hides the words of an idea; None when it does not."""
    if not idea.hidden_at or idea.is_withdrawn or idea.erased_at:
        return None
    hidden = [step for step in idea.steps if step.kind is StepKind.HIDDEN and step.outcome is None]
    return hidden[-1].text if hidden else None


def _said(idea: Idea) -> ChainLink:
    line = idea.source_line
    if line is None:
        return ChainLink(str(CAME[idea.origin]), at=idea.submitted_at, body=who(idea))
    meeting = line.workshop.meeting
    return ChainLink(
        str(CAME[Origin.WORKSHOP]),
        at=meeting.starts_at,
        words=plain(_("Workshop: %(theme)s", theme=translated_text(line.workshop.theme))),
        body=meeting.title,
        reference=line.reference,
        href=url_for("portal.line", line_reference=line.reference),
    )


def _happened(idea: Idea, step: Step, *, settles: bool, alike: int = 0) -> ChainLink:
    told = STEPS[step.kind]
    fate = Fate(step.outcome) if told.settles and step.outcome else None
    other = step.related.reference if step.related else None
    body = step.institution.name if step.institution else told.who and str(told.who)
    if not told.who and step.text and not idea.is_silent and not fate:
        return ChainLink(told.label(step), at=step.at, words=author_words(step.text))
    return ChainLink(
        told.label(step),
        at=step.at,
        body=body,
        words=step_words(idea, step, alike),
        fate=fate if settles else None,
        reference=other,
        href=url_for("portal.idea", reference=other) if other else None,
    )


def _appeal_waits(idea: Idea) -> bool:
    kinds = {step.kind for step in idea.steps}
    return StepKind.APPEALED in kinds and StepKind.HEARD not in kinds


def _went_into(idea: Idea) -> list[ChainLink]:
    commitment = idea.commitment
    if commitment is None or idea.fate is None or commitment.published_at is None:
        return []
    return [
        ChainLink(
            _("It went into a commitment of the plan"),
            at=_included_at(idea),
            words=plain(commitment.title),
            reference=commitment.reference,
            href=url_for("portal.commitment", reference=commitment.reference),
        )
    ]


def _included_at(idea: Idea) -> datetime | None:
    """When it was first told that the plan includes it: with its fate, or after an appeal."""
    told = ((step.at, Fate(step.outcome)) for step in idea.steps if STEPS[step.kind].settles and step.outcome)
    return next((at for at, fate in told if fate.needs_commitment), idea.fate_at)


def _ahead(idea: Idea) -> Iterator[ChainLink]:
    """What comes next, with the days the calendar of the cycle has for it."""
    if _appeal_waits(idea):
        yield ChainLink(
            _("Answer to the appeal, by someone other than the person who decided"), is_done=False
        )
    if idea.is_settled:
        return
    if idea.state in (IdeaState.UNCONFIRMED, IdeaState.RECEIVED, IdeaState.ASKED):
        question = _("Is it clear, precise and directly linked to openness?")
        yield _still(idea, _("Screening"), Phase.SCREENING, question)
    if idea.state in (IdeaState.UNCONFIRMED, IdeaState.RECEIVED, IdeaState.ASKED, IdeaState.ACCEPTED):
        yield _still(idea, _("Study by the institution concerned"), Phase.STUDY)
    if idea.state is IdeaState.REFERRED:
        for step in idea.steps:
            if step.kind is StepKind.REFERRED and step.institution_id not in answered(idea):
                yield ChainLink(
                    _("Answer of the institution"),
                    body=step.institution.name if step.institution else None,
                    is_done=False,
                )
    yield _still(idea, _("Publication of its fate, with the reasons"), Phase.FATES)


def _still(idea: Idea, label: str, phase: Phase, question: str | None = None) -> ChainLink:
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
    return ChainLink(label, words=plain(question), body=planned, is_done=False)
