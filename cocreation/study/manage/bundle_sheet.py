"""The bundle as a spreadsheet: taken away and sent back."""

from __future__ import annotations

from flask import Response, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from cocreation.core.i18n import ngettext as _n
from cocreation.files.sheets.reader import read
from cocreation.files.sheets.refusals import SheetRefused
from cocreation.files.sheets.writer import XLSX
from cocreation.study import policy
from cocreation.study.forms import SheetForm
from cocreation.study.queries import bundle, criteria
from cocreation.study.services import bundle_sheet as study_bundle_sheet
from cocreation.study.services.bundle_sheet import bundle_sheet
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.downloads import STAFF, exports
from cocreation.web.rendering import render
from cocreation.web.uploads import Files, one_by_one, takes_files

SHEET = Files("file", one_by_one(lambda name, content: read(content, name)))


@access(policy.institution)
@exports(STAFF)
def sheet(code: str) -> Response:
    """What one has to answer in a cycle, with columns for the answers."""
    cycle = criteria.cycle_called(code)
    packed = bundle_sheet(policy.bundle_of(current_person()), cycle.id)
    name = f"attachment; filename=bundle-{cycle.code}.xlsx"
    return Response(packed, mimetype=XLSX, headers={"Content-Disposition": name})


@access(policy.institution)
@takes_files(SHEET)
def import_answers(code: str) -> ResponseReturnValue:
    """The same file is sent to be checked, then to be taken: nothing of it is kept in between."""
    cycle, form, summary = criteria.cycle_called(code), SheetForm(), None
    own_bundle = policy.bundle_of(current_person())
    bundle.must_have_bundle(own_bundle, cycle.id)
    if form.submitted():
        write = form.wants_to_write
        summary = form.attempt(_import, own_bundle, cycle.id, write=write)
        if summary and write:
            flash(_n("%(count)s idea was answered.", "%(count)s ideas were answered.", summary.given))
            return redirect(url_for(".bundle"))
    errors = form.refusal.errors if isinstance(form.refusal, SheetRefused) else []
    return render("study/sheet.html", form=form, cycle=cycle, summary=summary, row_errors=errors)


def _import(own_bundle: policy.Bundle, cycle_id: int, *, write: bool) -> study_bundle_sheet.SheetSummary:
    return study_bundle_sheet.import_answers(own_bundle, cycle_id, SHEET.the_one(), write=write, **act())
