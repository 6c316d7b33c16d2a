"""The bundle as a spreadsheet: taken away and sent back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from cocreation.bundle_sheets import services
from cocreation.files.sheets.table import Row
from cocreation.files.sheets.writer import XLSX
from cocreation.imports.flow import carry_out, files_of, waiting_file
from cocreation.imports.forms import SheetImportForm
from cocreation.languages.i18n import ngettext as _n
from cocreation.study import policy
from cocreation.study.queries import bundle, criteria
from cocreation.web.access import access, current_person
from cocreation.web.acts import act
from cocreation.web.downloads import STAFF, exports
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_files

SHEET = files_of()


@access(policy.institution)
@exports(STAFF)
def sheet(code: str) -> Response:
    """What one has to answer in a cycle, with columns for the answers."""
    cycle = criteria.cycle_called(code)
    packed = services.bundle_sheet(policy.bundle_of(current_person()), cycle.id)
    name = f"attachment; filename=bundle-{cycle.code}.xlsx"
    return Response(packed, mimetype=XLSX, headers={"Content-Disposition": name})


@access(policy.institution)
@takes_files(SHEET)
def import_answers(code: str) -> ResponseReturnValue:
    """The file is checked first, and kept: its answers are sent once its sender has seen them understood."""
    cycle, form = criteria.cycle_called(code), SheetImportForm()
    own_bundle = policy.bundle_of(current_person())
    bundle.must_have_bundle(own_bundle, cycle.id)
    columns = services.columns_of(own_bundle, cycle.id) if request.method == "POST" else ()
    lists = partial(services.lists_of, own_bundle, cycle.id)
    outcome = carry_out(form, SHEET, columns, partial(_import, own_bundle, cycle.id), lists)
    if outcome and outcome.written:
        flash(_n("%(count)s idea was answered.", "%(count)s ideas were answered.", outcome.written.given))
        return redirect(url_for("manage_study.bundle"))
    return render("bundle_sheets/sheet.html", form=form, cycle=cycle, outcome=outcome, waiting=waiting_file())


def _import(
    own_bundle: policy.Bundle, cycle_id: int, rows: Sequence[Row], write: bool
) -> services.SheetSummary:
    return services.import_answers(own_bundle, cycle_id, rows, write=write, **act())
