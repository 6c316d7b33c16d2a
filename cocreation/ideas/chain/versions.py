"""The versions of a published fate: what a rewording changed, word by word."""

from __future__ import annotations

from collections.abc import Iterator

from cocreation.core.database import Translated
from cocreation.ideas.models.idea import Idea, Step, StepKind
from cocreation.languages import i18n
from cocreation.reasons.models import Fate
from cocreation.text import differences, markup

VERSIONS = (StepKind.FATE, StepKind.REVISED)
Part = tuple[str, object] | tuple[str, object, str]


def reworded(idea: Idea, step: Step) -> Iterator[Part]:
    """Why a version came, and what it changed in the one before it, as `ChainWords` take them: a kind, a
    value, a language. `step` is one of the idea's.
    """
    before = _before(idea, step)
    if step.why and not _said_by_appeal(idea, step):
        yield "why", step.why
    if before is None or not step.text:
        return
    if before.outcome != step.outcome and before.outcome and step.outcome:
        yield "changed", (Fate(before.outcome).label, Fate(step.outcome).label)
    if before.reason != step.reason and before.reason and step.reason:
        yield "changed", (before.reason.label, step.reason.label)
    elif step.reason:
        yield "reason", step.reason.label
    yield _compared(before.text or Translated(), step.text)


def _before(idea: Idea, step: Step) -> Step | None:
    earlier = [other for other in idea.steps[: idea.steps.index(step)] if other.kind in VERSIONS]
    return earlier[-1] if earlier else None


def _said_by_appeal(idea: Idea, step: Step) -> bool:
    """Whether the answer to an appeal, read just before, gave the same words."""
    return any(other.kind is StepKind.HEARD and other.text == step.why for other in idea.steps)


def _compared(before: Translated, after: Translated) -> Part:
    """Both texts as one, in the reader's language; the new one alone where the old one lacked it."""
    page = i18n.current()
    old, was_in = before.best(page.code, page.falls_back)
    new, code = after.best(page.code, page.falls_back)
    if was_in != code:
        return "paragraph", after
    return "compared", differences.differences(markup.in_order(old, code), markup.in_order(new, code)), code
