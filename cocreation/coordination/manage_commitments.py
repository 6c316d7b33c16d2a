"""The secretariat's pages of the commitments on the agenda of a coordination meeting."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.coordination import agenda_commitments, queries
from cocreation.coordination.forms import DraftDecisionForm
from cocreation.core.database import found
from cocreation.ideas.forms.choices import row_id
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def put_on(reference: str) -> ResponseReturnValue:
    meeting = queries.get_meeting(reference)
    ids = [number for typed in request.form.getlist("commitments") if (number := row_id(typed))]
    added = agenda_commitments.put_on(meeting.id, ids, **act())
    flash(
        _n(
            "%(count)s commitment is on the agenda now.",
            "%(count)s commitments are on the agenda now.",
            added,
        )
    )
    return _back(reference)


@access(secretariat)
def take_off(reference: str, item_id: int) -> ResponseReturnValue:
    agenda_commitments.take_off(queries.get_meeting(reference).id, item_id, **act())
    return _back(reference)


@access(secretariat)
def decide_draft(reference: str, item_id: int) -> ResponseReturnValue:
    """What the meeting decided on the draft of one commitment."""
    meeting = queries.get_meeting(reference)
    item = found(next((item for item in meeting.commitments if item.id == item_id), None))
    form = DraftDecisionForm(obj=item)
    given = meeting.id, item.id, form.decision.data
    if form.submitted() and form.carries_out(agenda_commitments.decide, *given, **act()):
        flash(_("The decision is saved. It becomes public with the minutes."))
        return _back(reference)
    return render("coordination/decide_draft.html", form=form, meeting=meeting, item=item)


def _back(reference: str) -> ResponseReturnValue:
    return redirect(url_for(".show", reference=reference, _anchor="commitments"))
