"""The secretariat's pages of the plan."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core import clock
from cocreation.cycles.models import Cycle
from cocreation.cycles.queries import all_cycles, asked_cycle, get_cycle
from cocreation.languages.i18n import gettext as _
from cocreation.plan import queries
from cocreation.plan.forms import CommitmentForm, PublicationForm
from cocreation.plan.pages import after_save, last_version
from cocreation.plan.services import commitments
from cocreation.web import confirmation
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def index() -> ResponseReturnValue:
    if not (cycle := _asked_cycle()):
        return redirect(url_for("manage_cycles.index"))  # which says that everything begins with one
    return render(
        "plan/manage_index.html", cycle=cycle, cycles=all_cycles(), commitments=queries.all_commitments(cycle)
    )


@access(secretariat)
def new() -> ResponseReturnValue:
    if not (cycle := _asked_cycle()):
        return redirect(url_for("manage_cycles.index"))
    form = CommitmentForm(cycle)
    if form.submitted() and (commitment := form.attempt(commitments.draft, cycle.id, form.words(), **act())):
        flash(_("The draft is kept. It is not public yet."))
        return redirect(url_for("manage_plan.edit", reference=commitment.reference))
    return render("plan/manage_edit.html", form=form, cycle=cycle, commitment=None)


@access(secretariat)
def edit(reference: str) -> ResponseReturnValue:
    commitment = queries.get_commitment(reference)
    cycle, before = get_cycle(commitment.cycle.code), last_version(commitment)
    form = CommitmentForm(cycle, commitment)
    if form.submitted() and form.carries_out(commitments.change, commitment.id, form.words(), **act()):
        flash(_("The commitment was changed."))
        page = url_for("manage_plan.edit", reference=commitment.reference)
        return redirect(after_save(commitment, before, page))
    sheet = queries.latest_sheet(commitment)
    return render("plan/manage_edit.html", form=form, cycle=cycle, commitment=commitment, sheet=sheet)


@access(secretariat)
def publish(reference: str) -> ResponseReturnValue:
    """A commitment made public, or the draft that follows what is public of it."""
    commitment = queries.get_commitment(reference)
    form = PublicationForm(commitment)
    said = form.message.data or None
    back = url_for("manage_plan.edit", reference=reference)
    if form.submitted() and (
        asked := confirmation.certain(_("Publish for good?"), _("Yes, publish"), back, reference)
    ):
        return asked
    if form.submitted() and form.carries_out(commitments.publish, commitment.id, said, **act()):
        flash(_("The commitment is public."))
        return redirect(url_for("manage_plan.edit", reference=reference))
    sheet = queries.latest_sheet(commitment)
    return render("plan/manage_publish.html", form=form, commitment=commitment, sheet=sheet)


def _asked_cycle() -> Cycle | None:
    return asked_cycle(request.args.get("cycle"), clock.today())
