"""The attendance sheet and the badges, to print."""

from __future__ import annotations

from typing import Any

from flask import Response, request

from cocreation.core import pdf
from cocreation.meetings import policy, printing
from cocreation.meetings.backstage import load
from cocreation.meetings.manage.arriving import chosen_workshop
from cocreation.meetings.models.meeting import Meeting
from cocreation.meetings.queries import doors
from cocreation.web.access import access
from cocreation.web.exporting import STAFF, exports


@access(policy.runners)
@exports(STAFF)
def attendance_sheet(reference: str) -> Response:
    meeting = load(reference)
    chosen = chosen_workshop(meeting, request.args.get("workshop", ""))
    data = printing.sheet(meeting, doors.expected(meeting, chosen), chosen)
    return _pdf(meeting, "attendance", printing.SHEET, data)


@access(policy.runners)
@exports(STAFF)
def badges(reference: str) -> Response:
    meeting = load(reference)
    chosen = chosen_workshop(meeting, request.args.get("workshop", ""))
    data = printing.badges(meeting, doors.expected(meeting, chosen))
    return _pdf(meeting, "badges", printing.BADGES, data)


def _pdf(meeting: Meeting, what: str, template: str, data: dict[str, Any]) -> Response:
    name = f"{meeting.reference}-{what}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(pdf.compiled(template, data), mimetype="application/pdf", headers=headers)
