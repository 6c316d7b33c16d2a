"""The chain of an idea: from the sentence somebody said to what became of it, and what is still to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from flask import url_for
from markupsafe import Markup

from cocreation.core.database import Translated
from cocreation.core.i18n import format_date, format_percent, gettext as _, ngettext as _n
from cocreation.core.text.markup import isolate
from cocreation.cycles.models import Phase
from cocreation.ideas.models.dialogue import Hearing
from cocreation.ideas.models.idea import AuthorKind, Fate, Idea, IdeaState, Origin, Step, StepKind
from cocreation.ideas.models.lineage import Kinship
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
    done = [
        _happened(idea, step, settles=step is last_fate, alike=alike) for step, alike in _together(idea.steps)
    ]
    return [_said(idea), *done, *_went_into(idea), *_ahead(idea)]


SETTLING = (StepKind.FATE, StepKind.REVISED, StepKind.WITHDRAWN)
# Steps that only an author takes, or fails to take; what is written with them is in the author's own words.
OF_THE_AUTHOR = (
    StepKind.EDITED,
    StepKind.REPLIED,
    StepKind.LAPSED,
    StepKind.APPEALED,
    StepKind.WITHDRAWN,
)
# Steps whose words are the author's or may repeat them: not shown of a silent idea.
SPOKEN = (StepKind.ASKED, StepKind.REPLIED, StepKind.APPEALED, StepKind.HEARD)


def _together(steps: Sequence[Step]) -> Iterator[tuple[Step, int]]:
    """The steps, those of one act of lineage as one: the first of them, and how many more there are."""

    def act(step: Step) -> Any:
        return (step.at, step.kind, step.outcome) if step.kind in LINEAGE else step.id

    for _act, group in groupby(steps, key=act):
        first, *others = group
        yield first, len(others)


LINEAGE = (StepKind.JOINED, StepKind.PARTED)


def has_relatives(idea: Idea) -> bool:
    """Whether it is or was linked with another idea; most are not, and need not be asked for their family."""
    return any(step.kind in LINEAGE for step in idea.steps)


def who(idea: Idea) -> str | None:
    """Who sent an idea, as far as its author lets it be known."""
    author = idea.author
    if author is None:
        return None
    if association := author.speaks_for:
        return _("on behalf of %(association)s, confirmed by it", association=association.name)
    if author.association_id and not author.disowned_at:
        return _("an association")  # not by its name, before it has said yes
    if author.is_named and author.name and not idea.is_silent:
        return author.name
    return _("an association") if author.kind is AuthorKind.ASSOCIATION else _("a citizen")


def why_hidden(idea: Idea) -> Translated | None:
    """Why moderation hides the words of an idea; None when it does not."""
    if not idea.hidden_at or idea.is_withdrawn or idea.erased_at:
        return None
    hidden = [step for step in idea.steps if step.kind is StepKind.HIDDEN and step.outcome is None]
    return hidden[-1].text if hidden else None


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


def _happened(idea: Idea, step: Step, *, settles: bool, alike: int = 0) -> Link:
    institution = step.institution.name if step.institution else None
    body = institution or (None if step.kind in OF_THE_AUTHOR else _office(step))
    fate = Fate(step.outcome) if step.kind in SETTLING and step.outcome else None
    if step.kind in OF_THE_AUTHOR and step.text and not idea.is_silent and not fate:
        [(language, words)] = step.text.items()
        return Link(_label(step), at=step.at, text=words, language=language)
    other = step.related.reference if step.related else None
    return Link(
        _label(step),
        at=step.at,
        body=body,
        text=_words(idea, step, fate, alike),
        fate=fate if settles else None,
        reference=other,
        href=url_for("portal.idea", reference=other) if other else None,
    )


def _office(step: Step) -> str:
    """Who acted where no institution did. Who answers an appeal may be of the committee."""
    return _("Somebody else than who decided") if step.kind is StepKind.HEARD else _("The secretariat")


def _label(step: Step) -> str:
    if step.kind is StepKind.SCREENED:
        accepted = step.outcome == IdeaState.ACCEPTED
        return _("Accepted at screening") if accepted else _("Not accepted at screening")
    if step.kind in LINEAGE and step.outcome:
        return _linked(Kinship(step.outcome), stands=step.kind is StepKind.JOINED)
    if step.kind is StepKind.HIDDEN and step.outcome:
        return _("Still hidden, after its author contested it")
    return {
        StepKind.RECEIVED: _("Received"),
        StepKind.EDITED: _("Reworded by its author"),
        StepKind.ASKED: _("A question was put to its author"),
        StepKind.REPLIED: _("Its author answered"),
        StepKind.LAPSED: _("No answer came in time"),
        StepKind.APPEALED: _("Its author contested the fate"),
        StepKind.HEARD: _("The appeal was answered"),
        StepKind.REFERRED: _("Sent to the institution concerned"),
        StepKind.ANSWERED: _("Answered by the institution"),
        StepKind.FATE: _("Its fate was published"),
        StepKind.REVISED: _("What was published was reworded"),
        StepKind.WITHDRAWN: _("Withdrawn by its author"),
    }.get(step.kind) or str(step.kind.label).capitalize()


def _linked(kinship: Kinship, *, stands: bool) -> str:
    """How a link reads before the reference of the other idea."""
    if not stands:
        return _("No longer linked with")
    return {
        Kinship.MERGED_INTO: _("Merged into"),
        Kinship.MERGED_FROM: _("Another idea was merged into it:"),
        Kinship.SPLIT_INTO: _("A part of it became"),
        Kinship.SPLIT_FROM: _("It is a part of"),
        Kinship.RESTATED_AS: _("Restated as"),
        Kinship.RESTATES: _("It restates"),
        Kinship.CARRIED_OVER: _("Carried over to a later cycle as"),
        Kinship.CARRIED_FROM: _("Carried over from an earlier cycle:"),
    }[kinship]


def _words(idea: Idea, step: Step, fate: Fate | None, alike: int = 0) -> Markup | str | None:
    """Why, in words; for a referral not yet answered, until when an answer is asked."""
    if step.kind is StepKind.REFERRED:
        return None if step.institution_id in _answered(idea) else _due(step)
    if step.kind is StepKind.REVISED:
        return reworded(idea, step)
    parts = []
    if fate and fate is not idea.fate:
        parts.append(Markup('<p class="reason">{}</p>').format(fate.label))
    if alike:
        more = _n("and %(count)s more idea", "and %(count)s more ideas", alike)
        parts.append(Markup('<p class="reason">{}</p>').format(more))
    if step.kind is StepKind.ANSWERED and step.outcome:
        parts.append(Markup('<p class="reason">{}</p>').format(Fate(step.outcome).label))
    if step.kind is StepKind.HEARD and step.outcome:
        parts.append(Markup('<p class="reason">{}</p>').format(Hearing(step.outcome).label))
    if step.reason:
        parts.append(Markup('<p class="reason">{}</p>').format(step.reason.label))
    if step.text and not _said_again(idea, step) and not (idea.is_silent and step.kind in SPOKEN):
        parts.append(Markup("<p>{}</p>").format(translated(step.text)))
    if step.proof_url:
        parts.append(_proof(step.proof_url))
    if step.assessment:
        parts.append(_scores(step.assessment))
    if step.kind is StepKind.ASKED and _is_open(idea, step):
        parts.append(Markup("<p>{}</p>").format(_due(step)))
    return Markup("").join(parts) or None


def _proof(address: str) -> Markup:
    link = Markup('<a href="{}" rel="nofollow noopener">{}</a>').format(address, isolate(address))
    return Markup("<p>{} {}</p>").format(_("It can be seen here:"), link)


def _scores(assessment: dict[str, Any]) -> Markup:
    """What the institution found against the published criteria, each from 0 to 3."""
    said = _("Against the criteria, by their weights: %(share)s", share=format_percent(assessment["share"]))
    rows = Markup("").join(
        Markup("<li>{} <strong>{}/3</strong>{}</li>").format(
            translated(each["name"]), each["score"], _note(each["note"])
        )
        for each in assessment["criteria"]
    )
    return Markup("<details><summary>{}</summary><ul>{}</ul></details>").format(said, rows)


def _note(note: str | None) -> Markup:
    return Markup(' · <span dir="auto">{}</span>').format(note) if note else Markup("")


def _said_again(idea: Idea, step: Step) -> bool:
    """Whether a step's words come back with the fate, where they are read once."""
    settled = [each.text for each in idea.steps if each.kind in SETTLING]
    return step.kind not in SETTLING and (step.text == idea.reason_text or step.text in settled)


