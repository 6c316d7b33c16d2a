"""Staff pages of ideas: restate a workshop's solutions, enter what came on paper."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.models import Duty
from cocreation.accounts.policy import SECRETARIAT, holders, secretariat, staff
from cocreation.core import clock
from cocreation.core.errors import NotFound
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import all_cycles, current_cycle, get_cycle
from cocreation.ideas import policy
from cocreation.ideas.models.idea import Idea, Origin
from cocreation.ideas.queries import public_ideas
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.submission.forms.entries import MESSAGE_FILE, IdeaEntryForm
from cocreation.submission.forms.idea import FILES
from cocreation.submission.queries import restatements
from cocreation.submission.services import ideas as submission_ideas, restatements as submission_restatements
from cocreation.submission.views.attachments import MOST_MEGABYTES, take_files
from cocreation.web.access import access, current_person
from cocreation.web.forms import Form
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_files


@access(staff(*SECRETARIAT, *holders(Duty.MEETINGS)))
def restate(meeting: str, number: int) -> ResponseReturnValue:
    workshop, form, me = restatements.workshop_to_restate(meeting, number), Form(), current_person()
    if not policy.can_restate(me, workshop.meeting):
        raise NotFound
    lines = restatements.solutions(workshop)
    chosen = {line.id for line, _reference in lines if str(line.id) in request.form.getlist("line")}
    if form.submitted():
        ideas = form.attempt(submission_restatements.restate, sorted(chosen), by=me.id, now=clock.now())
        if ideas is not None:
            flash(_restated(len(ideas)))
            return redirect(request.path)
    return render("submission/restate.html", form=form, workshop=workshop, lines=lines, chosen=chosen)


def _restated(count: int) -> str:
    if not count:
        return _("There was nothing new to restate.")
    return _n("%(count)s solution is now an idea.", "%(count)s solutions are now ideas.", count)


@access(secretariat)
@takes_files(FILES, MESSAGE_FILE, megabytes=MOST_MEGABYTES)
def enter() -> ResponseReturnValue:
    """What came on paper or by e-mail, on whatever day and whether or not ideas are still collected: paper
    arrives late. With ?cycle= into another cycle than today's.
    """
    cycles = all_cycles()
    if not cycles:
        return redirect(url_for("manage_cycles.index"))  # which says that everything begins with one
    code = request.args.get("cycle")
    cycle = get_cycle(code) if code else current_cycle(clock.today()) or get_cycle(cycles[0].code)
    form = IdeaEntryForm()
    form.offer(cycle, public_ideas.all_regions())
    if request.form.get("act") == "read":
        form.read_message()  # and what it says comes back in the form, to be corrected
    elif idea := _entered(cycle, form):
        flash(
            _("The idea is received under %(reference)s. Print the receipt below.", reference=idea.reference)
        )
        return redirect(url_for("ideas.receipt", receipt=idea.receipt))
    return render(
        "submission/enter.html", form=form, cycle=cycle, cycles=cycles, waiting=form.waiting_files()
    )


def _entered(cycle: Cycle, form: IdeaEntryForm) -> Idea | None:
    """The idea that a whole form makes."""
    is_whole = form.submitted()
    if not take_files(cycle, form) or not is_whole:
        return None
    idea: Idea | None = form.attempt(
        submission_ideas.enter,
        cycle.id,
        form.words(),
        form.sender(),
        Origin(form.origin.data),
        once=form.sending(),
        slip=form.code,
        received_on=form.received_on.data,
        by=current_person().id,
        now=clock.now(),
    )
    return idea
