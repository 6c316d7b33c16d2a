"""The screening room of the secretariat: its piles, one idea, questions to authors, templates of reasons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.cycles.models import Phase
from cocreation.desks.queries.lists import DeskOrder
from cocreation.ideas.forms.choices import row_id, ticked
from cocreation.ideas.models.idea import Idea, Origin
from cocreation.ideas.queries.dialogue import days_waiting
from cocreation.ideas.queries.rows import references_of
from cocreation.ideas.queries.similar import similar_to
from cocreation.languages.i18n import format_date, gettext as _, lazy_gettext as _l, ngettext as _n
from cocreation.screening import services
from cocreation.screening.forms import (
    OUTCOMES,
    AuthorQuestionForm,
    ReasonTemplateForm,
    ReopenForm,
    ScreeningForm,
    TickedForm,
)
from cocreation.screening.models import ReasonTemplate
from cocreation.screening.pages import DECIDED, ScreeningPage
from cocreation.screening.policy import ALL_HOLD, Verdict
from cocreation.screening.queries import figures, queue
from cocreation.screening.queries.queue import Examined, Pile, PileFilter
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.rendering import render
from cocreation.web.whereabouts import kept, one_of

# Where in a pile somebody is.
PLACE = ("pile", "theme", "origin", "outcome", "order")
# What is told to a reader whose reading is saved.
SAVED = {
    Verdict.ACCEPTED: _l("Your reading is saved: the idea is accepted."),
    Verdict.NOT_ACCEPTED: _l("Your reading is saved: the idea is not accepted."),
    Verdict.OPEN: _l("Your reading is saved. Another reader decides."),
}


@access(secretariat)
def screening() -> ResponseReturnValue:
    """A pile; what is ticked in it is accepted, or not accepted for one reason."""
    templates = queue.reason_templates()
    form, refuses = TickedForm(_chosen(templates)), request.form.get("act") == "refuse"
    if (form.validate_refusal() if refuses else form.submitted()) and not confirmation.was_declined():
        chosen = references_of(form.ids)
        if confirmation.is_to_ask(len(chosen)):
            return _ask_first(chosen, refuses=refuses)
        found = form.examination() if refuses else ALL_HOLD
        verdicts = form.attempt(services.screen_all, form.ids, found, on=form.screened_on.data, **act())
        if verdicts:
            _tell(verdicts)
            return redirect(url_for(".screening", **kept(*PLACE)))
    narrowed = _narrowed()
    ideas = queue.screening_queue(narrowed, request.args.get("cursor"))
    return render(
        "screening/screening.html",
        form=form,
        ideas=ideas,
        readings=queue.readings_of(ideas) if narrowed.pile is Pile.SECOND else {},
        questions=queue.open_questions(ideas) if narrowed.pile is Pile.ASKED else {},
        counts=queue.screening_counts(),
        pile=narrowed.pile,
        piles=Pile,
        tally=queue.pile_tally(narrowed),
        narrowing=kept(*PLACE),
        closed=queue.closed_to(ideas, clock.now()),
        phase=Phase.SCREENING,
        today=clock.today(),
        ticked=ticked(form),
        templates=templates,
        refuses=refuses,
    )


@access(secretariat)
def screen(reference: str) -> ResponseReturnValue:
    """One idea against the three criteria; then the next one of the pile."""
    on_desk, templates = (
        queue.idea_to_screen(reference),
        queue.reason_templates(),
    )
    form = ScreeningForm(on_desk.idea.language, _chosen(templates))
    if form.submitted() and (
        found := form.attempt(
            services.screen, on_desk.idea.id, form.examination(), on=form.screened_on.data, **act()
        )
    ):
        flash(str(SAVED[found]))
        return _to_next(on_desk.idea)
    if form.refusal:
        on_desk = queue.idea_to_screen(reference)  # as whoever was first left it
    return render("screening/screen.html", form=form, templates=templates, page=_page(on_desk))


def _ask_first(chosen: Sequence[str], *, refuses: bool) -> ResponseReturnValue:
    """What is about to be done with what is ticked, by its number."""
    many = len(chosen)
    if refuses:
        question = _n("Not accept %(count)s idea?", "Not accept %(count)s ideas?", many)
        return confirmation.ask(question, _("Yes, do not accept"), many, chosen, "danger")
    question = _n("Accept %(count)s idea?", "Accept %(count)s ideas?", many)
    explained = _("Accepting says that all three criteria hold for each idea that is ticked.")
    return confirmation.ask(question, _("Yes, accept"), many, chosen, explained=explained)


@access(secretariat)
def decided() -> ResponseReturnValue:
    """What was decided, the latest first; from here a decision can be taken back."""
    narrowed = replace(_narrowed(), accepted=OUTCOMES.get(request.args.get("outcome", "")))
    screenings = queue.decided_ideas(narrowed, request.args.get("cursor"))
    return render(
        "screening/decided.html",
        screenings=screenings,
        rows=queue.with_ideas(screenings),
        counts=queue.screening_counts(),
        piles=Pile,
        tally=queue.decided_tally(narrowed),
        states=DECIDED,
    )


@access(secretariat)
def reopen(reference: str) -> ResponseReturnValue:
    """Take back what was decided of an idea: it is read anew."""
    on_desk, form = queue.idea_to_screen(reference), ReopenForm()
    if form.submitted() and form.carries_out(services.reopen, on_desk.idea.id, form.why.data, **act()):
        flash(_("The decision is taken back: the idea waits for its readers again."))
        return redirect(url_for(".screen", reference=reference))
    if form.refusal:
        on_desk = queue.idea_to_screen(reference)
    page = _page(on_desk)
    obstacle = services.obstacle(page.idea) if page.can_be_reopened else None
    return render("screening/reopen.html", form=form, page=page, obstacle=obstacle)


@access(secretariat)
def ask(reference: str) -> ResponseReturnValue:
    """A question to the author of an idea; then the next one of the pile."""
    on_desk, form = queue.idea_to_screen(reference), AuthorQuestionForm(clock.today())
    if form.submitted() and (
        asked := form.attempt(
            services.ask, on_desk.idea.id, form.text.data, answer_by=form.answer_by.data, **act()
        )
    ):
        day = format_date(asked.answer_by)
        flash(_("The question is sent. The idea waits for its author until %(day)s.", day=day))
        return _to_next(on_desk.idea)
    if form.refusal:
        on_desk = queue.idea_to_screen(reference)
    return render("screening/ask.html", form=form, page=_page(on_desk))


@access(secretariat)
def workload() -> ResponseReturnValue:
    """Who read how much, and how long ideas wait."""
    now = clock.now()
    return render(
        "screening/workload.html",
        counts=queue.screening_counts(),
        oldest=figures.oldest_days(now),
        readers=figures.readers(now),
        screened=figures.screened(clock.day_of(now)),
    )


def _page(on_desk: Examined) -> ScreeningPage:
    """What stands on the desk around the form."""
    idea, me = on_desk.idea, current_person().id
    said = " ".join(filter(None, (idea.problem, idea.proposal, idea.expected_result)))
    return ScreeningPage(
        on_desk,
        reader_id=me,
        days=days_waiting(idea, on_desk.questions, clock.now()),
        closed=queue.closed_to([idea], clock.now()),
        similar=[] if idea.is_silent else similar_to(said, excluding=idea.id, limit=5),
        around=queue.neighbours(idea, _narrowed(), me),
        narrowing=kept(*PLACE),
    )


def _chosen(templates: Sequence[ReasonTemplate]) -> ReasonTemplate | None:
    """The template that the address names."""
    chosen = row_id(request.args.get("template"))
    return next((template for template in templates if template.id == chosen), None)


def _to_next(idea: Idea) -> ResponseReturnValue:
    following = queue.neighbours(idea, _narrowed(), current_person().id).after
    if following:
        return redirect(url_for(".screen", reference=following, **kept(*PLACE)))
    return redirect(url_for(".screening", **kept(*PLACE)))


def _narrowed() -> PileFilter:
    order = one_of(DeskOrder, "order") or DeskOrder.OLDEST
    pile = one_of(Pile, "pile") or Pile.TO_READ
    return PileFilter(row_id(request.args.get("theme")), one_of(Origin, "origin"), pile, order=order)


def _tell(verdicts: Sequence[Verdict]) -> None:
    if many := verdicts.count(Verdict.ACCEPTED):
        flash(_n("%(count)s idea was accepted.", "%(count)s ideas were accepted.", many))
    if many := verdicts.count(Verdict.NOT_ACCEPTED):
        flash(_n("%(count)s idea was not accepted.", "%(count)s ideas were not accepted.", many))
    if many := verdicts.count(Verdict.OPEN):
        flash(
            _n("%(count)s idea waits for another reader.", "%(count)s ideas wait for another reader.", many)
        )


@access(secretariat)
def reasons() -> ResponseReturnValue:
    return render("screening/reasons.html", templates=queue.reason_templates())


@access(secretariat)
def new_reason() -> ResponseReturnValue:
    form = ReasonTemplateForm()
    if form.submitted() and form.carries_out(services.add_template, **form.words(), **act()):
        flash(_("The template is saved."))
        return redirect(url_for(".reasons"))
    return render("screening/reason.html", form=form, written=None)


@access(secretariat)
def edit_reason(template_id: int) -> ResponseReturnValue:
    template = queue.get_reason_template(template_id)
    form = ReasonTemplateForm(obj=template)
    if form.submitted() and form.carries_out(services.change_template, template_id, **form.words(), **act()):
        flash(_("The template is saved."))
        return redirect(url_for(".reasons"))
    return render("screening/reason.html", form=form, written=template)


@access(secretariat)
def remove_reason(template_id: int) -> ResponseReturnValue:
    question = _("Remove this template? What was written with it stays.")
    if asked := confirmation.certain(question, _("Yes, remove it"), url_for(".reasons")):
        return asked
    services.remove_template(template_id, **act())
    flash(_("The template is removed."))
    return redirect(url_for(".reasons"))
