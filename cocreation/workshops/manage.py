"""The room where the outputs of a workshop are entered while it happens, corrected and published."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Any, TypedDict

from flask import Response, flash, redirect, request, session as cookie, url_for
from flask.typing import ResponseReturnValue

from cocreation.accounts.models import Person
from cocreation.core import clock
from cocreation.core.errors import Invalid, NotFound
from cocreation.files.sheets.table import Row
from cocreation.files.sheets.writer import XLSX
from cocreation.imports.flow import carry_out, files_of, waiting_file
from cocreation.languages.i18n import gettext as _, ngettext as _n
from cocreation.meetings.models.meeting import Meeting, Workshop
from cocreation.web import confirmation
from cocreation.web.access import access, current_person
from cocreation.web.downloads import STAFF, exports
from cocreation.web.rendering import render
from cocreation.web.uploads import takes_files
from cocreation.workshops import imports, policy, queries, services
from cocreation.workshops.forms import LineForm, LinesForm, OutputsImportForm
from cocreation.workshops.models import LineKind
from cocreation.workshops.sheet_columns import COLUMNS
from cocreation.workshops.sheet_values import value_lists

OUTPUTS = files_of()
ROOM = "/<reference>/<int:number>"


@access(policy.workshop_staff)
def index() -> ResponseReturnValue:
    return render("workshops/manage_index.html", workshops=queries.workshops_of(current_person()))


@access(policy.workshop_staff)
def edit(reference: str, number: int) -> ResponseReturnValue:
    """The room: what was entered so far, and a form for more of each kind."""
    workshop = _room(reference, number)
    forms = {kind: LinesForm(kind) for kind in LineKind}
    if request.method == "POST":
        kind, form = next(((kind, form) for kind, form in forms.items() if form.was_sent), (None, None))
        if kind is None or form is None:
            raise Invalid
        if form.submitted():
            heading = form.heading.data or None if "heading" in form else None
            sent = (workshop.id, kind, form.text.data)
            form.attempt(services.add_lines, *sent, heading=heading, once=form.sending(), **_act())
        if not form.was_refused:
            form.renew()
            return _answer(workshop, kind, form, entered=True)
        if not _in_place():
            return _page(workshop, forms, form=form)
        return _section(workshop, kind, form)
    entered = cookie.pop("entered", None)  # what a browser kept of it may go
    return _page(workshop, forms, entered=entered)


@access(policy.workshop_staff)
def move(reference: str, number: int, line_id: int) -> ResponseReturnValue:
    workshop = _room(reference, number)
    line = queries.get_line(workshop, line_id)
    services.move_line(workshop.id, line.id, down=request.form.get("way") == "down", **_act())
    return _answer(workshop, line.kind, LinesForm(line.kind))


@access(policy.workshop_staff)
def line(reference: str, number: int, line_id: int) -> ResponseReturnValue:
    """The words of one line, its heading and what it follows from."""
    workshop = _room(reference, number)
    line, outputs = queries.get_line(workshop, line_id), queries.outputs(workshop)
    form = LineForm(line, outputs)
    if form.submitted():
        form.attempt(services.correct_line, workshop.id, line.id, **form.values(), **_act())
        if not form.refusal:
            flash(_("The line was changed."))
            return redirect(_address(workshop, line.mark))
        form.before.data = line.text  # what it says now has been read
    return render("workshops/line.html", workshop=workshop, line=line, form=form, outputs=outputs)


@access(policy.workshop_staff)
def remove(reference: str, number: int, line_id: int) -> ResponseReturnValue:
    workshop = _room(reference, number)
    line = queries.get_line(workshop, line_id)
    back = url_for("manage_workshops.line", reference=reference, number=number, line_id=line_id)
    if asked := confirmation.certain(_("Remove this line?"), _("Yes, remove it"), back, line.reference):
        return asked
    services.remove_line(workshop.id, line.id, before=request.form.get("before", ""), **_act())
    flash(_("The line was removed."))
    return redirect(_address(workshop, line.kind.value))


@access(policy.workshop_staff)
def publish(reference: str, number: int) -> ResponseReturnValue:
    workshop = _room(reference, number)
    many = 0 if workshop.published_at else len(queries.outputs(workshop).lines)
    question = _n("Publish %(count)s line for good?", "Publish %(count)s lines for good?", many)
    if asked := confirmation.first(many, question, _("Yes, publish"), _address(workshop)):
        return asked
    services.publish(workshop.id, **_act())
    flash(_("The outputs are public."))
    return redirect(_address(workshop))


@access(policy.coordination)
@exports(STAFF)
def template(reference: str) -> Response:
    """A table of outputs without a line, to be filled in, in the language of the page."""
    _meeting(reference)
    name = 'attachment; filename="outputs.xlsx"'
    return Response(imports.outputs_to_fill_in(), mimetype=XLSX, headers={"Content-Disposition": name})


@access(policy.coordination)
@takes_files(OUTPUTS)
def import_outputs(reference: str) -> ResponseReturnValue:
    """A spreadsheet of outputs: first what was understood, then, on a second word, all of it is written."""
    meeting, form = _meeting(reference), OutputsImportForm()
    work, lists = partial(_import, meeting, form), partial(value_lists, meeting)
    outcome = carry_out(form, OUTPUTS, COLUMNS, work, lists)
    if outcome and outcome.written:
        count = sum(len(understood.new) for understood in outcome.written)
        links = sum(len(understood.new_links) for understood in outcome.written)
        flash(_("Lines added from the file: %(count)s. Links: %(links)s.", count=count, links=links))
        return redirect(url_for("manage_workshops.index"))
    return render(
        "workshops/import.html",
        meeting=_meeting(reference),
        form=form,
        outcome=outcome,
        waiting=waiting_file(),
    )


def _import(
    meeting: Meeting, form: OutputsImportForm, rows: Sequence[Row], write: bool
) -> list[imports.Understood]:
    linked = form.links(rows)
    if not write:
        return imports.understand(meeting, rows, linked=linked)
    return imports.import_outputs(meeting.id, rows, linked=linked, **_act())


def _room(reference: str, number: int) -> Workshop:
    """The workshop, for whoever has its room."""
    workshop = queries.get_workshop(reference, number)
    if not policy.can_enter(current_person(), workshop):
        raise NotFound
    return workshop


def _meeting(reference: str) -> Meeting:
    meeting = queries.get_meeting(reference)
    if not policy.can_import(current_person(), meeting):
        raise NotFound
    return meeting


class _ByPerson(TypedDict):
    by: Person
    now: datetime


def _act() -> _ByPerson:
    return {"by": current_person().person, "now": clock.now()}


def _address(workshop: Workshop, anchor: str | None = None) -> str:
    return url_for(
        "manage_workshops.edit", reference=workshop.meeting.reference, number=workshop.number, _anchor=anchor
    )


def _in_place() -> bool:
    """Whether the page that asks will put the answer in the place of one of its lists."""
    return "HX-Request" in request.headers


def _answer(
    workshop: Workshop, kind: LineKind, form: LinesForm, *, entered: bool = False
) -> ResponseReturnValue:
    """After a change to the lines of one kind: that list, or the way back to the room.

    `entered` tells the browser that what it kept of the form has arrived.
    """
    if _in_place():
        return _section(workshop, kind, form, entered=kind.value if entered else None)
    if entered:
        cookie["entered"] = kind.value
    return redirect(_address(workshop, f"{kind.value}-new"))


def _section(workshop: Workshop, kind: LineKind, form: LinesForm, **context: object) -> ResponseReturnValue:
    return _page(workshop, {kind: form}, "workshops/section.html", kind=kind, form=form, **context)


def _page(
    workshop: Workshop,
    forms: dict[LineKind, LinesForm],
    shows: str = "workshops/edit.html",
    **context: Any,
) -> ResponseReturnValue:
    return render(
        shows,
        workshop=workshop,
        outputs=queries.outputs(workshop),
        forms=forms,
        can_correct=policy.can_correct(current_person(), workshop),
        can_import=policy.can_import(current_person(), workshop.meeting),
        **context,
    )