def _is_open(idea: Idea, asked: Step) -> bool:
    """Whether the question of this step still waits for its answer."""
    last = next(step for step in reversed(idea.steps) if step.kind is StepKind.ASKED)
    return idea.state is IdeaState.ASKED and asked is last


def _appeal_waits(idea: Idea) -> bool:
    kinds = {step.kind for step in idea.steps}
    return StepKind.APPEALED in kinds and StepKind.HEARD not in kinds


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
            at=_included_at(idea),
            text=translated(commitment.title),
            reference=commitment.reference,
            href=url_for("portal.commitment", reference=commitment.reference),
        )
    ]


def _included_at(idea: Idea) -> datetime | None:
    """When it was first told that the plan includes it: with its fate, or after an appeal."""
    told = ((step.at, Fate(step.outcome)) for step in idea.steps if step.kind in SETTLING and step.outcome)
    return next((at for at, fate in told if fate.needs_commitment), idea.fate_at)


def _ahead(idea: Idea) -> Iterator[Link]:
    """What comes next, with the days the calendar of the cycle has for it."""
    if _appeal_waits(idea):
        yield Link(_("Answer to the appeal, by somebody else than who decided"), is_done=False)
    if idea.is_settled:
        return
    if idea.state in (IdeaState.UNCONFIRMED, IdeaState.RECEIVED, IdeaState.ASKED):
        question = _("Is it clear, precise and directly linked to openness?")
        yield _still(idea, _("Screening"), Phase.SCREENING, question)
    if idea.state in (IdeaState.UNCONFIRMED, IdeaState.RECEIVED, IdeaState.ASKED, IdeaState.ACCEPTED):
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
