"""The versions of a published fate: what a rewording changed, word by word."""

from __future__ import annotations

from markupsafe import Markup, escape

from cocreation.core import i18n
from cocreation.core.database import Translated
from cocreation.core.i18n import LANGUAGES, gettext as _
from cocreation.core.text import differences, markup
from cocreation.ideas.models.idea import Fate, Idea, Step, StepKind
from cocreation.web.rendering import translated

VERSIONS = (StepKind.FATE, StepKind.REVISED)


def reworded(idea: Idea, step: Step) -> Markup:
    """Why a version came, and what it changed in the one before it. `step` is one of the idea's."""
    before = _before(idea, step)
    parts = []
    if step.why and not _said_by_appeal(idea, step):
        why = Markup("<p>{} {}</p>").format(_("Why they were reworded:"), translated(step.why))
        parts.append(why)
    if before is None or not step.text:
        return Markup("").join(parts)
    if before.outcome != step.outcome and before.outcome and step.outcome:
        parts.append(_paragraph(_changed(Fate(before.outcome).label, Fate(step.outcome).label)))
    if before.reason != step.reason and before.reason and step.reason:
        parts.append(_paragraph(_changed(before.reason.label, step.reason.label)))
    elif step.reason:
        parts.append(_paragraph(escape(step.reason.label)))
    parts.append(_compared(before.text or Translated(), step.text))
    return Markup("").join(parts)


def _before(idea: Idea, step: Step) -> Step | None:
    earlier = [each for each in idea.steps[: idea.steps.index(step)] if each.kind in VERSIONS]
    return earlier[-1] if earlier else None


def _said_by_appeal(idea: Idea, step: Step) -> bool:
    """Whether the answer to an appeal, read just before, gave the same words."""
    return any(each.kind is StepKind.HEARD and each.text == step.why for each in idea.steps)


def _compared(before: Translated, after: Translated) -> Markup:
    """Both texts as one, in the reader's language; the new one alone where the old one lacked it."""
    here = i18n.current()
    old, was_in = before.best(here.code, here.falls_back)
    new, code = after.best(here.code, here.falls_back)
    if was_in != code:
        return Markup("<p>{}</p>").format(translated(after))
    pieces = differences.differences(markup.in_order(old, code), markup.in_order(new, code))
    marked = Markup("").join(_MARKS[kind]().format(words) for kind, words in pieces)
    marked = marked.replace("</del><ins>", Markup("</del> <ins>"))  # else two words are read as one
    direction = LANGUAGES[code].direction
    return Markup('<p class="versions" lang="{}" dir="{}">{}</p>').format(code, direction, marked)


def _changed(before: object, after: object) -> Markup:
    return _removed().format(before) + " " + _added().format(after)


def _paragraph(words: Markup) -> Markup:
    return Markup('<p class="reason">{}</p>').format(words)


def _removed() -> Markup:
    return Markup('<del><span class="visually-hidden">{} </span>').format(_("removed:")) + Markup("{}</del>")


def _added() -> Markup:
    return Markup('<ins><span class="visually-hidden">{} </span>').format(_("added:")) + Markup("{}</ins>")


_MARKS = {"kept": lambda: Markup("{}"), "removed": _removed, "added": _added}
