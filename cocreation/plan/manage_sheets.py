"""The secretariat's pages of a commitment's sheet: further texts, activities, indicators."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.policy import secretariat
from cocreation.core.errors import NotFound
from cocreation.languages.i18n import format_number, gettext as _
from cocreation.plan import queries
from cocreation.plan.forms import ActivityForm, FurtherForm, IndicatorForm
from cocreation.plan.pages import after_save, last_version
from cocreation.plan.refusals import PartRemoved
from cocreation.plan.services import sheets
from cocreation.plan.sheet import WEIGHTS_RULE, Activity, CommitmentSheet, Indicator
from cocreation.plan.weights_form import weights_form
from cocreation.web.access import access
from cocreation.web.acts import act
from cocreation.web.rendering import render


@access(secretariat)
def further(reference: str) -> ResponseReturnValue:
    """What the sheet says besides its words: openness, partners, budget."""
    commitment = queries.get_commitment(reference)
    sheet, before = queries.latest_sheet(commitment), last_version(commitment)
    form = FurtherForm(sheet, queries.institutions())
    if form.submitted() and form.carries_out(sheets.say_further, commitment.id, form.words(), **act()):
        flash(_("The sheet was changed."))
        return redirect(after_save(commitment, before, url_for("manage_plan.further", reference=reference)))
    return render("plan/manage_further.html", form=form, commitment=commitment, sheet=sheet)


@access(secretariat)
def parts(reference: str, kind: str) -> ResponseReturnValue:
    """The activities, or the indicators, and what they still lack."""
    commitment = queries.get_commitment(reference)
    sheet = queries.latest_sheet(commitment)
    return render(
        "plan/manage_parts.html", commitment=commitment, sheet=sheet, kind=kind, weights_rule=WEIGHTS_RULE
    )


@access(secretariat)
def weights(reference: str) -> ResponseReturnValue:
    """All activities weighed on one page; “spread evenly” fills it in and saves nothing."""
    commitment = queries.get_commitment(reference)
    sheet = queries.latest_sheet(commitment)
    form = weights_form(sheet)
    if request.form.get("act") == "spread":
        form.spread()
    elif form.submitted() and form.carries_out(sheets.weigh, commitment.id, form.weights(), **act()):
        flash(_("The weights are saved: they add up to %(sum)s.", sum=format_number(form.total / 10)))
        return redirect(url_for("manage_plan.parts", reference=reference, kind="activities"))
    return render("plan/manage_weights.html", form=form, commitment=commitment, weights_rule=WEIGHTS_RULE)


@access(secretariat)
def new_part(reference: str, kind: str) -> ResponseReturnValue:
    return _written(reference, kind, "")


@access(secretariat)
def part(reference: str, kind: str, uid: str) -> ResponseReturnValue:
    """One that was removed while somebody changed it is offered as a new one, with what they wrote."""
    try:
        return _written(reference, kind, uid)
    except NotFound:
        if request.method != "POST":
            raise
    commitment = queries.get_commitment(reference)
    form = _form(queries.latest_sheet(commitment), None, kind)
    form.refuse(PartRemoved())
    return render("plan/manage_part.html", form=form, commitment=commitment, kind=kind, part=None)


@access(secretariat)
def remove_part(reference: str, kind: str, uid: str) -> ResponseReturnValue:
    commitment = queries.get_commitment(reference)
    before = last_version(commitment)
    sheets.remove(commitment.id, uid, **act())
    flash(_("It is removed from the sheet; earlier versions keep it."))
    page = url_for("manage_plan.parts", reference=reference, kind=kind)
    return redirect(after_save(commitment, before, page))


def _written(reference: str, kind: str, uid: str) -> ResponseReturnValue:
    """The form of one part of a sheet, new where it has no `uid` yet."""
    commitment = queries.get_commitment(reference)
    sheet, before = queries.latest_sheet(commitment), last_version(commitment)
    standing = _part(sheet, kind, uid)
    form = _form(sheet, standing, kind)
    if form.submitted() and form.carries_out(sheets.put, commitment.id, form.part(), **act()):
        flash(_("The sheet was changed."))
        page = url_for("manage_plan.parts", reference=reference, kind=kind)
        return redirect(after_save(commitment, before, page))
    return render("plan/manage_part.html", form=form, commitment=commitment, kind=kind, part=standing)


def _part(sheet: CommitmentSheet, kind: str, uid: str) -> Activity | Indicator | None:
    """Raises NotFound for a name that no part has."""
    if not uid:
        return None
    of_kind: list[Activity] | list[Indicator] = sheet.activities if kind == "activities" else sheet.indicators
    for part in of_kind:
        if part.uid == uid:
            return part
    raise NotFound


def _form(
    sheet: CommitmentSheet, part: Activity | Indicator | None, kind: str
) -> ActivityForm | IndicatorForm:
    if kind == "activities":
        return ActivityForm(sheet, part if isinstance(part, Activity) else None)
    return IndicatorForm(sheet, part if isinstance(part, Indicator) else None)
