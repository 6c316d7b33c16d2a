"""The secretariat's pages: why each word was changed, and the gate of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.adoption import pages, queries, services
from cocreation.adoption.forms import AdoptionForm, CauseForm
from cocreation.adoption.gate import TextGate
from cocreation.adoption.pages import ShownChange
from cocreation.comment_answers.models import CommentAnswer
from cocreation.core import clock
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import all_cycles, current_cycle, get_cycle
from cocreation.documents import comparison
from cocreation.documents.models import Document
from cocreation.documents.queries import changes_since_consulted, texts_at
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def index() -> ResponseReturnValue:
    """The gate: the texts of a plan, and what hinders each."""
    if not (cycle := _asked_cycle()):
        return redirect(url_for("manage_cycles.index"))
    return render(
        "adoption/manage_index.html",
        cycle=cycle,
        cycles=all_cycles(),
        gates=queries.gate(cycle, clock.now()),
        adopted=queries.adoptions(cycle),
        heading=comparison.heading,
    )


@access(secretariat)
def adopt(cycle: str) -> ResponseReturnValue:
    """The texts that are adopted, asked about first; refused, naming them, while something hinders."""
    plan = get_cycle(cycle)
    gates = queries.gate(plan, clock.now())
    form = AdoptionForm(gates)
    if form.submitted() and not confirmation.was_declined():
        chosen = form.chosen(gates)
        if not any(text.hindrances for text in chosen) and confirmation.is_to_ask(len(chosen)):
            return _ask_to_adopt(chosen, gates)
        ids = [text.commitment.id for text in chosen]
        if form.carries_out(services.adopt, plan.id, ids, form.message.data, **act()):
            flash(_("It is adopted, and stands in the register."))
            return redirect(url_for("adoption.adopted", cycle=cycle))
    return render("adoption/manage_adopt.html", cycle=plan, gates=gates, form=form)


def _ask_to_adopt(chosen: Sequence[TextGate], gates: Sequence[TextGate]) -> ResponseReturnValue:
    many, left_out = len(chosen), len(gates) - len(chosen)
    question = _n("Adopt %(count)s text, for good?", "Adopt these %(count)s texts, for good?", many)
    explained = _n(
        "%(count)s text of this plan is left as it is.",
        "%(count)s texts of this plan are left as they are.",
        left_out,
    )
    references = [text.commitment.reference for text in chosen]
    return confirmation.ask(
        question, _("Yes, adopt"), many, references, explained=explained if left_out else ""
    )


def _asked_cycle() -> Cycle | None:
    """The cycle named in the address, else the one that is running, else the latest; or none."""
    if code := request.args.get("cycle"):
        return get_cycle(code)
    return current_cycle(clock.today()) or next(iter(all_cycles()), None)


@access(secretariat)
def causes(reference: str, number: int | None = None) -> ResponseReturnValue:
    """What was changed since the consultation, or in one save (`number`), and why: named for the ticked."""
    document = queries.get_consulted(reference)
    shown, answers = _what_changed(document, number)
    form = CauseForm(shown, answers, queries.sittings(document.cycle_id, clock.now()))
    if form.submitted() and (
        count := form.attempt(services.name_causes, document.id, form.ids(), form.named(), **act())
    ):
        flash(_n("%(count)s change has its cause now.", "%(count)s changes have their cause now.", count))
        return redirect(url_for(".causes", reference=reference, number=number))
    if form.refusal:  # what was locked is read afresh
        shown, answers = _what_changed(document, number)
    return render(
        "adoption/manage_causes.html",
        document=document,
        number=number,
        shown=shown,
        form=form,
        heading=comparison.heading,
    )


def _what_changed(document: Document, number: int | None) -> tuple[list[ShownChange], list[CommentAnswer]]:
    """What was changed, between its words and with its answers; and the answers that can be its cause."""
    changes = [c for c in changes_since_consulted(document) if number in (None, c.version.number)]
    before = texts_at({document.id: {change.version.number - 1 for change in changes}})
    stood = {version: sections for (_document, version), sections in before.items()}
    answers = queries.answers_to([change.id for change in changes])
    nearest = pages.nearest_first(queries.answers_of(document), changes)
    return pages.shown_changes(document, changes, stood, answers), nearest
