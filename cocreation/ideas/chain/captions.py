"""What is said under a link of the chain, as data: templates/ideas/_told.html draws it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cocreation.core.database import Translated
from cocreation.ideas.chain.steps import STEPS
from cocreation.ideas.chain.versions import reworded
from cocreation.ideas.models.idea import Idea, IdeaState, Step, StepKind
from cocreation.languages.i18n import LANGUAGES, format_date, gettext as _, ngettext as _n
from cocreation.reasons.models import Fate


@dataclass(frozen=True)
class ChainWords:
    """One thing said under a link. `kind` names how it is drawn:

    "plain" and "paragraph" (a sentence, or a text in several languages), "author" (words of a person, in
    `language`), "reason" (a short line), "proof" (an address), "scores" (an assessment), "changed" (a pair:
    before and after), "why" (why a text was reworded), "otherwise" (why the secretariat did not follow an
    institution), "compared" (the pieces of two versions, in `language`).
    """

    kind: str
    value: object
    language: str | None = None

    @property
    def direction(self) -> str | None:
        """The direction its language is written in."""
        return LANGUAGES[self.language].direction if self.language else None


def plain(value: str | Translated | None) -> Sequence[ChainWords]:
    """A sentence by itself; nothing where there is none."""
    return (ChainWords("plain", value),) if value else ()


def author_words(text: Translated) -> Sequence[ChainWords]:
    """What an author wrote with a step, in the one language it is in."""
    [(language, words)] = text.items()
    return (ChainWords("author", words, language),)


def step_words(idea: Idea, step: Step, alike: int = 0) -> Sequence[ChainWords]:
    """Why, in words; for a referral not yet answered, until when an answer is asked. `alike` more steps are
    told with this one.
    """
    if step.kind is StepKind.REFERRED:
        return () if step.institution_id in answered(idea) else plain(_due(step))
    if step.kind is StepKind.REVISED:
        return [ChainWords(*part) for part in reworded(idea, step)]
    return [*_otherwise(step), *_parts(idea, step, alike)]


def _otherwise(step: Step) -> Sequence[ChainWords]:
    """Why the secretariat decided a fate otherwise than the institution answered, if it did."""
    return (ChainWords("otherwise", step.why),) if step.why else ()


def answered(idea: Idea) -> set[int | None]:
    """The institutions no answer is awaited from any more: they have answered, or it was taken back."""
    done: set[int | None] = set()
    for step in idea.steps:
        if step.kind is StepKind.REFERRED:
            done.discard(step.institution_id)
        elif step.kind in (StepKind.ANSWERED, StepKind.RECALLED):
            done.add(step.institution_id)
    return done


def _parts(idea: Idea, step: Step, alike: int) -> Iterator[ChainWords]:
    yield from (ChainWords("reason", line) for line in _reasons(idea, step, alike))
    if step.text and not _is_repeated(idea, step) and not (idea.is_silent and STEPS[step.kind].spoken):
        yield ChainWords("paragraph", step.text)
    if step.proof_url:
        yield ChainWords("proof", step.proof_url)
    if step.assessment:
        yield ChainWords("scores", step.assessment)
    if step.kind is StepKind.ASKED and _is_open(idea, step):
        yield ChainWords("paragraph", _due(step))


def _reasons(idea: Idea, step: Step, alike: int) -> Iterator[object]:
    """The short lines: an outcome that is not the fate shown above, how many more, the reason."""
    told = STEPS[step.kind]
    if told.settles and step.outcome and step.outcome != idea.fate:
        yield Fate(step.outcome).label
    if alike:
        yield _n("and %(count)s more idea", "and %(count)s more ideas", alike)
    if told.outcomes and step.outcome:
        yield told.outcomes(step.outcome).label
    if step.reason:
        yield step.reason.label


def _is_repeated(idea: Idea, step: Step) -> bool:
    """Whether a step's words come back with the fate, where they are read once."""
    settled = [other.text for other in idea.steps if STEPS[other.kind].settles]
    return not STEPS[step.kind].settles and (step.text == idea.reason_text or step.text in settled)


def _is_open(idea: Idea, asked: Step) -> bool:
    """Whether the question of this step still waits for its answer."""
    last = next(step for step in reversed(idea.steps) if step.kind is StepKind.ASKED)
    return idea.state is IdeaState.ASKED and asked is last


def _due(step: Step) -> str | None:
    return _("An answer is asked by %(day)s.", day=format_date(step.due_on)) if step.due_on else None
