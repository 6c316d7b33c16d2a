"""Where the secretariat links an idea with others: merges, splits, restates, carries over, and undoes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.ideas.models.idea import Idea
from cocreation.ideas.queries.family import family
from cocreation.ideas.queries.similar import similar_to
from cocreation.languages.i18n import Lazy, gettext as _, lazy_gettext as _l
from cocreation.merges.forms import LinkReasonForm, OtherForm, OthersForm, PartsForm
from cocreation.merges.queries import idea_to_link, link_of
from cocreation.merges.services import merges, splits, undo
from cocreation.merges.services.links import ON_ITS_WAY
from cocreation.reasons.models import Fate
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.forms import Form
from cocreation.web.rendering import render

MOST_SIMILAR, MOST_LINKS = 8, 60


@dataclass(frozen=True)
class LinkWay:
    """One way of linking: what it is called and means, when it can be done, its form and its service."""

    name: Lazy
    meaning: Lazy
    is_open: Callable[[Idea], bool]
    form: type[Form]
    does: Callable[..., object]


def _on_its_way(idea: Idea) -> bool:
    return idea.state in ON_ITS_WAY


WAYS = {
    "merge": LinkWay(
        _l("Merge it into another idea"),
        _l(
            "Both say the same. It keeps its number and its page, nobody studies it any more, and its fate is"
            " published with the fate of the other one. Its supporters and followers come along."
        ),
        _on_its_way,
        OtherForm,
        lambda ref, form, **by: merges.merge([ref], form.reference, form.reason.data, **by),
    ),
    "gather": LinkWay(
        _l("Merge other ideas into it"),
        _l("They say the same as this one. All of them are merged, or none."),
        _on_its_way,
        OthersForm,
        lambda ref, form, **by: merges.merge(form.references, ref, form.reason.data, **by),
    ),
    "split": LinkWay(
        _l("Split it into parts"),
        _l(
            "It says several things. Each part becomes an idea with a number of its own, and its author"
            " receives a receipt for each. Write the parts in the author's words: two at least, five at most."
        ),
        lambda idea: _on_its_way(idea) and not idea.is_silent,
        PartsForm,
        lambda ref, form, **by: splits.split(ref, form.texts, form.reason.data, **by),
    ),
    "restate": LinkWay(
        _l("Say that it restates another idea"),
        _l("Both stay as they are; the later one is shown as restating the earlier, also across cycles."),
        lambda idea: True,
        OtherForm,
        lambda ref, form, **by: merges.restate(ref, form.reference, form.reason.data, **by),
    ),
    "carry": LinkWay(
        _l("Carry it over to the next cycle"),
        _l("It was deferred. It is received again in the next cycle, in its author's words; its fate stays."),
        lambda idea: idea.fate is Fate.DEFERRED and not idea.is_silent,
        LinkReasonForm,
        lambda ref, form, **by: splits.carry_over(ref, form.reason.data, **by),
    ),
}


@access(secretariat)
def lineage(reference: str) -> ResponseReturnValue:
    """The family of an idea, ideas that look like it, and what can be done."""
    idea = idea_to_link(reference)
    ways = {key: way for key, way in WAYS.items() if way.is_open(idea)}
    return render(
        "merges/lineage.html",
        idea=idea,
        ways=ways,
        family=family(idea, most=MOST_LINKS),
        similar=_similar(idea),
    )


@access(secretariat)
def link(reference: str, way: str) -> ResponseReturnValue:
    idea, linking = idea_to_link(reference), WAYS[way]
    form = linking.form(other=request.args.get("other"))
    if form.submitted() and form.carries_out(linking.does, idea.reference, form, **act()):
        flash(_("The link is written. Authors and supporters whose address is known are told by mail."))
        return redirect(url_for(".lineage", reference=idea.reference))
    if form.refusal:
        idea = idea_to_link(reference)  # as whoever was first left it
    return render("merges/link.html", form=form, idea=idea, linking=linking, similar=_similar(idea))


@access(secretariat)
def unlink(reference: str, link_id: int) -> ResponseReturnValue:
    idea = idea_to_link(reference)
    row, form = link_of(idea, link_id), LinkReasonForm()
    if form.submitted() and form.carries_out(undo.undo, row.id, form.reason.data, **act()):
        flash(_("The link is undone. Authors and supporters whose address is known are told by mail."))
        return redirect(url_for(".lineage", reference=idea.reference))
    if form.refusal:
        row = link_of(idea, link_id)
    return render("merges/unlink.html", form=form, idea=idea, link=row)


def _similar(idea: Idea) -> list[Idea]:
    """Ideas that say much the same, as far as this one's words may be read."""
    if idea.is_silent:
        return []
    words = " ".join(filter(None, (idea.proposal, idea.problem, idea.expected_result)))
    return similar_to(words, excluding=idea.id, limit=MOST_SIMILAR)
